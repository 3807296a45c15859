/** Above a form that came back: it has the focus, and a link to each field that is wrong. */
import type { AdminContext } from './context.ts';
import { Icon } from './icons.tsx';

/** `id` of the control, or of the group of controls. */
export type FaultyField = { readonly id: string; readonly label: string };

type Props = { context: AdminContext; fields: readonly FaultyField[] };

/** Nothing when nothing is wrong. */
export function ErrorSummary({ context, fields }: Props) {
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
