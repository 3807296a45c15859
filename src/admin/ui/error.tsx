/** The error page of the admin, after EC-CUBE's, with the request id that the log also has. */
import type { Messages } from '../i18n/ja/messages.ts';
import type { PageContext } from './context.ts';
import { renderPage } from './document.tsx';
import { Icon } from './icons.tsx';
import { LoginFrame, RequestId } from './login-frame.tsx';

export type ErrorKind = keyof Messages['errors']['kinds'];

export type ErrorProps = {
  readonly kind: ErrorKind;
  readonly requestId: string;
  /** Where the button leads: the home page for a logged-in member. */
  readonly loggedIn: boolean;
};

/** What to say for an HTTP status when nothing more is known. */
export function errorKind(status: number): ErrorKind {
  if (status === 404) return 'not_found';
  if (status === 429) return 'throttled';
  if (status === 503) return 'unavailable';
  return status < 500 ? 'not_accessible' : 'system';
}

export function errorPage(context: PageContext, { kind, requestId, loggedIn }: ErrorProps): string {
  const { errors } = context.messages;
  const { title, text } = errors.kinds[kind];
  return renderPage(
    context,
    <LoginFrame page="error" title={title} wide>
      <div class="error-box">
        <Icon name="warning" />
        <h1>{title}</h1>
        <p>{text}</p>
        <a class="btn btn-info btn-lg" href={loggedIn ? context.paths.home : context.paths.login}>
          {loggedIn ? errors.toHome : errors.toLogin}
        </a>
        <RequestId requestId={requestId} />
        <p class="form-text">{errors.requestIdUse}</p>
      </div>
    </LoginFrame>,
  );
}
