/** Above a form that came back: it has the focus, and a link to each field that is wrong. */

import { usePage } from './context.ts';
import { Icon } from './icons.tsx';

/** `id` of the control, or of the group of controls. */
export type FaultyField = { readonly id: string; readonly label: string };

type Props = { fields: readonly FaultyField[] };

/** Nothing when nothing is wrong. */
export function ErrorSummary({ fields }: Props) {
  const context = usePage();
  if (fields.length === 0) return null;
  return (
    <div class="alert alert-danger notice" role="alert" tabIndex={-1} autofocus>
      <Icon name="warning" />
      <div>
        {context.messages.common.formInvalid}
        <ul>
          {fields.map(({ id, label }) => (
            <li key={id}>
              <a href={`#${id}`}>{label}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
