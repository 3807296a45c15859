/** A registered client as a value, and how its credentials are read and judged. */
import { constantTimeEqual, sha256Hex } from '../base/bytes.ts';
import { OAuthError } from './errors.ts';
import type { Params } from './params.ts';

export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials';
export const GRANT_TYPES: readonly GrantType[] = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
];

export type AuthMethod = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none';
export const AUTH_METHODS: readonly AuthMethod[] = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'none',
];

/** `compat`: the plugin's claims. `rfc9068`: `typ: at+jwt`, `aud` = the resource. */
export type TokenProfile = 'compat' | 'rfc9068';
export const TOKEN_PROFILES: readonly TokenProfile[] = ['compat', 'rfc9068'];

/** What a client may have for itself; null = the installation's own. Seconds. */
export type ClientPolicies = {
  readonly accessSeconds: number | null;
  /** How long an unused refresh token lives. */
  readonly refreshIdleSeconds: number | null;
  /** How long after the approval the last refresh token ends, however often it was used. */
  readonly refreshAbsoluteSeconds: number | null;
  readonly authMethods: readonly AuthMethod[];
  readonly tokenProfile: TokenProfile;
  /** Public keys for `private_key_jwt`: a JWK Set as JSON text, or where to fetch one. */
  readonly jwks: string | null;
  readonly jwksUri: string | null;
  /** It may introspect other clients' tokens (RFC 7662). */
  readonly resourceServer: boolean;
};

/** The policies of a client that asks for nothing more. */
export const defaultPolicies = (isPublic: boolean): ClientPolicies => ({
  accessSeconds: null,
  refreshIdleSeconds: null,
  refreshAbsoluteSeconds: null,
  authMethods: isPublic ? ['none'] : ['client_secret_basic', 'client_secret_post'],
  tokenProfile: 'compat',
  jwks: null,
  jwksUri: null,
  resourceServer: false,
});

export type ClientSecret = {
  readonly secretId: string;
  /** SHA-256 in hex. Secrets are 256 random bits, so a fast hash is enough. */
  readonly hash: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
};

export type Client = {
  readonly clientId: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly grants: readonly string[];
  readonly pkceRequired: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly createdBy: string | null;
  readonly disabledAt: number | null;
  readonly secrets: readonly ClientSecret[];
  readonly policies: ClientPolicies;
};

/** Public clients always need PKCE (RFC 9700 §2.1.1). */
export const needsPkce = (client: Client): boolean => client.isPublic || client.pkceRequired;

export type Credentials = {
  readonly clientId: string;
  readonly secret: string | undefined;
  /** The client tried HTTP Basic, so a failure is answered with a Basic challenge (RFC 6749 §5.2). */
  readonly byBasic: boolean;
};

/** RFC 6749 §2.3: one method a request. */
export function readCredentials(authorization: string | undefined, params: Params): Credentials {
  if (authorization !== undefined) return basicCredentials(authorization, params);
  const clientId = params.get('client_id');
  if (clientId === undefined)
    throw new OAuthError('invalid_client', 'The client is not named: send client_id, or HTTP Basic.');
  return { clientId, secret: params.get('client_secret'), byBasic: false };
}

function basicCredentials(authorization: string, params: Params): Credentials {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  if (encoded === undefined)
    throw new OAuthError('invalid_client', 'The Authorization header must be HTTP Basic.');
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1)
    throw new OAuthError('invalid_client', 'The Basic credentials must be client_id:client_secret.');
  const [clientId, secret] = [formDecode(decoded.slice(0, colon)), formDecode(decoded.slice(colon + 1))];
  if (params.has('client_secret')) {
    throw new OAuthError(
      'invalid_request',
      'The client authenticates both by HTTP Basic and in the body; use one.',
    );
  }
  if ((params.get('client_id') ?? clientId) !== clientId) {
    throw new OAuthError('invalid_request', 'client_id in the body differs from the one in HTTP Basic.');
  }
  return { clientId, secret: secret === '' ? undefined : secret, byBasic: true };
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. What is no valid encoding is taken as it is. */
function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

export type ClientVerdict = { ok: true; secretId: string | null } | { ok: false; detail: string };

const NO_CLIENT_HASH = sha256Hex('no such client');

/** Judges presented credentials at `now`. The work is the same whether the client exists or not. */
export function judgeClient(
  client: Client | undefined,
  credentials: Credentials,
  now: number,
): ClientVerdict {
  const presented = sha256Hex(credentials.secret ?? '');
  const live = (client?.secrets ?? []).filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  const matching = live.filter(({ hash }) => constantTimeEqual(hash, presented))[0];
  if (!client) {
    constantTimeEqual(NO_CLIENT_HASH, presented);
    return { ok: false, detail: 'unknown client' };
  }
  if (client.disabledAt !== null) return { ok: false, detail: 'the client is deactivated' };
  if (client.isPublic) {
    if (credentials.secret !== undefined) return { ok: false, detail: 'a public client sent a secret' };
    return { ok: true, secretId: null };
  }
  if (credentials.secret === undefined) return { ok: false, detail: 'no client secret was sent' };
  if (!matching) return { ok: false, detail: 'the client secret is wrong or expired' };
  return { ok: true, secretId: matching.secretId };
}
