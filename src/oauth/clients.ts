/** What happens to API clients: registered, changed, switched off and on, given a new secret, removed. */

import { type EventDetail, recordEvent } from '../audit/events.ts';
import type { EventKind } from '../audit/kinds.ts';
import type { Actor } from '../audit/origin.ts';
import { randomHex, randomToken, sha256Hex } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import type { Db, Store } from '../database/open.ts';
import { transact } from '../database/transact.ts';
import { revokeGrantsOf } from '../staff/store/end-grants.ts';
import { notePluginCut } from '../staff/store/plugin-cuts.ts';
import { type Client, type ClientPurpose, usesSecret } from './rules/client.ts';
import type { ClientSettings } from './rules/client-form.ts';
import {
  deleteSecret,
  deleteSecretsBut,
  endOtherSecrets,
  insertSecret,
  lockSecrets,
} from './store/client-secrets.ts';
import { deleteClient, findClient, insertClient, setClientDisabled, updateClient } from './store/clients.ts';
import { revokeGrant } from './store/grants.ts';
import { removeSomeOfClient } from './store/removed-clients.ts';

export type ClientDeps = {
  readonly store: Store;
  readonly clock: Clock;
  /** Called after anything that ends tokens. */
  readonly forgetTokens: () => void;
  /** Called in the transaction that makes a secret: while a takeover can be undone it is kept, sealed. */
  readonly keepSecret?: (tx: Db, clientId: string, secret: string, now: number) => Promise<void>;
};

export type Registered = { readonly client: Client; readonly secret: string | null };

export type NewCredentials = { readonly clientId: string; readonly secret: string };

/** 128 bits in hex, and 256 bits. */
const randomCredentials = (): NewCredentials => ({ clientId: randomHex(16), secret: randomToken() });

/** Makes id and secret; only the secret's hash is kept. */
export async function registerClient(
  deps: ClientDeps,
  settings: ClientSettings,
  actor: Actor,
  made: NewCredentials = randomCredentials(),
  /** When the program makes it for itself. */
  purpose: ClientPurpose | null = null,
): Promise<Registered> {
  const now = deps.clock.now();
  const { clientId } = made;
  const secret = usesSecret(settings.policies) ? made.secret : null;
  await deps.store.db.transaction().execute(async (tx) => {
    await insertClient(tx, {
      ...settings,
      clientId,
      createdAt: now,
      updatedAt: now,
      createdBy: actor.loginId,
      purpose,
    });
    if (secret !== null) await addSecret(deps, tx, clientId, secret, now);
    await record(tx, 'client_created', clientId, actor, now, {
      name: settings.name,
      scopes: settings.scopes,
    });
  });
  const client = await findClient(deps.store.db, clientId);
  if (!client) throw new Error('the client just registered is gone');
  return { client, secret };
}

async function addSecret(
  { keepSecret }: ClientDeps,
  tx: Db,
  clientId: string,
  secret: string,
  now: number,
): Promise<string> {
  const secretId = randomHex(16);
  await insertSecret(tx, { secretId, clientId, hash: sha256Hex(secret), createdAt: now });
  await keepSecret?.(tx, clientId, secret, now);
  return secretId;
}

/** False when the client is gone. A public client stays public: its tokens were issued on that footing. */
export async function changeClient(
  deps: ClientDeps,
  clientId: string,
  settings: ClientSettings,
  actor: Actor,
): Promise<boolean> {
  const now = deps.clock.now();
  const changed = await deps.store.db.transaction().execute(async (tx) => {
    if (!(await updateClient(tx, clientId, { ...settings, updatedAt: now }))) return false;
    await record(tx, 'client_updated', clientId, actor, now, {
      name: settings.name,
      scopes: settings.scopes,
      redirect_uris: settings.redirectUris,
      pkce: settings.pkce,
    });
    return true;
  });
  // Its quota is remembered beside its tokens.
  deps.forgetTokens();
  return changed;
}

/** Switches a client off (its tokens die at once and come back with it) or on; false when nothing changed. */
export async function switchClient(
  deps: ClientDeps,
  clientId: string,
  on: boolean,
  actor: Actor,
): Promise<boolean> {
  const now = deps.clock.now();
  const changed = await deps.store.db.transaction().execute(async (tx) => {
    if (!(await setClientDisabled(tx, clientId, on ? null : now, now))) return false;
    await record(tx, on ? 'client_enabled' : 'client_disabled', clientId, actor, now);
    return true;
  });
  deps.forgetTokens();
  return changed;
}

/**
 * A new secret; the newest of the former ones works for `keepOldSeconds` more, so that there are never more than two.
 * Undefined when the client is gone or uses no secret.
 */
export async function renewSecret(
  deps: ClientDeps,
  clientId: string,
  keepOldSeconds: number,
  actor: Actor,
): Promise<string | undefined> {
  const now = deps.clock.now();
  const secret = randomToken();
  return transact(deps.store, async (tx) => {
    await lockSecrets(tx, clientId, now);
    const client = await findClient(tx, clientId);
    if (!client || !usesSecret(client.policies)) return undefined;
    const kept = keepOldSeconds === 0 ? undefined : newestLive(client, now);
    await deleteSecretsBut(tx, clientId, kept?.secretId);
    const secretId = await addSecret(deps, tx, clientId, secret, now);
    await endOtherSecrets(tx, clientId, secretId, now + keepOldSeconds);
    await record(tx, 'secret_created', clientId, actor, now, { old_valid_seconds: keepOldSeconds });
    return secret;
  });
}

/** Ends one of several secrets now; false when it is gone already, or the last that works. */
export async function endSecret(
  deps: ClientDeps,
  clientId: string,
  secretId: string,
  actor: Actor,
): Promise<boolean> {
  const now = deps.clock.now();
  return deps.store.db.transaction().execute(async (tx) => {
    if (!(await deleteSecret(tx, clientId, secretId, now))) return false;
    await record(tx, 'secret_revoked', clientId, actor, now);
    return true;
  });
}

/** The one without an end is the newest; `secrets` come newest first, but those of one second in any order. */
const newestLive = ({ secrets }: Client, now: number) =>
  secrets.find(({ expiresAt }) => expiresAt === null) ??
  secrets.find(({ expiresAt }) => expiresAt !== null && expiresAt > now);

const BATCH = 500; // rows in one transaction
const BATCHES = 10; // in the request itself

/**
 * The client is gone with the first transaction. What it leaves behind follows in batches; the sweep does what is beyond a
 * great many rows, and what a crash in between has left.
 */
export async function removeClient(deps: ClientDeps, clientId: string, actor: Actor): Promise<boolean> {
  const now = deps.clock.now();
  const removed = await deps.store.db.transaction().execute(async (tx) => {
    const client = await findClient(tx, clientId);
    if (!client || !(await deleteClient(tx, clientId))) return false;
    await notePluginCut(tx, { kind: 'cut', identifier: clientId }, now);
    await record(tx, 'client_deleted', clientId, actor, now, { name: client.name });
    return true;
  });
  deps.forgetTokens();
  for (let i = 0; removed && i < BATCHES; i += 1) {
    if ((await removeSomeOfClient(deps.store.db, clientId, BATCH)) === 0) break;
  }
  return removed;
}

/** Ends one grant: its refresh token and every access token of it die at once. */
export async function endGrant(
  deps: ClientDeps,
  clientId: string,
  grantId: string,
  actor: Actor,
): Promise<boolean> {
  const now = deps.clock.now();
  const ended = await deps.store.db.transaction().execute(async (tx) => {
    if (!(await revokeGrant(tx, grantId, 'revoked_by_member', now))) return false;
    await record(tx, 'grant_revoked', clientId, actor, now, { grant: grantId });
    return true;
  });
  deps.forgetTokens();
  return ended;
}

/** Ends every live grant of a client; how many. */
export async function endGrantsOfClient(deps: ClientDeps, clientId: string, actor: Actor): Promise<number> {
  const now = deps.clock.now();
  const ended = await deps.store.db.transaction().execute(async (tx) => {
    const count = await revokeGrantsOf(tx, { client_id: clientId }, 'revoked_by_operator', now);
    await notePluginCut(tx, { kind: 'cut', identifier: clientId }, now);
    await record(tx, 'grant_revoked', clientId, actor, now, { count });
    return count;
  });
  deps.forgetTokens();
  return ended;
}

async function record(
  tx: Db,
  kind: EventKind,
  clientId: string,
  actor: Actor,
  now: number,
  detail: EventDetail = {},
): Promise<void> {
  await recordEvent(tx, { kind, occurredAt: now, clientId, ...actor, detail });
}
