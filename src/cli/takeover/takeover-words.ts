/** What a takeover says at the command line: the plan, what stands in its way, how far it has come. */
import { en } from '../../admin/i18n/en/messages.ts';
import type { ImportedClient } from '../../oauth/import-clients.ts';
import type { TakeoverPlan } from '../../takeover/plan.ts';
import type { TakeoverStatus } from '../../takeover/status.ts';
import { count, harmless, timeText } from '../table.ts';

type Blocker = TakeoverPlan['blockers'][number] | 'still_telling';

const BLOCKERS: Readonly<Record<Blocker, string>> = {
  no_plugin:
    'the shop’s database has no tables oauth2_…: EC-CUBE’s Web API plugin was never installed in this shop',
  finished: 'the takeover is complete: the way back was closed by tegata takeover finish',
  refused_clients:
    'clients are refused, and their apps would stop: mend them in EC-CUBE, or go on without them: --allow-refused',
  no_key:
    'the plugin’s public key was not found: give it by --public-key or --shop, or let the plugin’s access tokens end at once (an hour early at the most): --without-key',
  bad_encryption_key: `the encryption key is none of defuse/php-encryption (def00000…); without --encryption-key-type it is taken as a password`,
  still_telling: 'webhooks that were given back have still something to tell; try again in a minute',
};

export const blockerText = (blocker: Blocker): string => BLOCKERS[blocker];

export const clientJson = (client: ImportedClient) => ({
  client_id: client.identifier,
  client_name: client.name || client.identifier,
  enabled: client.active,
  outcome: client.outcome,
  reasons: refusals(client),
  short_secret: client.hasShortSecret,
});

function refusals({ errors: { name, redirectUris, scopes, grantTypes } }: ImportedClient): string[] {
  const uris = redirectUris === 'blank' ? ['no redirect URI'] : (redirectUris ?? []);
  return [
    ...uris.map((uri) => (typeof uri === 'string' ? uri : `${uri.uri}: ${en.redirectUriReasons[uri.fault]}`)),
    ...(name ? ['the name is not valid'] : []),
    ...(scopes ? ['a scope is neither read nor write'] : []),
    ...(grantTypes ? ['a grant is one that Tegata does not offer'] : []),
  ];
}

export const clientLine = (client: ReturnType<typeof clientJson>): string =>
  [
    `client ${client.client_id}: ${client.outcome}`,
    ...(client.enabled ? [] : ['switched off']),
    ...client.reasons,
    ...(client.short_secret
      ? [`its secret can be guessed; give the app a new one: tegata client rotate-secret ${client.client_id}`]
      : []),
  ]
    .map(harmless)
    .join('; ');

export const planJson = (plan: TakeoverPlan) => ({
  state: plan.state,
  plugin: plan.plugin ?? null,
  plugin_enabled: plan.pluginEnabled,
  clients: plan.clients.map(clientJson),
  webhooks: plan.webhooks.map((one) => ({
    payload_url: one.payloadUrl,
    enabled: one.enabled,
    short_secret: one.hasShortSecret,
    leads: one.leads,
  })),
  webhooks_left: plan.unfitUrls,
  feed: plan.feed,
  live_access_tokens: plan.tokens.access,
  live_refresh_tokens: plan.tokens.refresh,
  unspent_codes: plan.tokens.codes,
  lost_approvers: plan.lostApprovers,
  public_key: plan.keys.signing.ok
    ? { found: true, from: plan.keys.signing.from, bits: plan.keys.signing.bits }
    : { found: false, looked_at: plan.keys.signing.lookedAt },
  encryption_key: plan.keys.isUsualPassword ? 'usual' : 'own',
  blockers: plan.blockers,
});

export function planLines(plan: TakeoverPlan): string[] {
  const { tokens, keys } = plan;
  return [
    `plugin: ${plan.plugin ?? 'none'}${plan.pluginEnabled ? ', enabled' : ''}`,
    ...plan.clients.map((client) => clientLine(clientJson(client))),
    ...plan.webhooks.map(webhookLine),
    ...plan.unfitUrls.map((url) => `webhook ${url}: stays with the plugin; nothing can be sent there`),
    ...(plan.webhooks.length > 0 && plan.feed !== 'installed' ? ['the change feed is installed first'] : []),
    `go on here: ${count(tokens.access, 'access token')}, ${count(tokens.refresh, 'refresh token')}, ${count(tokens.codes, 'code')}`,
    ...plan.lostApprovers.map(
      (login) =>
        `approved by ${login}, who is no longer at work as システム管理者: those apps must be approved once more`,
    ),
    keys.signing.ok
      ? `public key: ${keys.signing.from} (RSA ${keys.signing.bits})`
      : `public key: not found; looked at ${keys.signing.lookedAt.join(', ')}`,
    `encryption key: ${keys.isUsualPassword ? 'the one that EC-CUBE has when nobody sets another' : 'as given'}`,
    ...plan.blockers.map((blocker) => `in the way: ${blockerText(blocker)}`),
  ].map(harmless);
}

function webhookLine({
  payloadUrl,
  enabled,
  hasShortSecret,
  leads,
}: TakeoverPlan['webhooks'][number]): string {
  return [
    `webhook ${payloadUrl}: ${enabled ? 'comes' : 'comes, switched off'}`,
    ...(leads === 'private' ? ['Tegata sends there only when TEGATA_WEBHOOK_ALLOW names it'] : []),
    ...(leads === 'unknown_host' ? ['its host has no address now'] : []),
    ...(hasShortSecret ? ['its secret can be guessed: make a new one here and at the receiver'] : []),
  ].join('; ');
}

export const statusJson = (status: TakeoverStatus) => ({
  state: status.state,
  plugin: status.plugin ?? null,
  plugin_enabled: status.pluginEnabled,
  started_at: status.startedAt,
  changed_at: status.changedAt,
  honoured_until: status.honouredUntil,
  undo_possible: status.state === 'open',
  live_access_tokens: status.waiting.access,
  live_refresh_tokens: status.waiting.refresh,
  unspent_codes: status.waiting.codes,
  refresh_tokens_honoured: status.honoured,
  progress: status.progress,
  issued_by_plugin_since: status.pluginIssued,
  webhooks: status.webhooks,
  webhooks_behind: status.webhooksBehind,
});

const STATES: Readonly<Record<TakeoverStatus['state'], string>> = {
  none: 'nothing is taken over; see what would be: tegata takeover plan',
  open: 'Tegata leads; the way back is open: tegata takeover undo; to close it: tegata takeover finish',
  returned:
    'the plugin leads again; what still comes in here is answered; when nothing does: tegata takeover finish',
  finished: 'complete; what the plugin issued is honoured until it ends',
  ended: 'given back; nothing of the plugin counts here',
};

export function statusLines(status: TakeoverStatus, timeZone: string): string[] {
  const { waiting } = status;
  if (status.state === 'none') return [STATES.none];
  return [
    STATES[status.state],
    `since ${timeText(status.changedAt, timeZone)}`,
    ...(status.honouredUntil === null ? [] : [`until ${timeText(status.honouredUntil, timeZone)}`]),
    `of the plugin: ${count(status.honoured, 'refresh token')} came in and were answered (${status.progress} %), ${count(waiting.refresh, 'live one')} to come; ${count(waiting.access, 'access token')}, ${count(waiting.codes, 'code')}`,
    ...(status.state !== 'returned' && status.pluginIssued > 0
      ? [
          `the plugin has issued ${count(status.pluginIssued, 'token')} since: lead its addresses to Tegata (docs/takeover.md)`,
        ]
      : []),
    `${count(status.webhooks, 'webhook')} taken over${status.webhooksBehind > 0 ? `, ${status.webhooksBehind} with something still to tell` : ''}`,
  ];
}
