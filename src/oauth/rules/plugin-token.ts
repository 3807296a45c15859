/** What is inside the plugin's codes, refresh tokens and access tokens, read from decrypted or verified text. */
import { sha256Base64url, sha256Hex } from '../../base/bytes.ts';
import type { TokenClaims } from './claims.ts';

const IDENTIFIER = /^[0-9a-f]{80}$/;
const GRANT_ID_HEX = 32; // characters

/** Which month, day and hour make a token of the plugin older than a moment is told by its end. */
export type PluginSecret = {
  readonly identifier: string;
  readonly clientId: string;
  readonly loginId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
};

export type PluginRefresh = PluginSecret & { readonly accessId: string };

export type PluginCode = PluginSecret & {
  readonly redirectUri: string;
  /** Of method S256. */
  readonly codeChallenge: string | null;
};

/**
 * The grant that stands here for one of the plugin, which has none: named after the access token, since a refresh token
 * names the same. Whichever comes in first, the other finds it.
 */
export const grantOfPlugin = (identifier: string): string =>
  sha256Hex(`plugin grant ${identifier}`).slice(0, GRANT_ID_HEX);

type Json = Readonly<Record<string, unknown>>;

function readJson(text: string | undefined): Json {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}

function sharedOf(json: Json, identifier: unknown): PluginSecret | undefined {
  const { client_id: clientId, user_id: loginId, scopes, expire_time: expiresAt } = json;
  if (typeof identifier !== 'string' || !IDENTIFIER.test(identifier)) return undefined;
  if (typeof clientId !== 'string' || typeof loginId !== 'string' || loginId === '') return undefined;
  if (typeof expiresAt !== 'number' || !Number.isSafeInteger(expiresAt) || !areWords(scopes))
    return undefined;
  return { identifier, clientId, loginId, scopes, expiresAt };
}

const areWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && /^[\x21-\x7e]+$/.test(one));

/** Undefined: it is none. */
export function readPluginRefresh(text: string | undefined): PluginRefresh | undefined {
  const json = readJson(text);
  const shared = sharedOf(json, json.refresh_token_id);
  const { access_token_id: accessId } = json;
  if (!shared || typeof accessId !== 'string' || !IDENTIFIER.test(accessId)) return undefined;
  return { ...shared, accessId };
}

/** Undefined: it is none. A challenge of method `plain` is the verifier itself: kept as what S256 makes of it. */
export function readPluginCode(text: string | undefined): PluginCode | undefined {
  const json = readJson(text);
  const shared = sharedOf(json, json.auth_code_id);
  const { redirect_uri: redirectUri, code_challenge: challenge, code_challenge_method: method } = json;
  if (!shared || typeof redirectUri !== 'string') return undefined;
  if (challenge === undefined || challenge === null || challenge === '') {
    return { ...shared, redirectUri, codeChallenge: null };
  }
  if (typeof challenge !== 'string') return undefined;
  return {
    ...shared,
    redirectUri,
    codeChallenge: method === 'S256' ? challenge : sha256Base64url(challenge),
  };
}

/** In the order of the plugin's own. */
export const pluginRefreshText = (token: PluginRefresh): string =>
  JSON.stringify({
    client_id: token.clientId,
    refresh_token_id: token.identifier,
    access_token_id: token.accessId,
    scopes: token.scopes,
    user_id: token.loginId,
    expire_time: token.expiresAt,
  });

/** The claims of the plugin's access tokens, verified: no `iss`, no `client_id`, times with a fraction. */
export function readPluginAccess(claims: Json): (TokenClaims & { readonly issuedAt: number }) | undefined {
  const { aud, jti, sub, scopes, iat, exp, iss } = claims;
  const clientId = Array.isArray(aud) && aud.length === 1 ? (aud[0] as unknown) : aud;
  if (iss !== undefined || typeof jti !== 'string' || !IDENTIFIER.test(jti)) return undefined;
  if (typeof clientId !== 'string' || typeof sub !== 'string' || !areWords(scopes)) return undefined;
  if (typeof exp !== 'number' || typeof iat !== 'number') return undefined;
  return {
    clientId,
    grantId: grantOfPlugin(jti),
    jti,
    subject: sub,
    scopes: new Set(scopes),
    issuedAt: iat,
    expiresAt: Math.ceil(exp),
  };
}
