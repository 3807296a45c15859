/** The tabs of one client, and the pages that ask before something of it ends. */
import { callsInDay } from '../../oauth/api-use.ts';
import { grantsOfClient } from '../../oauth/client-list.ts';
import { type Client, usesSecret } from '../../oauth/rules/client.ts';
import { failuresOfClient } from '../../security/audit-log.ts';
import { askOf } from '../account/step-up.ts';
import { type MemberExchange, memberPage } from '../exchange.ts';
import { PageError } from '../page-error.ts';
import type { PageRoutes } from '../page-routes.ts';
import { titleOf } from '../pages.ts';
import { redirectTo, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import { askFirstPage } from '../ui/ask-first.tsx';
import type { AskPassword } from '../ui/password-again.tsx';
import { countText, dateTime } from '../ui/time.ts';
import type { AdminKit } from '../visit.ts';
import { clientFailuresPage } from './client-failures.tsx';
import { clientConnectionsPage } from './client-grants.tsx';
import { clientSecretsPage, newSecretPage, USUAL_KEEP_SECONDS } from './client-secrets.tsx';
import { type ClientExchange, withClient } from './one-client.ts';
import { showRequests } from './requests/requests-route.ts';
import { clientStepsPage, type ShownLanguage } from './steps/client-steps.tsx';
import { LANGUAGES, type Language } from './steps/languages.ts';
import { laterStepsFor, ownStepsFor, snippetFor } from './steps/steps-for.ts';

const GRANTS_SHOWN = 100;
const FAILURES_SHOWN = 20;

export function clientTabRoutes({ page }: PageRoutes): void {
  page('clientSecrets', withClient(showSecrets));
  page('clientSteps', withClient(showSteps));
  page('clientConnections', withClient(showConnections));
  page('clientFailures', withClient(showFailures));
  page('clientDisable', withClient(askDisable));
  page(
    'clientSecretNew',
    withClient((exchange) => askNewSecret(exchange, askOf(exchange))),
  );
  page('clientRequests', withClient(showRequests));
  page('clientSecretEnd', withClient(askEndSecret));
  page('clientGrantEnd', withClient(askEndGrant));
}

async function showSecrets(exchange: ClientExchange) {
  const { kit, client } = exchange;
  return sendPage(exchange, clientSecretsPage(await memberPage(exchange), secretsOf(kit, client)));
}

async function showSteps(exchange: ClientExchange) {
  const { kit, client } = exchange;
  const context = await memberPage(exchange);
  const wanted = queryOf(exchange).get('lang');
  const known = Object.keys(LANGUAGES).find((each): each is Language => each === wanted);
  const shown: ShownLanguage = known ?? 'curl';
  const props = {
    client,
    shown,
    steps: laterStepsFor(kit, client),
    own: ownStepsFor(kit, client),
    snippet: snippetFor(kit, client, context.messages.steps.comments),
    secretHidden: usesSecret(client.policies),
  };
  return sendPage(exchange, clientStepsPage(context, props));
}

async function showConnections(exchange: ClientExchange) {
  const { client, kit } = exchange;
  const { token } = kit.deps;
  const grants = await grantsOfClient(token, client.clientId, GRANTS_SHOWN);
  const props = { client, grants, callsInDay: await callsInDay(token, client.clientId) };
  return sendPage(exchange, clientConnectionsPage(await memberPage(exchange), props));
}

async function showFailures(exchange: ClientExchange) {
  const { client, kit } = exchange;
  const failures = await failuresOfClient(kit.deps.token, client.clientId, FAILURES_SHOWN);
  return sendPage(exchange, clientFailuresPage(await memberPage(exchange), { client, failures }));
}

const liveSecrets = ({ deps }: AdminKit, { secrets }: Client) => {
  const now = deps.token.clock.now();
  return secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
};

const secretsOf = (kit: AdminKit, client: Client) => ({
  client,
  secrets: usesSecret(client.policies) ? liveSecrets(kit, client) : undefined,
  isPublic: client.isPublic,
  now: kit.deps.token.clock.now(),
});

async function askDisable(exchange: ClientExchange) {
  const { kit, client } = exchange;
  if (client.disabledAt !== null) return redirectTo(exchange, kit.paths.client(client.clientId));
  const context = await memberPage(exchange);
  const { asks, deletion, detail } = context.messages;
  const { total } = await grantsOfClient(kit.deps.token, client.clientId, 1);
  const calls = await callsInDay(kit.deps.token, client.clientId);
  const page = askFirstPage(context, {
    page: 'clientDisable',
    question: asks.disable.question(client.name),
    effects: [
      asks.disable.effect,
      detail.liveGrants(countText(total)),
      asks.usedInDay(calls),
      asks.disable.undo,
    ],
    action: kit.paths.clientDisable(client.clientId),
    submit: asks.disable.submit,
    back: { href: kit.paths.client(client.clientId), label: deletion.toClient },
  });
  return sendPage(exchange, page);
}

/** With what was typed wrongly, too. */
export async function askNewSecret(
  exchange: ClientExchange,
  ask: AskPassword | undefined,
  keep = USUAL_KEEP_SECONDS,
) {
  const { kit, client } = exchange;
  if (!usesSecret(client.policies)) throw new PageError('not_found', 404);
  const calls = await callsInDay(kit.deps.token, client.clientId);
  const props = { client, secrets: liveSecrets(kit, client), callsInDay: calls, keep, ask };
  return sendPage(exchange, newSecretPage(await memberPage(exchange), props));
}

async function askEndSecret(exchange: ClientExchange) {
  const { kit, client, request } = exchange;
  const { secret_id: secretId } = request.params as { secret_id: string };
  const secret = liveSecrets(kit, client).find((each) => each.secretId === secretId);
  if (!secret) throw new PageError('not_found', 404);
  const context = await memberPage(exchange);
  const { asks, detail } = context.messages;
  const { endSecret: t } = asks;
  const at = (seconds: number) => dateTime(seconds, context.timeZone);
  const used = secret.lastUsedAt === null ? t.unused : t.used(at(secret.lastUsedAt));
  const calls = asks.usedInDay(await callsInDay(kit.deps.token, client.clientId));
  const page = askFirstPage(context, {
    page: 'clientSecretEnd',
    question: t.question(at(secret.createdAt)),
    effects: [t.effect, used, `${client.name}：${calls}`, t.noUndo],
    action: kit.paths.secretEnd(client.clientId, secretId),
    submit: t.submit,
    back: { href: kit.paths.clientTab(client.clientId, 'secrets'), label: detail.secrets },
  });
  return sendPage(exchange, page);
}

async function askEndGrant(exchange: ClientExchange) {
  const { kit, client, request } = exchange;
  const { grant_id: grantId } = request.params as { grant_id: string };
  const { rows } = await grantsOfClient(kit.deps.token, client.clientId, GRANTS_SHOWN);
  const grant = rows.find((each) => each.grantId === grantId);
  if (!grant) throw new PageError('not_found', 404);
  return askEndOfGrant(exchange, {
    ...grant,
    app: client.name,
    action: kit.paths.grantRevoke(client.clientId, grantId),
    page: 'clientGrantEnd',
    back: kit.paths.clientTab(client.clientId, 'connections'),
  });
}

/** The page that the question is asked from. */
const ENDED_FROM = { clientGrantEnd: 'clients', appEnd: 'apps' } as const;

export type EndingGrant = {
  readonly grantId: string;
  /** Null when the client acts as itself. */
  readonly loginId: string | null;
  readonly app: string;
  readonly action: string;
  readonly page: keyof typeof ENDED_FROM;
  readonly back: string;
};

/** The same question from the client's page and from 連携アプリ. */
export async function askEndOfGrant(exchange: MemberExchange, ending: EndingGrant) {
  const { kit } = exchange;
  const context = await memberPage(exchange);
  const { asks, detail } = context.messages;
  const { endGrant: t, usedInDay } = asks;
  const calls = await callsInDay(kit.deps.token, ending.grantId);
  const page = askFirstPage(context, {
    page: ending.page,
    question: t.question(ending.app, ending.loginId ?? detail.clientItself),
    effects: [t.effect, usedInDay(calls), ending.loginId === null ? t.undoItself : t.undo],
    action: ending.action,
    submit: t.submit,
    back: { href: ending.back, label: titleOf(ENDED_FROM[ending.page], context.messages) },
  });
  return sendPage(exchange, page);
}
