/** Words of the advanced client settings, in English. */
import type { policiesJa } from '../ja/policies.ts';

export const policiesEn: typeof policiesJa = {
  policies: {
    title: 'Advanced (for the app’s developers)',
    lead: 'Usually nothing has to be changed here.',
    accessSeconds: 'Life of an access token (seconds)',
    refreshIdleSeconds: 'Life of a refresh token (seconds)',
    refreshAbsoluteSeconds: 'Longest life of an approval (seconds)',
    lifetimeHelp: (usual) => `Left empty, the usual of this shop: ${usual}.`,
    notInRange: (min, max) => `Enter a whole number of seconds from ${min} to ${max}.`,
    costPerMinute: 'API quota (cost points a minute)',
    costHelp:
      'Empty: as the shop’s other clients. The cost of a request is about the number of objects in its answer. An app that has used up its quota is told how many seconds to wait.',
    costNotInRange: (min, max) => `Enter a whole number from ${min} to ${max}.`,
    tokenProfile: 'Form of access tokens',
    profiles: {
      compat: 'As EC-CUBE’s plugin makes them (usual)',
      rfc9068: 'RFC 9068 (typ at+jwt, aud the URL of the API)',
    },
    authMethods: 'Client authentication',
    authMethodsHelp: 'Only the chosen methods are accepted.',
    methods: {
      client_secret_basic: 'client_secret_basic — the secret in the Authorization header',
      client_secret_post: 'client_secret_post — the secret in the body',
      private_key_jwt: 'private_key_jwt — signed with the app’s private key (no secret)',
      none: 'none — no authentication',
    },
    jwks: 'Public keys (JWK Set)',
    jwksHelp: 'Paste the public keys for private_key_jwt as JSON: {"keys": […]}. Never paste a private key.',
    jwksUri: 'Address of the public keys (jwks_uri)',
    jwksUriHelp: 'Instead of pasting the keys, name the URL where they are published.',
    keyFaults: {
      notJson: 'This is not JSON.',
      noKeys: 'There are no keys in "keys".',
      tooManyKeys: 'There can be 20 keys at the most.',
      privateKey: 'There is a private key in it. Paste public keys only, and make a new pair.',
      weakKey: 'An RSA key needs 2048 bits at least, and an exponent such as 65537.',
      largeKey: 'An RSA key has 4096 bits at most, and an exponent of 32 bits at most.',
      unknownKey: 'This kind of key cannot be used. Use RSA, P-256 or Ed25519.',
      tooLong: 'Too long. It should have 20,000 characters or less.',
      needed: 'For private_key_jwt, enter public keys or their address.',
      both: 'Enter either public keys or their address, not both.',
    },
    uriFaults: {
      notHttps: 'Enter a URL that begins with https://.',
      tooLong: 'This value is too long. It should have 2000 characters or less.',
    },
    resourceServer: 'Resource server',
    resourceServerOn: 'May ask about tokens of other clients',
    resourceServerHelp: 'Only for your own API server that checks received tokens by introspection.',
  },
  secretWarnings: {
    title: 'Secrets about to expire',
    soon: (when) => `One of the secrets stops working at ${when}. Give the app the new secret.`,
    soonOf: (name, when) =>
      `One of the secrets of “${name}” stops working at ${when}. Give the app the new secret.`,
    lastUsed: (when) => `It was last used at ${when}.`,
    unused: 'It has not been used yet.',
  },
};
