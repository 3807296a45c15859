/** ログイン. */

import type { Flash } from '../cookies.ts';
import { type PageContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { FlashMessage, Notice } from '../ui/flash.tsx';
import { CsrfField } from '../ui/form.tsx';
import { LoginFrame, RoundMark } from '../ui/login-frame.tsx';

export type LoginProps = {
  /** What was typed before; empty the first time. */
  readonly loginId: string;
  readonly problem?: 'failed' | { readonly throttledMinutes: number } | undefined;
  /** Id of the waiting authorization request to come back to, and who asks. */
  readonly request?: { readonly id: string; readonly clientName: string } | undefined;
  readonly flash?: Flash | undefined;
  /** Where a login by EC-CUBE's admin begins. */
  readonly signOn?: string | undefined;
};

/** Posts `login_id`, `password`, `request`, `_token` to `paths.login`. */
export function loginPage(context: PageContext, props: LoginProps): string {
  const { loginId, problem, request, flash, signOn } = props;
  const { login } = context.messages;
  return renderPage(
    context,
    <LoginFrame page="login">
      <h1 class="visually-hidden">{login.title}</h1>
      <RoundMark />
      {flash && <FlashMessage flash={flash} />}
      {problem && (
        <Notice level="danger" urgent>
          {problem === 'failed' ? login.failed : login.throttled(problem.throttledMinutes)}
        </Notice>
      )}
      {request && <p class="login-for">{login.forRequest(request.clientName)}</p>}
      <form method="post" action={context.paths.login}>
        <CsrfField />
        {request && <input type="hidden" name="request" value={request.id} />}
        <Credentials loginId={loginId} />
        <button type="submit" class="btn btn-ec-conversion btn-lg w-100">
          {login.submit}
        </button>
      </form>
      {signOn !== undefined && <SignOnLink to={signOn} />}
    </LoginFrame>,
  );
}

function SignOnLink({ to }: { to: string }) {
  return (
    <p class="mt-3 mb-0">
      <a class="btn btn-ec-regular btn-lg w-100" href={to}>
        {usePage().messages.login.signOn}
      </a>
    </p>
  );
}

function Credentials({ loginId }: { loginId: string }) {
  const { login } = usePage().messages;
  return (
    <>
      <div class="form-floating mb-3">
        <input
          class="form-control"
          id="login_id"
          name="login_id"
          value={loginId}
          placeholder={login.loginId}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          autofocus={loginId === ''}
        />
        <label for="login_id">{login.loginId}</label>
      </div>
      <div class="form-floating mb-3">
        <input
          class="form-control"
          id="password"
          name="password"
          type="password"
          placeholder={login.password}
          autocomplete="current-password"
          required
          autofocus={loginId !== ''}
        />
        <label for="password">{login.password}</label>
      </div>
    </>
  );
}
