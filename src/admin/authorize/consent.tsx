/** The consent page: who asks, for what, as whom, for how long. Holds no secret and nothing of the request but its id. */

import { SCOPES } from '../../oauth/rules/scope.ts';
import { redirectTarget } from '../clients/redirect-target.ts';
import { Fact } from '../ui/card.tsx';
import { type PageContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { CsrfField } from '../ui/form.tsx';
import { LoginFrame, ShopName } from '../ui/login-frame.tsx';
import { duration } from '../ui/time.ts';

export type ConsentProps = {
  readonly requestId: string;
  readonly clientName: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly member: { readonly name: string; readonly loginId: string };
  readonly accessTokenSeconds: number;
  /** Null when the client may not refresh. */
  readonly refreshTokenSeconds: number | null;
};

/** Posts `request`, `_token`, `decision` (`approve` or `deny`) to `paths.authorize`. */
export function consentPage(context: PageContext, props: ConsentProps): string {
  const { messages } = context;
  const { consent: t } = messages;
  return renderPage(
    context,
    <LoginFrame page="authorize" wide>
      <h1 class="consent-headline">{t.headline(<ShopName />)}</h1>
      <dl class="facts">
        <Fact label={t.app}>
          <strong>{props.clientName}</strong>
        </Fact>
        <Fact label={t.returnsTo}>
          <strong class="break-anywhere">{redirectTarget(props.redirectUri)}</strong>
        </Fact>
      </dl>
      <p class="consent-allow">{t.allow}</p>
      <ul class="consent-scopes">
        {props.scopes.map((scope) => (
          <li key={scope}>{scopeSentence(scope, context)}</li>
        ))}
      </ul>
      <dl class="facts">
        <Fact label={t.duration}>{lasting(props, context)}</Fact>
      </dl>
      <Who {...props} />
      <Decision requestId={props.requestId} />
    </LoginFrame>,
  );
}

function scopeSentence(scope: string, context: PageContext) {
  const { consent: t } = context.messages;
  const shop = <strong>{context.shopName}</strong>;
  const known = SCOPES.find((one) => one === scope);
  const words: Readonly<Record<string, string>> = context.messages.scopes;
  return known ? t.scopes[known](shop) : t.otherScope(words[scope] ?? scope, shop);
}

function lasting(
  { accessTokenSeconds, refreshTokenSeconds }: ConsentProps,
  { messages }: PageContext,
): string {
  const { consent: t } = messages;
  if (refreshTokenSeconds === null) return t.once(duration(accessTokenSeconds, messages));
  return t.refreshable(duration(refreshTokenSeconds, messages));
}

/** Who consents, and the way to log in as another member: logging out keeps the waiting request. */
function Who({ member, requestId }: ConsentProps) {
  const context = usePage();
  const { consent: t } = context.messages;
  return (
    <form method="post" action={context.paths.logout}>
      <CsrfField />
      <input type="hidden" name="request" value={requestId} />
      <dl class="facts">
        <Fact label={t.as}>
          <span>{t.asMember(member.name, member.loginId)}</span>{' '}
          <button type="submit" class="btn btn-link">
            {t.notYou}
          </button>
        </Fact>
      </dl>
    </form>
  );
}

function Decision({ requestId }: { requestId: string }) {
  const context = usePage();
  const { consent: t } = context.messages;
  return (
    <form method="post" action={context.paths.authorize} class="consent-decision">
      <CsrfField />
      <input type="hidden" name="request" value={requestId} />
      <button type="submit" name="decision" value="approve" class="btn btn-ec-conversion btn-lg">
        {t.approve}
      </button>
      <button type="submit" name="decision" value="deny" class="btn btn-ec-sub btn-lg">
        {t.deny}
      </button>
    </form>
  );
}
