/** What a walk through the code flow may do, to be chosen before it begins. */
import { scopeLabel } from './client-names.ts';
import type { AdminContext } from './context.ts';
import { Choice, CsrfField, FieldError, GroupRow, Help } from './form.tsx';

export type WalkFormProps = {
  readonly scopeOptions: readonly string[];
  readonly scopes: readonly string[];
  /** Nothing was chosen. */
  readonly problem: boolean;
};

type Words = { readonly action: string; readonly submit: string; readonly help?: string };

/** Posts `scopes`*, `_token`. */
export function WalkForm({
  context,
  action,
  submit,
  help,
  scopeOptions,
  scopes,
  problem,
}: WalkFormProps & Words & { context: AdminContext }) {
  const { messages } = context;
  const { form, fieldErrors } = messages;
  return (
    <form method="post" action={action}>
      <CsrfField context={context} />
      <GroupRow id="scopes" label={form.scopes} required messages={messages}>
        {scopeOptions.map((scope) => (
          <Choice
            key={scope}
            type="checkbox"
            id={`scope-${scope}`}
            name="scopes"
            value={scope}
            checked={scopes.includes(scope)}
            label={scopeLabel(scope, messages)}
          />
        ))}
        <FieldError id="scopes" text={problem ? fieldErrors.notChosen : undefined} messages={messages} />
        {help !== undefined && <Help id="scopes">{help}</Help>}
      </GroupRow>
      <button type="submit" class="btn btn-ec-conversion px-5">
        {submit}
      </button>
    </form>
  );
}
