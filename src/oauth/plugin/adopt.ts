/**
 * A code or token of the plugin becomes one of ours when it first comes in: with a grant, under the hash of its string. From
 * then on it is judged as our own are: once, its reuse ends the family, staff may end it. Here is judged only what the
 * plugin alone knows: whether its row still lives.
 */
import { sha256Hex } from '../../base/bytes.ts';
import type { Db } from '../../database/open.ts';
import { transact } from '../../database/transact.ts';
import { PLUGIN_MONTH_SECONDS, pluginCut } from '../../staff/store/plugin-cuts.ts';
import type { TokenClaims } from '../rules/claims.ts';
import { OAuthError } from '../rules/errors.ts';
import {
  grantOfPlugin,
  type PluginCode,
  type PluginRefresh,
  type PluginSecret,
  readPluginAccess,
  readPluginCode,
  readPluginRefresh,
} from '../rules/plugin-token.ts';
import { adoptAccessRow, adoptCodeRow, adoptGrant, adoptRefreshRow } from '../store/adopted.ts';
import { findClient } from '../store/clients.ts';
import { hasPluginTables, livesInPlugin, memberOfLogin, notePluginToken } from '../store/plugin-tokens.ts';
import type { TokenDeps } from '../token/token-deps.ts';
import { verifyPluginJwt } from './access-jwt.ts';
import { isDefuseText } from './defuse.ts';

const CODE_SECONDS = 600; // the plugin’s
const CODE_KEPT_SECONDS = 86_400;

type Deps = Pick<TokenDeps, 'store' | 'clock' | 'plugin' | 'lifetimes'>;

/** Makes a refresh token of the plugin known here. Throws `invalid_grant` for one that the plugin would refuse, too. */
export async function adoptRefresh(deps: Deps, presented: string): Promise<void> {
  const crossing = isDefuseText(presented) ? await deps.plugin.now() : undefined;
  const token = crossing && readPluginRefresh(await crossing.texts.decrypt(presented));
  if (!token) return;
  await adopt(deps, 'refresh', token, async (tx, owner) => {
    const { accessId, expiresAt, clientId } = token;
    const grantId = grantOfPlugin(accessId);
    const tokenHash = sha256Hex(presented);
    const now = deps.clock.now();
    await adoptGrant(tx, deps.store.kit, { ...owner, grantId, clientId });
    const row = { tokenHash, grantId, clientId, createdAt: now, expiresAt };
    await adoptRefreshRow(tx, deps.store.kit, row);
    const { identifier } = token;
    await notePluginToken(tx, deps.store.kit, { identifier, kind: 'refresh', ...row });
  });
}

/** Makes a code of the plugin known here. Throws `invalid_grant` for one that the plugin would refuse, too. */
export async function adoptCode(deps: Deps, presented: string): Promise<void> {
  const crossing = isDefuseText(presented) ? await deps.plugin.now() : undefined;
  const code = crossing && readPluginCode(await crossing.texts.decrypt(presented));
  if (!code) return;
  await adopt(deps, 'code', code, async (tx, owner) => {
    const { identifier, clientId, redirectUri, codeChallenge, expiresAt } = code;
    const grantId = grantOfPlugin(identifier);
    const codeHash = sha256Hex(presented);
    const now = deps.clock.now();
    await adoptCodeRow(tx, deps.store.kit, {
      ...owner,
      codeHash,
      grantId,
      clientId,
      redirectUri,
      codeChallenge,
      createdAt: now,
      expiresAt,
    });
    await notePluginToken(tx, deps.store.kit, {
      identifier,
      kind: 'code',
      tokenHash: codeHash,
      grantId,
      clientId,
      expiresAt: expiresAt + CODE_KEPT_SECONDS,
    });
  });
}

/** What was made ours; a rival may have done it meanwhile, and have spent it. Throws why the plugin's own does not count. */
export async function madeOurs<T>(
  adopting: () => Promise<void>,
  find: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    await adopting();
  } catch (error) {
    const rivals = error instanceof OAuthError ? await find() : undefined;
    if (rivals === undefined) throw error;
    return rivals;
  }
  return find();
}

type Owner = Parameters<typeof adoptGrant>[2];

const REFUSALS = {
  expired: { code: 'The authorization code has expired.', refresh: 'The refresh token has expired.' },
  revoked: {
    code: 'The authorization code has been revoked.',
    refresh: 'The refresh token has been revoked.',
  },
} as const;

async function adopt(
  deps: Deps,
  kind: 'refresh' | 'code',
  token: PluginRefresh | PluginCode,
  write: (tx: Db, owner: Omit<Owner, 'grantId' | 'clientId'>) => Promise<void>,
): Promise<void> {
  const { db } = deps.store;
  const refuse = (why: keyof typeof REFUSALS) => new OAuthError('invalid_grant', REFUSALS[why][kind]);
  const now = deps.clock.now();
  if (token.expiresAt <= now) throw refuse('expired');
  if (!(await isAlive(deps, kind, token.identifier))) throw refuse('revoked');
  const lifetime = kind === 'code' ? CODE_SECONDS : PLUGIN_MONTH_SECONDS;
  const cut = await pluginCut(db, token.clientId, token.loginId);
  if (cut !== undefined && token.expiresAt - lifetime <= cut) throw refuse('revoked');
  const owner = await ownerOf(deps, token, now);
  if (!owner) throw new OAuthError('invalid_grant', 'The member who approved may no longer act.');
  // Two nodes that make the same string theirs may be in each other's way.
  await transact(deps.store, (tx) => write(tx, owner));
}

async function ownerOf({ store: { db }, lifetimes }: Deps, token: PluginSecret, now: number) {
  const memberId = await memberOfLogin(db, token.loginId);
  const client = await findClient(db, token.clientId);
  if (memberId === undefined || !client) return undefined;
  const scopes = token.scopes.length === 0 ? client.scopes : token.scopes;
  const absolute = client.policies.refreshAbsoluteSeconds ?? lifetimes.refreshAbsoluteSeconds;
  const { loginId } = token;
  return { memberId, loginId, scope: scopes.join(' '), createdAt: now, expiresAt: now + absolute };
}

async function isAlive(
  { store }: Pick<Deps, 'store'>,
  kind: 'refresh' | 'code' | 'access',
  identifier: string,
): Promise<boolean> {
  try {
    return await livesInPlugin(store.db, kind, identifier);
  } catch (error) {
    // The plugin was uninstalled with its tables, and its tokens with them.
    if (!(await hasPluginTables(store))) return false;
    throw error;
  }
}

/** The claims of an access token that the plugin signed; undefined: it is none, or none counts here. */
export async function pluginAccess(
  deps: Pick<Deps, 'plugin' | 'clock'>,
  token: string,
): Promise<(TokenClaims & { readonly issuedAt: number }) | undefined> {
  if (!looksLikePlugins(token)) return undefined;
  const crossing = await deps.plugin.now();
  if (!crossing?.publicKey) return undefined;
  const claims = await verifyPluginJwt(token, crossing.publicKey, deps.clock.now());
  return claims && readPluginAccess(claims);
}

/** Spares the database what is none in any case; nothing of it is believed. */
function looksLikePlugins(token: string): boolean {
  try {
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return readPluginAccess(JSON.parse(text) as Record<string, unknown>) !== undefined;
  } catch {
    return false;
  }
}

/** Why the plugin's access token does not count, by the plugin's own row; undefined = as far as that goes it does. */
export async function pluginAccessFault(
  deps: Deps,
  claims: TokenClaims & { readonly issuedAt: number },
): Promise<string | undefined> {
  if (!(await isAlive(deps, 'access', claims.jti))) return 'the token has been revoked';
  const cut = await pluginCut(deps.store.db, claims.clientId, claims.subject);
  // The cut is a whole second: what was issued within it may be older.
  return cut !== undefined && Math.floor(claims.issuedAt) <= cut ? 'the token has been revoked' : undefined;
}

/** Makes an access token of the plugin known here; false: there is no such member or client. */
export async function adoptAccess(
  deps: Deps,
  claims: TokenClaims & { readonly issuedAt: number },
): Promise<boolean> {
  const { clientId, grantId, jti, subject, scopes, expiresAt } = claims;
  const now = deps.clock.now();
  const token = { identifier: jti, clientId, loginId: subject, scopes: [...scopes], expiresAt };
  const owner = await ownerOf(deps, token, now);
  if (!owner) return false;
  const { kit } = deps.store;
  await transact(deps.store, async (tx) => {
    await adoptGrant(tx, kit, { ...owner, grantId, clientId });
    await adoptAccessRow(tx, kit, { jti, grantId, clientId, issuedAt: now, expiresAt });
    // Kept for as long as a refresh token of the same approval may come in: an end of the grant must be remembered.
    const kept = now + PLUGIN_MONTH_SECONDS;
    await notePluginToken(tx, kit, {
      identifier: jti,
      kind: 'access',
      tokenHash: null,
      grantId,
      clientId,
      expiresAt: kept,
    });
  });
  return true;
}
