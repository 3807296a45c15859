/** Verifies an access token of the plugin: its one key, whatever `kid` says, its one algorithm, times with a fraction. */
import type { KeyObject } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import { CLOCK_LEEWAY_SECONDS } from '../../base/clock.ts';

/** Undefined: the signature, a claim or a time does not hold. */
export async function verifyPluginJwt(
  token: string,
  key: KeyObject,
  now: number,
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['RS256'],
      // Times are judged below: the library knows one leeway for `exp` and `nbf`, and none for `iat`.
      clockTolerance: Number.MAX_SAFE_INTEGER,
      requiredClaims: ['exp', 'iat', 'jti', 'sub', 'aud'],
    });
    const { exp = 0, iat = 0, nbf = 0 } = payload;
    const latest = now + CLOCK_LEEWAY_SECONDS + 1; // the second has begun
    return exp > now && iat <= latest && nbf <= latest ? payload : undefined;
  } catch {
    return undefined;
  }
}
