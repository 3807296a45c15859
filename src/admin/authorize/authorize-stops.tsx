/** Where an authorization request ends without a redirect, or waits for the one way back. */

import type { Misfit } from '../../oauth/misfit.ts';
import type { PageReason } from '../../oauth/rules/authorize-request.ts';
import { Fact } from '../ui/card.tsx';
import { type PageContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { CsrfField } from '../ui/form.tsx';
import { Icon } from '../ui/icons.tsx';
import { LoginFrame, RequestId } from '../ui/login-frame.tsx';

export type AuthorizeErrorProps = {
  /** `request-gone`: the waiting request is unknown, expired or another browser's. */
  readonly reason: PageReason | 'request-gone';
  readonly requestId: string;
  /** For a システム管理者 alone. */
  readonly misfit?: Misfit | undefined;
  /** Whether the request id leads to the audit log. */
  readonly toLog?: boolean;
};

export function authorizeErrorPage(
  context: PageContext,
  { reason, requestId, misfit, toLog }: AuthorizeErrorProps,
): string {
  const { authorizeErrors: t } = context.messages;
  const { text, next } = t.reasons[reason];
  return renderPage(
    context,
    <LoginFrame page="authorizeError" wide>
      <div class="error-box">
        <Icon name="warning" />
        <h1>{t.title}</h1>
        <p>{text}</p>
        <div class="what-to-do">
          <h2>{t.whatToDo}</h2>
          <p>{next}</p>
        </div>
        {misfit && <SideBySide misfit={misfit} />}
        <RequestId requestId={requestId} toLog={toLog} />
      </div>
    </LoginFrame>,
  );
}

const SENT_SHOWN = 500; // characters

/** What was sent is shown as text, never as a link. */
function SideBySide({ misfit }: { misfit: Misfit }) {
  const context = usePage();
  const { misfit: t } = context.messages.authorizeErrors;
  const { clientId, clientName, sent, registered } = misfit;
  return (
    <div class="what-to-do">
      <h2>{t.title(clientName)}</h2>
      <dl class="facts">
        <Fact label={t.sent}>
          {sent === undefined ? t.notOne : <code class="break-anywhere">{sent.slice(0, SENT_SHOWN)}</code>}
        </Fact>
        <Fact label={t.registered}>
          {registered.length === 0 && t.none}
          {registered.map((uri) => (
            <div key={uri}>
              <code class="break-anywhere">{uri}</code>
            </div>
          ))}
        </Fact>
      </dl>
      <p>{t.add}</p>
      <a class="btn btn-ec-regular my-2" href={context.paths.client(clientId)}>
        {t.toClient}
      </a>
      <p class="field-help mb-0">{t.onlyYou}</p>
    </div>
  );
}

export type GoingOnProps = { readonly on: string; readonly clientName: string };

/** Between a form of the login and a client that gets a refusal; the browser leaves it by itself. */
export function goingOnPage(context: PageContext, { on, clientName }: GoingOnProps): string {
  const { goingOn: t } = context.messages;
  return renderPage(
    context,
    <LoginFrame page="authorizeGoingOn" wide>
      <div class="error-box">
        <Icon name="info" />
        <h1>{t.title}</h1>
        <p>{t.text(clientName)}</p>
        <a class="btn btn-ec-conversion btn-lg" href={on}>
          {t.go}
        </a>
      </div>
    </LoginFrame>,
  );
}

export type NotAllowedProps = {
  /** Id of the waiting authorization request. */
  readonly request: string;
  readonly memberName: string;
  readonly requestId: string;
};

/** For members who are no システム管理者. アプリに戻る posts `request`, `_token`, `decision=deny` to `paths.authorize`. */
export function notAllowedPage(
  context: PageContext,
  { request, memberName, requestId }: NotAllowedProps,
): string {
  const { notAllowed: t } = context.messages;
  return renderPage(
    context,
    <LoginFrame page="authorizeNotAllowed" wide>
      <div class="error-box">
        <Icon name="warning" />
        <h1>{t.title}</h1>
        <p>{t.text(memberName)}</p>
        <div class="what-to-do">
          <h2>{t.how}</h2>
          <ul>
            {t.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </div>
        <WaysOut request={request} />
        <RequestId requestId={requestId} />
      </div>
    </LoginFrame>,
  );
}

function WaysOut({ request }: { request: string }) {
  const context = usePage();
  const { notAllowed, consent } = context.messages;
  return (
    <div class="consent-decision">
      <form method="post" action={context.paths.authorize}>
        <CsrfField />
        <input type="hidden" name="request" value={request} />
        <button type="submit" name="decision" value="deny" class="btn btn-ec-conversion btn-lg">
          {notAllowed.back}
        </button>
      </form>
      <form method="post" action={context.paths.logout}>
        <CsrfField />
        <input type="hidden" name="request" value={request} />
        <button type="submit" class="btn btn-ec-sub btn-lg">
          {consent.notYou}
        </button>
      </form>
    </div>
  );
}

export type AnsweredProps = { readonly decision: 'approved' | 'denied'; readonly requestId: string };

/** A request answered before: the second tab, the back button, the double click. */
export function answeredPage(context: PageContext, { decision, requestId }: AnsweredProps): string {
  const { answered: t } = context.messages;
  return renderPage(
    context,
    <LoginFrame page="authorizeAnswered" wide>
      <div class="error-box">
        <Icon name="info" />
        <h1>{t.title}</h1>
        <p>{t[decision]}</p>
        <p>{t.again}</p>
        <RequestId requestId={requestId} />
      </div>
    </LoginFrame>,
  );
}
