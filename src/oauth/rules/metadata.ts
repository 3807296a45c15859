/** The documents by which clients find their way: RFC 8414 (authorization server) and RFC 9728 (protected resource). */
import { AUTH_METHODS, GRANT_TYPES } from './client.ts';
import { ASSERTION_ALGORITHMS } from './client-assertion.ts';

const CONFIDENTIAL_METHODS = AUTH_METHODS.filter((method) => method !== 'none');

/** RFC 8414 §3.1, RFC 9728 §3.1: what describes `url` lies at the root of its host, with the path of `url` behind it. */
export function wellKnownUrl(name: WellKnown, url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}/.well-known/${name}${pathname === '/' ? '' : pathname}`;
}

export type WellKnown = 'oauth-authorization-server' | 'oauth-protected-resource';

export const authorizationServerMetadata = (
  issuer: string,
  adminRoute: string,
  scopes: readonly string[],
) => ({
  issuer,
  authorization_endpoint: `${issuer}/${adminRoute}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  scopes_supported: scopes,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: GRANT_TYPES,
  token_endpoint_auth_methods_supported: AUTH_METHODS,
  token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
  revocation_endpoint: `${issuer}/revoke`,
  revocation_endpoint_auth_methods_supported: AUTH_METHODS,
  revocation_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
  introspection_endpoint: `${issuer}/introspect`,
  introspection_endpoint_auth_methods_supported: CONFIDENTIAL_METHODS,
  introspection_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
});

export const protectedResourceMetadata = (issuer: string, scopes: readonly string[]) => ({
  resource: `${issuer}/api`,
  authorization_servers: [issuer],
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  scopes_supported: scopes,
  bearer_methods_supported: ['header'],
  resource_name: 'EC-CUBE GraphQL API',
});
