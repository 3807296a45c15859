/** Grant type `client_credentials` (RFC 6749 §4.4): a system acts as itself; no member, no refresh token. */

import { LRUCache } from 'lru-cache';
import { eventRow } from '../../audit/events.ts';
import { carryOut, type Writes } from '../../database/hot/deed.ts';
import { keptRead } from '../../database/hot/kept.ts';
import type { Db } from '../../database/open.ts';
import { clientSubject, makeGrantId } from '../rules/claims.ts';
import type { Client } from '../rules/client.ts';
import { OAuthError } from '../rules/errors.ts';
import { narrowScope } from '../rules/scope.ts';
import { findOwnGrant, isOwnGrant, newGrant } from '../store/grants.ts';
import type { TokenRequest } from './authenticate-client.ts';
import { answerOf, type SignedAccess, signAccess, type TokenAnswer } from './issue.ts';
import type { TokenDeps } from './token-deps.ts';

export async function clientCredentials(
  deps: TokenDeps,
  client: Client,
  request: TokenRequest,
): Promise<TokenAnswer> {
  if (client.isPublic) throw new OAuthError('unauthorized_client', 'A public client cannot act as itself.');
  const scopes = scopesOf(deps, client, request.params.get('scope'));
  const now = deps.clock.now();
  const known = await ownGrant(deps.store.db, { clientId: client.clientId, scope: client.scopes.join(' ') });
  const grantId = known ?? makeGrantId(deps.clock.nowMs());
  const access = await signAccess(deps, client, {
    grantId,
    subject: clientSubject(client.clientId),
    scopes,
    now,
  });
  const issued = { client, access, grantId, isNew: known === undefined, request, now };
  await carryOut(deps.store.db, () => save(deps.store.db, issued));
  return answerOf(access, undefined);
}

type Issued = {
  readonly client: Client;
  readonly access: SignedAccess;
  readonly grantId: string;
  /** The grant's row is not there yet. */
  readonly isNew: boolean;
  readonly request: TokenRequest;
  readonly now: number;
};

function* save(db: Db, { client, access, grantId, isNew, request, now }: Issued): Writes {
  const { clientId } = client;
  if (isNew) {
    const scope = client.scopes.join(' ');
    const grant = { grantId, clientId, memberId: null, loginId: null, scope, createdAt: now };
    yield newGrant(db, { ...grant, expiresAt: null, resource: null });
  }
  yield access.row();
  const detail = { scope: access.scope, grant: grantId };
  yield eventRow(db, { kind: 'token_issued', occurredAt: now, clientId, ...request.origin, detail });
  request.patience.beforeCommit();
}

const REMEMBERED = 10_000; // clients whose own grant was found before

const grantsFound = new WeakMap<Db, LRUCache<string, string>>();

type Own = { readonly clientId: string; readonly scope: string };

/** The client's own grant, as it is now. */
const ownGrant = keptRead(
  { written: ['tegata_grant'], max: REMEMBERED, keyOf: ({ clientId, scope }: Own) => `${clientId} ${scope}` },
  readOwnGrant,
);

/** Its id is remembered where it cannot be kept, so that it is looked at by its key. */
async function readOwnGrant(db: Db, own: Own): Promise<string | undefined> {
  const remembered = grantsFound.get(db) ?? new LRUCache<string, string>({ max: REMEMBERED });
  grantsFound.set(db, remembered);
  const last = remembered.get(own.clientId);
  if (last !== undefined && (await isOwnGrant(db, last, own))) return last;
  const found = await findOwnGrant(db, own.clientId, own.scope);
  if (found === undefined) remembered.delete(own.clientId);
  else remembered.set(own.clientId, found);
  return found;
}

/** Capped by what the client is registered for (CVE-2024-52287); none asked for means all of it. */
function scopesOf(deps: TokenDeps, client: Client, asked: string | undefined): readonly string[] {
  if (asked === undefined) return client.scopes;
  const scopes = narrowScope(asked, client.scopes, deps.scopes);
  if (!scopes) throw new OAuthError('invalid_scope');
  return scopes;
}
