/** The row of a form in which scopes are chosen; posts `scopes`*. */

import { usePage } from '../ui/context.ts';
import { Choice, FieldError, GroupRow, Help } from '../ui/form.tsx';
import { isShopScope, scopeLabel } from './client-names.ts';

export type ScopeChoicesProps = {
  readonly options: readonly string[];
  readonly chosen: readonly string[];
  /** What is wrong with the choice. */
  readonly error: string | undefined;
  readonly help: string | undefined;
};

export function ScopeChoices({ options, chosen, error, help }: ScopeChoicesProps) {
  const { messages } = usePage();
  return (
    <GroupRow id="scopes" label={messages.form.scopes} required>
      {options.map((scope) => (
        <Choice
          key={scope}
          type="checkbox"
          id={`scope-${scope}`}
          name="scopes"
          value={scope}
          checked={chosen.includes(scope)}
          label={scopeLabel(scope, messages)}
          aside={isShopScope(scope) ? scope : undefined}
        />
      ))}
      <FieldError id="scopes" text={error} />
      {help !== undefined && <Help id="scopes">{help}</Help>}
    </GroupRow>
  );
}
