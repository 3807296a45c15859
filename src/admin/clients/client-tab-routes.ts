/** The tabs of one client, and the pages that ask before something of it ends. */
import type { FastifyInstance } from 'fastify';
import { callsInDay } from '../../oauth/api-use.ts';
import { grantsOfClient } from '../../oauth/client-list.ts';
import { type Client, usesSecret } from '../../oauth/rules/client.ts';
import { failuresOfClient } from '../../security/audit-log.ts';
import { askOf } from '../account/step-up.ts';
import { apiMembersOnly } from '../guards.ts';
import { PageError } from '../page-error.ts';
import { titleOf } from '../pages.ts';
import { redirectTo, sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import { askFirstPage } from '../ui/ask-first.tsx';
import type { AdminContext } from '../ui/context.ts';
import type { AskPassword } from '../ui/password-again.tsx';
import { countText, dateTime } from '../ui/time.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { clientFailuresPage } from './client-failures.tsx';
import { clientConnectionsPage } from './client-grants.tsx';
import { clientSecretsPage, newSecretPage, USUAL_KEEP_SECONDS } from './client-secrets.tsx';
import { type ClientHandler, withClient } from './one-client.ts';
import { clientStepsPage, type ShownLanguage } from './steps/client-steps.tsx';
import { LANGUAGES, type Language } from './steps/languages.ts';
import { laterStepsFor, ownStepsFor, snippetFor } from './steps/steps-for.ts';

const GRANTS_SHOWN = 100;
const FAILURES_SHOWN = 20;

export function clientTabRoutes(app: FastifyInstance, kit: AdminKit): void {
  const one = kit.paths.client(':client_id').replace('%3A', ':');
  const get = (path: string, handler: ClientHandler) =>
    app.get(`${one}/${path}`, apiMembersOnly(kit, withClient(kit, handler)));
  get('secrets', async (client, visit, _request, reply) =>
    sendPage(reply, clientSecretsPage(await visit.admin(visit.session), secretsOf(kit, client))),
  );
  get('steps', async (client, visit, request, reply) =>
    sendPage(reply, stepsPage(kit, client, await visit.admin(visit.session), queryOf(request).get('lang'))),
  );
  get('connections', async (client, visit, _request, reply) => {
    const grants = await grantsOfClient(kit.deps.token, client.clientId, GRANTS_SHOWN);
    const calls = await callsInDay(kit.deps.token, client.clientId);
    const props = { client, grants, callsInDay: calls };
    return sendPage(reply, clientConnectionsPage(await visit.admin(visit.session), props));
  });
  get('failures', async (client, visit, _request, reply) => {
    const failures = await failuresOfClient(kit.deps.token, client.clientId, FAILURES_SHOWN);
    return sendPage(reply, clientFailuresPage(await visit.admin(visit.session), { client, failures }));
  });
  askRoutes(kit, get);
}

function askRoutes(kit: AdminKit, get: (path: string, handler: ClientHandler) => unknown): void {
  get('disable', async (client, visit, _request, reply) => {
    if (client.disabledAt !== null) return redirectTo(reply, kit.paths.client(client.clientId));
    return sendPage(reply, await askDisable(kit, client, visit));
  });
  get('secret', async (client, visit, _request, reply) =>
    sendPage(reply, await askNewSecret(kit, client, visit, askOf(kit, visit))),
  );
  get('secrets/:secret_id/end', async (client, visit, request, reply) => {
    const { secret_id: secretId } = request.params as { secret_id: string };
    return sendPage(reply, await askEndSecret(kit, client, visit, secretId));
  });
  get('grants/:grant_id/revoke', async (client, visit, request, reply) => {
    const { grant_id: grantId } = request.params as { grant_id: string };
    return sendPage(reply, await askEndGrant(kit, client, visit, grantId));
  });
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

function stepsPage(kit: AdminKit, client: Client, context: AdminContext, wanted: string | null): string {
  const known = Object.keys(LANGUAGES).find((each): each is Language => each === wanted);
  const shown: ShownLanguage = known ?? 'curl';
  return clientStepsPage(context, {
    client,
    shown,
    steps: laterStepsFor(kit, client),
    own: ownStepsFor(kit, client),
    snippet: snippetFor(kit, client, context.messages.steps.comments),
    secretHidden: usesSecret(client.policies),
  });
}

async function askDisable(kit: AdminKit, client: Client, visit: MemberVisit): Promise<string> {
  const context = await visit.admin(visit.session);
  const { asks, deletion, detail } = context.messages;
  const { total } = await grantsOfClient(kit.deps.token, client.clientId, 1);
  const calls = await callsInDay(kit.deps.token, client.clientId);
  return askFirstPage(context, {
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
}

/** With what was typed wrongly, too. */
export async function askNewSecret(
  kit: AdminKit,
  client: Client,
  visit: MemberVisit,
  ask: AskPassword | undefined,
  keep = USUAL_KEEP_SECONDS,
): Promise<string> {
  if (!usesSecret(client.policies)) throw new PageError('not_found', 404);
  const calls = await callsInDay(kit.deps.token, client.clientId);
  const props = { client, secrets: liveSecrets(kit, client), callsInDay: calls, keep, ask };
  return newSecretPage(await visit.admin(visit.session), props);
}

async function askEndSecret(kit: AdminKit, client: Client, visit: MemberVisit, secretId: string) {
  const secret = liveSecrets(kit, client).find((each) => each.secretId === secretId);
  if (!secret) throw new PageError('not_found', 404);
  const context = await visit.admin(visit.session);
  const { asks, detail } = context.messages;
  const { endSecret: t } = asks;
  const at = (seconds: number) => dateTime(seconds, context.timeZone);
  const used = secret.lastUsedAt === null ? t.unused : t.used(at(secret.lastUsedAt));
  const calls = asks.usedInDay(await callsInDay(kit.deps.token, client.clientId));
  return askFirstPage(context, {
    page: 'clientSecretEnd',
    question: t.question(at(secret.createdAt)),
    effects: [t.effect, used, `${client.name}：${calls}`, t.noUndo],
    action: kit.paths.secretEnd(client.clientId, secretId),
    submit: t.submit,
    back: { href: kit.paths.clientTab(client.clientId, 'secrets'), label: detail.secrets },
  });
}

async function askEndGrant(kit: AdminKit, client: Client, visit: MemberVisit, grantId: string) {
  const { rows } = await grantsOfClient(kit.deps.token, client.clientId, GRANTS_SHOWN);
  const grant = rows.find((each) => each.grantId === grantId);
  if (!grant) throw new PageError('not_found', 404);
  return endGrantPage(kit, visit, {
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
export async function endGrantPage(kit: AdminKit, visit: MemberVisit, ending: EndingGrant): Promise<string> {
  const context = await visit.admin(visit.session);
  const { asks, detail } = context.messages;
  const { endGrant: t, usedInDay } = asks;
  const calls = await callsInDay(kit.deps.token, ending.grantId);
  return askFirstPage(context, {
    page: ending.page,
    question: t.question(ending.app, ending.loginId ?? detail.clientItself),
    effects: [t.effect, usedInDay(calls), ending.loginId === null ? t.undoItself : t.undo],
    action: ending.action,
    submit: t.submit,
    back: { href: ending.back, label: titleOf(ENDED_FROM[ending.page], context.messages) },
  });
}
