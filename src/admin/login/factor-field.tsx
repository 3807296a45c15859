/** The field for a code of the authenticator app, and what was wrong with the last one. */

import { usePage } from '../ui/context.ts';
import { Notice } from '../ui/flash.tsx';

export type FactorProblem = 'wrong' | 'malformed' | { readonly throttledMinutes: number };

export function FactorNotice({ problem }: { problem: FactorProblem }) {
  const { secondStep, login } = usePage().messages;
  return (
    <Notice level="danger" urgent>
      {typeof problem === 'object' ? login.throttled(problem.throttledMinutes) : secondStep[problem]}
    </Notice>
  );
}

type FactorFieldProps = {
  /** A recovery code does too, so letters may be typed. */
  recovery: boolean;
  focus?: boolean;
};

/** Field `code`. */
export function FactorField({ recovery, focus }: FactorFieldProps) {
  const { secondStep: t } = usePage().messages;
  return (
    <div class="form-floating mb-3">
      <input
        class="form-control"
        id="code"
        name="code"
        placeholder={t.code}
        inputMode={recovery ? undefined : 'numeric'}
        autocomplete="one-time-code"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={64}
        required
        autofocus={focus}
      />
      <label for="code">{t.code}</label>
    </div>
  );
}
