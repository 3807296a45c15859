/** Clients that authenticate by `private_key_jwt`: their keys, and the assertions that they or an attacker would send. */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Fields } from '../../support/oauth-browser.ts';
import type { OAuthServer } from '../../support/oauth-server.ts';

export type ClientKey = {
  readonly alg: string;
  readonly privateKey: CryptoKey;
  /** Public part with `kid`. */
  readonly jwk: JWK;
};

export async function clientKey(alg: string, kid: string = randomUUID()): Promise<ClientKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export const keySet = (...keys: readonly ClientKey[]): string =>
  JSON.stringify({ keys: keys.map(({ jwk }) => jwk) });

export type Claims = Readonly<Record<string, unknown>>;

/** The claims of a good assertion of this client, now. */
export const goodClaims = (server: OAuthServer, clientId: string): Claims => {
  const now = server.clock.now();
  return { iss: clientId, sub: clientId, aud: server.issuer, jti: randomUUID(), iat: now, exp: now + 60 };
};

export const signAssertion = (key: ClientKey, claims: Claims, header: Claims = {}): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.jwk.kid, ...header } as { alg: string })
    .sign(key.privateKey);

/** A good assertion, but for `changes`. */
export const assertion = (
  server: OAuthServer,
  key: ClientKey,
  clientId: string,
  changes: Claims = {},
): Promise<string> => signAssertion(key, { ...goodClaims(server, clientId), ...changes });

export const asserted = (client_assertion: string): Fields => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion,
});
