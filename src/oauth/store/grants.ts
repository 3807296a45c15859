/** Grants (one consent and its family), refresh tokens and access tokens. */

import type { Write, Writes } from '../../database/hot/deed.ts';
import type { Db } from '../../database/open.ts';
import { changed, prepared } from '../../database/prepared.ts';
import type { Liveness } from '../rules/token-life.ts';
import { MAY_APPROVE, withMembers } from './approver.ts';

export type GrantRecord = {
  readonly grantId: string;
  readonly clientId: string;
  readonly memberId: number | null;
  readonly loginId: string | null;
  readonly scope: string;
  readonly createdAt: number;
  /** No refresh token of the grant outlives this; null = no such limit. */
  readonly expiresAt: number | null;
  readonly resource: string | null;
};

export type RefreshRecord = {
  readonly tokenHash: string;
  readonly grantId: string;
  readonly clientId: string;
  readonly expiresAt: number;
  readonly rotatedAt: number | null;
  readonly successorHash: string | null;
  readonly successorRotatedAt: number | null;
  readonly successorExpiresAt: number | null;
  readonly grantRevokedAt: number | null;
  readonly grantExpiresAt: number | null;
  readonly loginId: string | null;
  readonly scope: string;
  /** `login_id` of the member as it is now; null when the member may no longer approve. */
  readonly liveLoginId: string | null;
};

const insertGrantRow = prepared((db, p: GrantRecord) =>
  db.insertInto('tegata_grant').values({
    grant_id: p.grantId,
    client_id: p.clientId,
    member_id: p.memberId,
    login_id: p.loginId,
    scope: p.scope,
    created_at: p.createdAt,
    last_used_at: null,
    revoked_at: null,
    revoked_reason: null,
    expires_at: p.expiresAt,
    resource: p.resource,
  }),
);

export const newGrant = (db: Db, grant: GrantRecord): Write => insertGrantRow.bind(db, grant);

type NewRefresh = {
  tokenHash: string;
  grantId: string;
  clientId: string;
  createdAt: number;
  expiresAt: number;
};

const insertRefreshRow = prepared((db, p: NewRefresh) =>
  db.insertInto('tegata_refresh_token').values({
    token_hash: p.tokenHash,
    grant_id: p.grantId,
    client_id: p.clientId,
    created_at: p.createdAt,
    expires_at: p.expiresAt,
    rotated_at: null,
    successor_hash: null,
  }),
);

export const newRefresh = (db: Db, token: NewRefresh): Write => insertRefreshRow.bind(db, token);

type NewAccess = { jti: string; grantId: string; clientId: string; issuedAt: number; expiresAt: number };

const insertAccessRow = prepared((db, p: NewAccess) =>
  db.insertInto('tegata_access_token').values({
    jti: p.jti,
    grant_id: p.grantId,
    client_id: p.clientId,
    issued_at: p.issuedAt,
    expires_at: p.expiresAt,
    revoked_at: null,
  }),
);

export const newAccess = (db: Db, token: NewAccess): Write => insertAccessRow.bind(db, token);

const selectRefresh = prepared((db, p: { tokenHash: string }) =>
  withMembers(db)
    .selectFrom('tegata_refresh_token as token')
    .innerJoin('tegata_grant as grant', 'grant.grant_id', 'token.grant_id')
    .leftJoin('tegata_refresh_token as successor', 'successor.token_hash', 'token.successor_hash')
    .leftJoin('dtb_member as member', (join) =>
      join.onRef('member.id', '=', 'grant.member_id').on(MAY_APPROVE),
    )
    .select([
      'token.token_hash as tokenHash',
      'token.grant_id as grantId',
      'token.client_id as clientId',
      'token.expires_at as expiresAt',
      'token.rotated_at as rotatedAt',
      'token.successor_hash as successorHash',
      'successor.rotated_at as successorRotatedAt',
      'successor.expires_at as successorExpiresAt',
      'grant.revoked_at as grantRevokedAt',
      'grant.expires_at as grantExpiresAt',
      'grant.login_id as loginId',
      'grant.scope as scope',
      'member.login_id as liveLoginId',
    ])
    .where('token.token_hash', '=', p.tokenHash),
);

export const findRefresh = async (db: Db, tokenHash: string): Promise<RefreshRecord | undefined> =>
  (await selectRefresh(db, { tokenHash })).rows[0];

const updateRefresh = prepared((db, p: { tokenHash: string; successorHash: string; now: number }) =>
  db
    .updateTable('tegata_refresh_token')
    .set({ rotated_at: p.now, successor_hash: p.successorHash })
    .where('token_hash', '=', p.tokenHash)
    .where('rotated_at', 'is', null),
);

/** Takes the refresh token in favour of its successor; true for exactly one caller. */
export function* takeRefresh(db: Db, tokenHash: string, successorHash: string, now: number): Writes<boolean> {
  return (yield updateRefresh.bind(db, { tokenHash, successorHash, now })) === 1;
}

const revokeGrantRow = prepared((db, p: { grantId: string; now: number; reason: string }) =>
  db
    .updateTable('tegata_grant')
    .set({ revoked_at: p.now, revoked_reason: p.reason })
    .where('grant_id', '=', p.grantId)
    .where('revoked_at', 'is', null),
);

/** Ends a grant and with it every token of its family; true when it was alive. */
export const revokeGrant = async (db: Db, grantId: string, reason: string, now: number): Promise<boolean> =>
  changed(await revokeGrantRow(db, { grantId, now, reason })) === 1;

const selectLiveness = prepared((db, p: { grantId: string; jti: string }) =>
  withMembers(db)
    .selectFrom('tegata_grant as grant')
    .innerJoin('tegata_client as client', 'client.client_id', 'grant.client_id')
    .leftJoin('tegata_access_token as token', (join) =>
      join.onRef('token.grant_id', '=', 'grant.grant_id').on('token.jti', '=', p.jti),
    )
    .leftJoin('dtb_member as member', (join) =>
      join.onRef('member.id', '=', 'grant.member_id').on(MAY_APPROVE),
    )
    .select([
      'grant.client_id as clientId',
      'grant.scope as grantScope',
      'grant.revoked_at as grantRevokedAt',
      'grant.member_id as memberId',
      'grant.last_used_at as lastUsedAt',
      'member.login_id as liveLoginId',
      'client.scopes as clientScope',
      'client.disabled_at as clientDisabledAt',
      'client.cost_per_minute as costPerMinute',
      'client.purpose as clientPurpose',
      'token.expires_at as tokenExpiresAt',
      'token.revoked_at as tokenRevokedAt',
    ])
    .where('grant.grant_id', '=', p.grantId),
);

/** When the grant ends for good; null = it does not, or there is none. */
export async function grantEnd(db: Db, grantId: string): Promise<number | null> {
  const row = await db
    .selectFrom('tegata_grant')
    .select('expires_at')
    .where('grant_id', '=', grantId)
    .executeTakeFirst();
  return row?.expires_at ?? null;
}

/** What decides whether a well-signed access token still counts; undefined when its grant is gone. */
export const readLiveness = async (db: Db, grantId: string, jti: string): Promise<Liveness | undefined> =>
  (await selectLiveness(db, { grantId, jti })).rows[0];

const stampGrant = prepared((db, p: { grantId: string; now: number; before: number }) =>
  db
    .updateTable('tegata_grant')
    .set({ last_used_at: p.now })
    .where('grant_id', '=', p.grantId)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', p.before)])),
);

const stampClient = prepared((db, p: { grantId: string; now: number; before: number }) =>
  db
    .updateTable('tegata_client')
    .set({ last_used_at: p.now })
    .where('client_id', '=', (eb) =>
      eb.selectFrom('tegata_grant').select('client_id').where('grant_id', '=', p.grantId),
    )
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', p.before)])),
);

/** Notes that a grant was used, and with it its client; each at most once in `everySeconds`. */
export async function touchGrant(db: Db, grantId: string, now: number, everySeconds: number): Promise<void> {
  const stamp = { grantId, now, before: now - everySeconds };
  if (changed(await stampGrant(db, stamp)) === 1) await stampClient(db, stamp);
}

type OwnGrant = { readonly clientId: string; readonly scope: string };

const selectOwnGrant = prepared((db, p: OwnGrant) =>
  db
    .selectFrom('tegata_grant')
    .select('grant_id as grantId')
    .where('client_id', '=', p.clientId)
    .where('member_id', 'is', null)
    .where('scope', '=', p.scope)
    .where('revoked_at', 'is', null)
    .limit(1),
);

/** The live grant under which a client acts as itself with this registered scope; undefined when it has none yet. */
export const findOwnGrant = async (db: Db, clientId: string, scope: string): Promise<string | undefined> =>
  (await selectOwnGrant(db, { clientId, scope })).rows[0]?.grantId;

const selectIfOwn = prepared((db, p: OwnGrant & { readonly grantId: string }) =>
  db
    .selectFrom('tegata_grant')
    .select('grant_id as grantId')
    .where('grant_id', '=', p.grantId)
    .where('client_id', '=', p.clientId)
    .where('member_id', 'is', null)
    .where('scope', '=', p.scope)
    .where('revoked_at', 'is', null),
);

/** Whether `findOwnGrant` may still answer so; by the grant's key, since a client may have very many grants of members. */
export const isOwnGrant = async (db: Db, grantId: string, own: OwnGrant): Promise<boolean> =>
  (await selectIfOwn(db, { grantId, clientId: own.clientId, scope: own.scope })).rows.length === 1;

/** Ends one access token; says whether its grant is the client's own, which must go on without it. */
export async function revokeAccess(
  db: Db,
  { grantId, jti }: { grantId: string; jti: string },
  now: number,
): Promise<'own-grant' | 'member-grant'> {
  await db
    .updateTable('tegata_access_token')
    .set({ revoked_at: now })
    .where('grant_id', '=', grantId)
    .where('jti', '=', jti)
    .where('revoked_at', 'is', null)
    .execute();
  const row = await db
    .selectFrom('tegata_grant')
    .select('member_id as memberId')
    .where('grant_id', '=', grantId)
    .executeTakeFirst();
  return row?.memberId === null ? 'own-grant' : 'member-grant';
}

/** Whether any access token is neither expired nor revoked, of those issued before a time when that is given. */
export async function hasLiveToken(
  db: Db,
  { now, issuedBefore }: { now: number; issuedBefore?: number },
): Promise<boolean> {
  let tokens = db
    .selectFrom('tegata_access_token')
    .select('jti')
    .where('expires_at', '>', now)
    .where('revoked_at', 'is', null);
  if (issuedBefore !== undefined) tokens = tokens.where('issued_at', '<', issuedBefore);
  return (await tokens.limit(1).executeTakeFirst()) !== undefined;
}
