/** The documents by which clients find their way: RFC 8414 (authorization server) and RFC 9728 (protected resource). */
import { GRANT_TYPES } from './client.ts';
import { SCOPES } from './scope.ts';

export const authorizationServerMetadata = (issuer: string, adminRoute: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/${adminRoute}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  scopes_supported: SCOPES,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: GRANT_TYPES,
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  revocation_endpoint: `${issuer}/revoke`,
  revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  introspection_endpoint: `${issuer}/introspect`,
  introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
});

export const protectedResourceMetadata = (issuer: string) => ({
  resource: `${issuer}/api`,
  authorization_servers: [issuer],
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  scopes_supported: SCOPES,
  bearer_methods_supported: ['header'],
  resource_name: 'EC-CUBE GraphQL API',
});
