/** A registered client as a value, and how its credentials are read and judged. */
import { constantTimeEqual, sha256Hex } from '../../base/bytes.ts';
import { ASSERTION_TYPE, assertedClient } from './client-assertion.ts';
import { OAuthError } from './errors.ts';
import type { Params } from './params.ts';
import type { PkcePolicy } from './pkce.ts';

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
  /** Cost points that it may spend a minute on the API. */
  readonly costPerMinute: number | null;
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
  costPerMinute: null,
});

/** Whether a client proves itself by a secret. */
export const usesSecret = ({ authMethods }: Pick<ClientPolicies, 'authMethods'>): boolean =>
  authMethods.includes('client_secret_basic') || authMethods.includes('client_secret_post');

export type ClientSecret = {
  readonly secretId: string;
  /** SHA-256 in hex. Secrets are 256 random bits, so a fast hash is enough. */
  readonly hash: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
};

/** What the program made a client for; such a one is not among the shop's own. */
export type ClientPurpose = 'tester' | 'explorer';

export type Client = {
  readonly clientId: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly pkce: PkcePolicy;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly createdBy: string | null;
  readonly disabledAt: number | null;
  readonly secrets: readonly ClientSecret[];
  readonly policies: ClientPolicies;
  /** Null for the shop's own. */
  readonly purpose: ClientPurpose | null;
  /** When its app last got a token for a code without PKCE; null = never. */
  readonly withoutPkceAt: number | null;
};

/** Public clients always need PKCE (RFC 9700 §2.1.1). */
export const needsPkce = ({ isPublic, pkce }: Client): boolean =>
  isPublic || pkce === 'required' || pkce === 'learned';

/** How a caller says who it is; `proof` is the secret or the assertion. */
export type Credentials = {
  readonly clientId: string;
  readonly method: AuthMethod;
  readonly proof: string;
  /** The same proof was sent in this way, too. */
  readonly also?: AuthMethod;
};

/** RFC 6749 §2.3: one method a request; but who says the same twice, by Basic and in the body, says nothing else. */
export function readCredentials(authorization: string | undefined, params: Params): Credentials {
  const basic = authorization === undefined ? undefined : basicCredentials(authorization, params);
  const posted = postedSecret(params);
  const twice = basic?.clientId === posted?.clientId && basic?.proof === posted?.proof;
  const found: Credentials[] = [
    basic && posted && twice ? { ...basic, also: posted.method } : basic,
    assertionCredentials(params),
    twice ? undefined : posted,
  ].filter((one) => one !== undefined);
  if (found.length > 1) {
    throw new OAuthError('invalid_request', 'The client authenticates in more than one way; use one.');
  }
  const clientId = params.get('client_id');
  const credentials =
    found[0] ?? (clientId === undefined ? undefined : { clientId, method: 'none', proof: '' });
  if (!credentials) {
    throw new OAuthError('invalid_client', 'The client is not named: send client_id, or HTTP Basic.');
  }
  if ((clientId ?? credentials.clientId) !== credentials.clientId) {
    throw new OAuthError('invalid_request', 'client_id differs from the client that authenticates.');
  }
  return credentials;
}

/**
 * Undefined when the header is of another scheme and the body names the client: the HTTP layer of some clients adds its
 * bearer token to every request, this one included.
 */
function basicCredentials(authorization: string, params: Params): Credentials | undefined {
  const named = params.has('client_id') || params.has('client_assertion');
  if (named && !/^basic\b/i.test(authorization)) return undefined;
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  if (encoded === undefined) {
    throw new OAuthError('invalid_client', 'The Authorization header must be HTTP Basic.');
  }
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1) {
    throw new OAuthError('invalid_client', 'The Basic credentials must be client_id:client_secret.');
  }
  const [clientId, proof] = [formDecode(decoded.slice(0, colon)), formDecode(decoded.slice(colon + 1))];
  return { clientId, method: proof === '' ? 'none' : 'client_secret_basic', proof };
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. What is no valid encoding is taken as it is. */
function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** RFC 7521 §4.2. */
function assertionCredentials(params: Params): Credentials | undefined {
  const proof = params.get('client_assertion');
  const type = params.get('client_assertion_type');
  if (proof === undefined && type === undefined) return undefined;
  if (proof === undefined || type !== ASSERTION_TYPE) {
    throw new OAuthError(
      'invalid_request',
      `Send client_assertion with client_assertion_type=${ASSERTION_TYPE}.`,
    );
  }
  return { clientId: assertedClient(proof), method: 'private_key_jwt', proof };
}

function postedSecret(params: Params): Credentials | undefined {
  const [clientId, proof] = [params.get('client_id'), params.get('client_secret')];
  if (proof === undefined) return undefined;
  if (clientId === undefined)
    throw new OAuthError('invalid_client', 'client_secret is sent without client_id.');
  return { clientId, method: 'client_secret_post', proof };
}

/** Why the client may not even try to prove itself in this way; undefined when it may. For the log, not the wire. */
export function standingFault(
  client: Client | undefined,
  method: AuthMethod,
  also = method,
): string | undefined {
  if (!client) return 'unknown client';
  if (client.disabledAt !== null) return 'the client is deactivated';
  if ([method, also].some((one) => client.policies.authMethods.includes(one))) return undefined;
  if (method === 'none') return 'no client secret or assertion was sent';
  return `the client may not authenticate by ${method}`;
}

/** The secret that was presented, if it is a live one. */
export function matchSecret(client: Client, presented: string, now: number): ClientSecret | undefined {
  const hash = sha256Hex(presented);
  const live = client.secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  return live.filter((secret) => constantTimeEqual(secret.hash, hash))[0];
}
