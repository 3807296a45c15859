/** Which events belong together, and which tell of something that failed or was refused. */
import { EVENT_KINDS, type EventKind } from './kinds.ts';

export const EVENT_GROUPS = ['login', 'consent', 'token', 'client', 'setting', 'webhook'] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];

const GROUP_OF: Readonly<Record<EventKind, EventGroup>> = {
  login_ok: 'login',
  login_failed: 'login',
  login_throttled: 'login',
  logout: 'login',
  session_ended: 'login',
  password_confirmed: 'login',
  password_not_confirmed: 'login',
  second_factor_failed: 'login',
  second_factor_enrolled: 'login',
  second_factor_removed: 'login',
  recovery_code_used: 'login',
  recovery_codes_made: 'login',
  authorize_approved: 'consent',
  authorize_denied: 'consent',
  authorize_refused: 'consent',
  challenge_repeated: 'consent',
  grant_revoked: 'consent',
  code_redeemed: 'token',
  code_replayed: 'token',
  token_issued: 'token',
  token_refreshed: 'token',
  refresh_reused: 'token',
  token_refused: 'token',
  token_revoked: 'token',
  tokens_pruned: 'token',
  client_created: 'client',
  client_imported: 'client',
  client_updated: 'client',
  pkce_learned: 'client',
  client_disabled: 'client',
  client_enabled: 'client',
  client_deleted: 'client',
  secret_created: 'client',
  secret_revoked: 'client',
  api_enabled: 'setting',
  api_disabled: 'setting',
  member_created: 'setting',
  member_disabled: 'setting',
  member_password_changed: 'setting',
  key_rotated: 'setting',
  key_retired: 'setting',
  keys_moved: 'setting',
  backup_made: 'setting',
  backup_restored: 'setting',
  job_uploaded: 'setting',
  job_cancelled: 'setting',
  feed_installed: 'webhook',
  feed_removed: 'webhook',
  webhook_created: 'webhook',
  webhook_updated: 'webhook',
  webhook_deleted: 'webhook',
  webhook_paused: 'webhook',
  webhook_resumed: 'webhook',
  webhook_tested: 'webhook',
  webhook_resent: 'webhook',
  webhooks_taken_over: 'webhook',
  takeover_applied: 'setting',
  takeover_undone: 'setting',
  takeover_finished: 'setting',
};

const FAILURES: readonly EventKind[] = [
  'login_failed',
  'login_throttled',
  'password_not_confirmed',
  'second_factor_failed',
  'authorize_refused',
  'authorize_denied',
  'challenge_repeated',
  'token_refused',
  'code_replayed',
  'refresh_reused',
];

export const isFailure = (kind: EventKind): boolean => FAILURES.includes(kind);

export const kindsIn = (group: EventGroup): EventKind[] =>
  EVENT_KINDS.filter((kind) => GROUP_OF[kind] === group);

/**
 * What a filter by kind means: one kind; `failure` or `success` with a `!` before it, of all or of one group behind a dot;
 * a group with a `!`. Undefined for what cannot be read.
 */
export function kindsOf(wanted: string): EventKind[] | undefined {
  const one = EVENT_KINDS.find((kind) => kind === wanted);
  if (one) return [one];
  const [, word = '', of] = /^!(\w+)(?:\.(\w+))?$/.exec(wanted) ?? [];
  const group = EVENT_GROUPS.find((each) => each === (of ?? word));
  const all = group ? kindsIn(group) : [...EVENT_KINDS];
  if (word === 'failure') return all.filter(isFailure);
  if (word === 'success') return all.filter((kind) => !isFailure(kind));
  return group ? all : undefined;
}
