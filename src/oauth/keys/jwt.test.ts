import { beforeAll, describe, expect, test } from 'vitest';
import { signJwt, verifyJwt } from './jwt.ts';
import type { SigningAlgorithm, SigningKey } from './keyring.ts';
import { makePrivateKey, readSigningKey } from './make-key.ts';

const NOW = 1_775_001_600;
const ISSUER = 'https://api.shop.example';
const CLAIMS = { iss: ISSUER, aud: 'c', sub: 'admin', jti: 'j', iat: NOW, nbf: NOW, exp: NOW + 60 };

async function newKey(alg: SigningAlgorithm): Promise<SigningKey> {
  const { kid, pem } = await makePrivateKey(alg);
  const record = { kid, alg, state: 'current', createdAt: NOW, signsSince: NOW, oldSince: null } as const;
  return readSigningKey(record, pem);
}

describe.each<SigningAlgorithm>(['RS256', 'PS256', 'ES256', 'EdDSA'])('%s', (alg) => {
  let key: SigningKey;
  let stranger: SigningKey;
  beforeAll(async () => {
    [key, stranger] = [await newKey(alg), await newKey(alg)];
  });
  const verify = (token: string, now = NOW) => verifyJwt(token, [key], { issuer: ISSUER, now });

  test('what was signed is verified, while it lasts', async () => {
    const token = await signJwt(key, 'JWT', CLAIMS);
    expect(await verify(token)).toMatchObject({ ok: true, claims: CLAIMS });
    expect((await verify(token, NOW + 59)).ok).toBe(true);
    expect((await verify(token, NOW + 60)).ok).toBe(false);
    expect((await verify(token, NOW - 60)).ok).toBe(false);
  });

  test('more signatures at once than there are copies of the key all hold, and again with the copies that are idle', async () => {
    for (const count of [70, 3]) {
      const tokens = await Promise.all(Array.from({ length: count }, () => signJwt(key, 'JWT', CLAIMS)));
      const verdicts = await Promise.all(tokens.map((token) => verify(token)));
      expect(verdicts.every(({ ok }) => ok)).toBe(true);
    }
  });

  test('another key, under its own id or ours, is refused', async () => {
    expect((await verify(await signJwt(stranger, 'JWT', CLAIMS))).ok).toBe(false);
    expect((await verify(await signJwt({ ...stranger, kid: key.kid }, 'JWT', CLAIMS))).ok).toBe(false);
  });

  test('the public part holds nothing private', () => {
    expect(Object.keys(key.jwk)).not.toContain('d');
    expect(key.jwk).toMatchObject({ kid: key.kid, alg, use: 'sig' });
  });

  test('it is one text: no blanks or padding, no other letters for the same signature', async () => {
    const token = await signJwt(key, 'JWT', CLAIMS);
    const next = String.fromCharCode(token.charCodeAt(token.length - 1) + 1);
    for (const other of [
      `${token} `,
      `${token.slice(0, -9)}\n${token.slice(-9)}`,
      `${token}==`,
      token.slice(0, -1) + next,
    ]) {
      expect(await verify(other), other.slice(-12)).toMatchObject({ ok: false });
    }
  });

  test.each(['iss', 'aud', 'sub', 'jti', 'exp'])('without %s it is refused', async (name) => {
    const token = await signJwt(key, 'JWT', { ...CLAIMS, [name]: undefined });
    expect((await verify(token)).ok).toBe(false);
  });
});

test('a key signs by its own algorithm only', async () => {
  const rsa = await newKey('RS256');
  const token = await signJwt(rsa, 'JWT', CLAIMS);
  const asPss = await verifyJwt(token, [{ ...rsa, alg: 'PS256' }], { issuer: ISSUER, now: NOW });
  expect(asPss.ok).toBe(false);
});
