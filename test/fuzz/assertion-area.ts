/** Fuzzed client assertions: well signed with strange claims or headers, or good ones damaged on the way. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import fc from 'fast-check';
import { systemClock } from '../../src/base/clock.ts';
import { ASSERTION_TYPE } from '../../src/oauth/rules/client-assertion.ts';
import { expectThat, judgeTokenAnswer } from './answers.ts';
import type { Target } from './target.ts';
import { mutated, nasty } from './text.ts';

const MAX_LIFE_SECONDS = 600;
const SKEW_SECONDS = 10;
// The judge looks at the time a little later than the server.
const SLACK_SECONDS = 60;

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key: KeyObject = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));

export const ASSERTION_KEYS = JSON.stringify({
  keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }],
});

type Changes = Readonly<Record<string, unknown>>;

export type AssertionCase = {
  readonly claims: Changes;
  readonly header: Changes;
  /** Put in the place of the good one; undefined leaves it. */
  readonly damage: ((jwt: string) => string) | undefined;
};

const strange = () =>
  fc.oneof(
    nasty(),
    fc.integer(),
    fc.double(),
    fc.constantFrom(null, true, [], {}),
    fc.jsonValue({ maxDepth: 2 }),
  );

const changes = (names: readonly string[]): fc.Arbitrary<Changes> =>
  fc.array(fc.tuple(fc.constantFrom(...names), strange()), { maxLength: 2 }).map(Object.fromEntries);

export const assertionCase = (): fc.Arbitrary<AssertionCase> =>
  fc.record({
    claims: changes(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'other']),
    header: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      changes(['alg', 'kid', 'typ', 'crit', 'jwk', 'b64']),
    ),
    damage: fc.option(
      fc.oneof(
        fc.tuple(fc.nat({ max: 2 }), nasty()).map(([at, put]) => (jwt: string) => {
          const parts = jwt.split('.');
          parts[at] = put;
          return parts.join('.');
        }),
        fc.tuple(fc.nat({ max: 400 }), nasty()).map(
          ([at, put]) =>
            (jwt: string) =>
              `${jwt.slice(0, at)}${put}${jwt.slice(at + 1)}`,
        ),
        mutated('a.b.c').map((text) => () => text),
      ),
      { nil: undefined, freq: 2 },
    ),
  });

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(header: unknown, claims: unknown): string {
  const input = `${encode(header)}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

export async function runAssertion(target: Target, { claims, header, damage }: AssertionCase): Promise<void> {
  const now = systemClock.now();
  const { keyClientId: id, issuer } = target;
  const whole = { iss: id, sub: id, aud: issuer, jti: randomUUID(), iat: now, exp: now + 60, ...claims };
  const good = signed({ alg: 'ES256', kid: 'k', ...header }, whole);
  const sent = damage?.(good) ?? good;
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: sent,
  });
  const answer = await target.post('/token', body.toString());
  const intact = sameBytes(sent, good);
  const untouched = Object.keys(claims).length === 0 && Object.keys(header).length === 0;
  const fits = intact && ('alg' in header ? header.alg === 'ES256' : true) && claimsFit(target, whole, now);
  judgeTokenAnswer('/token', answer, fits);
  if (sent === good && untouched) expectThat(answer.statusCode === 200, 'a good assertion was refused');
}

/** The last character of a part may hold bits that no byte needs (RFC 4648 §3.5). */
function sameBytes(sent: string, good: string): boolean {
  const parts = (jwt: string) => jwt.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(sent) && parts(sent).join() === parts(good).join();
}

/** Whether these claims may be taken at all (RFC 7523 §3). */
function claimsFit({ keyClientId, issuer }: Target, claims: Changes, now: number): boolean {
  const { iss, sub, aud, exp, nbf, jti } = claims;
  const audience = [aud]
    .flat()
    .some((one) =>
      ['', '/token', '/revoke', '/introspect'].map((path) => issuer + path).includes(one as string),
    );
  const ends =
    typeof exp === 'number' &&
    exp > now - SKEW_SECONDS - SLACK_SECONDS &&
    exp <= now + MAX_LIFE_SECONDS + SLACK_SECONDS;
  const began = nbf === undefined || (typeof nbf === 'number' && nbf <= now + SKEW_SECONDS + SLACK_SECONDS);
  const named = typeof jti === 'string' && jti !== '' && jti.length <= 255;
  return iss === keyClientId && sub === keyClientId && audience && ends && began && named;
}
