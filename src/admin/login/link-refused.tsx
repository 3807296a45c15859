/** A ticket of EC-CUBE's admin was not taken: why, and the two ways on. */
import type { LinkRefused } from '../../staff/link-log-in.ts';
import type { PageContext } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Icon } from '../ui/icons.tsx';
import { LoginFrame, RequestId } from '../ui/login-frame.tsx';

export type LinkRefusedProps = {
  readonly reason: LinkRefused['reason'];
  readonly again: string;
  readonly login: string;
  readonly requestId: string;
};

export function linkRefusedPage(
  context: PageContext,
  { reason, again, login, requestId }: LinkRefusedProps,
): string {
  const { linkRefused: t, errors } = context.messages;
  return renderPage(
    context,
    <LoginFrame page="linkRefused" wide>
      <div class="error-box">
        <Icon name="warning" />
        <h1>{t.title}</h1>
        <p>{t.reasons[reason]}</p>
        <p>
          <a class="btn btn-info btn-lg" href={again}>
            {t.again}
          </a>
        </p>
        <p>
          <a href={login}>{t.toLogin}</a>
        </p>
        <RequestId requestId={requestId} />
        <p class="form-text">{errors.requestIdUse}</p>
      </div>
    </LoginFrame>,
  );
}
