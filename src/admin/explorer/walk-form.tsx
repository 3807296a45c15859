/** What a walk through the code flow may do, to be chosen before it begins. */

import { ScopeChoices } from '../clients/scope-choices.tsx';
import { usePage } from '../ui/context.ts';
import { CsrfField } from '../ui/form.tsx';

export type WalkFormProps = {
  readonly scopeOptions: readonly string[];
  readonly scopes: readonly string[];
  /** Nothing was chosen. */
  readonly problem: boolean;
};

type Words = { readonly action: string; readonly submit: string; readonly help?: string };

/** Posts `scopes`*, `_token`. */
export function WalkForm({ action, submit, help, scopeOptions, scopes, problem }: WalkFormProps & Words) {
  const { messages } = usePage();
  return (
    <form method="post" action={action}>
      <CsrfField />
      <ScopeChoices
        options={scopeOptions}
        chosen={scopes}
        error={problem ? messages.fieldErrors.notChosen : undefined}
        help={help}
      />
      <button type="submit" class="btn btn-ec-conversion px-5">
        {submit}
      </button>
    </form>
  );
}
