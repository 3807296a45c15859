/** 2段階認証: the code after the password. */

import { type PageContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { CsrfField } from '../ui/form.tsx';
import { LoginFrame, RoundMark } from '../ui/login-frame.tsx';
import { FactorField, FactorNotice, type FactorProblem } from './factor-field.tsx';
import type { WaitingRequest } from './waiting-request.ts';

export type SecondStepProps = {
  readonly problem: FactorProblem | undefined;
  readonly request: WaitingRequest | undefined;
};

/** Posts `code`, `request`, `_token` to `paths.secondStep`. */
export function secondStepPage(context: PageContext, { problem, request }: SecondStepProps): string {
  const { secondStep: t } = context.messages;
  return renderPage(
    context,
    <LoginFrame page="secondStep">
      <RoundMark />
      <h1 class="login-heading">{t.title}</h1>
      {problem && <FactorNotice problem={problem} />}
      <p>{t.lead}</p>
      <form method="post" action={context.paths.secondStep}>
        <CsrfField />
        {request && <input type="hidden" name="request" value={request.id} />}
        <FactorField recovery focus />
        <button type="submit" class="btn btn-ec-conversion btn-lg w-100">
          {t.submit}
        </button>
      </form>
      <p class="field-help">{t.lost}</p>
      <LeaveLogin request={request} />
    </LoginFrame>,
  );
}

/** Gives the half-done login up; the request goes on waiting. */
export function LeaveLogin({ request }: { request: WaitingRequest | undefined }) {
  const context = usePage();
  return (
    <form method="post" action={context.paths.logout} class="login-leave">
      <CsrfField />
      {request && <input type="hidden" name="request" value={request.id} />}
      <button type="submit" class="btn btn-link">
        {context.messages.secondStep.leave}
      </button>
    </form>
  );
}
