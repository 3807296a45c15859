/** What a program in any language needs to know of one client. */
import type { AuthMethod, Client } from '../../../oauth/rules/client.ts';
import { firstQuery } from '../../explorer/first-query.ts';

/** Comments, in the reader's language. */
export type SnippetWords = {
  readonly secret: string;
  readonly key: string;
  readonly login: string;
  readonly back: string;
  readonly own: string;
  readonly call: string;
  readonly refresh: string;
};

export type SnippetInput = {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Null: the client has no authorization code grant. */
  readonly redirectUri: string | null;
  readonly scope: string;
  readonly mayRefresh: boolean;
  readonly actsAsItself: boolean;
  readonly auth: AuthMethod;
  /** Of the client's key for `private_key_jwt`. */
  readonly alg: string;
  readonly kid: string;
  readonly query: string;
  readonly words: SnippetWords;
};

type Places = Pick<SnippetInput, 'authorizeUrl' | 'tokenUrl' | 'apiUrl' | 'issuer'>;

const PREFERRED: readonly AuthMethod[] = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'none',
];

export function snippetInput(client: Client, places: Places, words: SnippetWords): SnippetInput {
  const { grantTypes, scopes, policies } = client;
  const byCode = grantTypes.includes('authorization_code');
  return {
    ...places,
    words,
    clientId: client.clientId,
    redirectUri: byCode ? (client.redirectUris[0] ?? null) : null,
    scope: scopes.join(' '),
    mayRefresh: byCode && grantTypes.includes('refresh_token'),
    actsAsItself: grantTypes.includes('client_credentials'),
    auth: PREFERRED.find((method) => policies.authMethods.includes(method)) ?? 'none',
    ...keyOf(policies.jwks),
    query: firstQuery(scopes).replace(/\s+/g, ' ').trim(),
  };
}

/** The first key that the client has registered; RS256 when its keys are behind a URL. */
function keyOf(jwks: string | null): { alg: string; kid: string } {
  const { keys = [] } = jwks === null ? {} : (JSON.parse(jwks) as { keys?: Record<string, string>[] });
  const [key = {}] = keys;
  const usual: Readonly<Record<string, string>> = { EC: 'ES256', OKP: 'EdDSA' };
  return { alg: key.alg ?? usual[key.kty ?? ''] ?? 'RS256', kid: key.kid ?? '' };
}
