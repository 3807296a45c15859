/** What in the settings weakens the shop's API. Facts in, findings out; the page and `tegata doctor` say them in words. */
import { type Client, needsPkce, usesSecret } from '../oauth/rules/client.ts';
import { TRIED_OUT_SECONDS } from '../oauth/rules/pkce.ts';
import type { RowId } from './security-rows.ts';

const DAY_SECONDS = 86_400;
const OLD_SECRET_SECONDS = 365 * DAY_SECONDS;
const UNUSED_SECONDS = 90 * DAY_SECONDS;
const CLOCK_TOLERANCE_SECONDS = 5; // beyond it, sessions and tokens end visibly early or late
const PKCE_SEEN_SECONDS = 90 * DAY_SECONDS; // an app that went without it before may do better by now
const EVERYTHING = ['read', 'write']; // these two open every part of the shop
const STRONG_KEY_BITS = 128; // of security, not of length (ASVS 11.2.3)
const SHORT_CODE_SECONDS = 60; // ASVS 10.4.3, level 3
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The least that OWASP lets bcrypt work. */
export const SAFE_PASSWORD_COST = 10;

export type SecurityFacts = {
  readonly now: number;
  readonly issuer: string;
  /** `lastUsedAt`: when the client last got or used a token. */
  readonly clients: readonly { readonly client: Client; readonly lastUsedAt: number | null }[];
  /** Paths of keys and data that other users of the machine may read. */
  readonly openFiles: readonly string[];
  /** How far this machine and the database are apart. */
  readonly clockApartSeconds: number;
  /** bcrypt's, of new password hashes. */
  readonly passwordCost: number;
  readonly codeSeconds: number;
  /** Bits of security of the key that signs; undefined when there is none yet. */
  readonly keyStrength: number | undefined;
  /** Login IDs of active members who log in by password alone; undefined when the shop knows no second factor. */
  readonly withoutSecondFactor: readonly string[] | undefined;
};

/** The gravest first. */
export const SECURITY_KINDS = [
  'plain-http-issuer',
  'open-files',
  'cheap-passwords',
  'clock-apart',
  'without-pkce',
  'wide-scopes',
  'old-secrets',
  'unused-clients',
  'no-second-factor',
  'short-keys',
  'long-codes',
] as const;
export type SecurityKind = (typeof SECURITY_KINDS)[number];

/** What nothing is wrong with as it is, though more could be had. */
const ADVICE: readonly SecurityKind[] = ['wide-scopes', 'no-second-factor', 'short-keys', 'long-codes'];

/** The rows of the checklists that hold in this installation only if the finding is `well`. */
export const ROWS_CONCERNED: Readonly<Record<SecurityKind, readonly RowId[]>> = {
  'plain-http-issuer': ['BCP-41', 'ASVS-3.3.1', 'ASVS-3.4.1'],
  'open-files': ['ASVS-13.3.1'],
  'cheap-passwords': ['ASVS-11.4.2'],
  'clock-apart': ['ASVS-6.5.8', 'ASVS-9.2.1'],
  'without-pkce': ['BCP-15', 'ASVS-10.4.6'],
  'wide-scopes': ['ASVS-10.4.11'],
  'old-secrets': ['ASVS-13.3.4'],
  'unused-clients': [],
  'no-second-factor': ['ASVS-6.3.3'],
  'short-keys': ['ASVS-11.2.3'],
  'long-codes': ['ASVS-10.4.3'],
};

export type SecurityFinding = {
  readonly kind: SecurityKind;
  readonly level: 'well' | 'advice' | 'warning';
  /** The clients concerned. */
  readonly clients: readonly { readonly clientId: string; readonly name: string }[];
  /** What else is concerned: the issuer, paths, seconds, login IDs. */
  readonly values: readonly string[];
};

const MOST_NAMED = 50;

/** What a page or a line names of a finding, and how many more there are. */
export function namedOf<One>(found: readonly One[]): {
  readonly named: readonly One[];
  readonly further: number;
} {
  const named = found.slice(0, MOST_NAMED);
  return { named, further: found.length - named.length };
}

/** Each kind that could be judged. Clients that are switched off endanger no one. */
export const securityFindings = (facts: SecurityFacts): SecurityFinding[] =>
  SECURITY_KINDS.flatMap((kind) => {
    const found = JUDGES[kind](facts);
    return found === undefined ? [] : [{ kind, level: levelOf(kind, found), ...found }];
  });

function levelOf(kind: SecurityKind, { clients, values }: Found): SecurityFinding['level'] {
  if (clients.length === 0 && values.length === 0) return 'well';
  return ADVICE.includes(kind) ? 'advice' : 'warning';
}

type Found = Pick<SecurityFinding, 'clients' | 'values'>;

const values = (...found: readonly string[]): Found => ({ clients: [], values: found });

const clientsThat = (
  { clients }: SecurityFacts,
  concerned: (client: Client, lastUsedAt: number | null) => boolean,
): Found => ({
  clients: clients
    .filter(({ client, lastUsedAt }) => client.disabledAt === null && concerned(client, lastUsedAt))
    .map(({ client: { clientId, name } }) => ({ clientId, name })),
  values: [],
});

const JUDGES: Readonly<Record<SecurityKind, (facts: SecurityFacts) => Found | undefined>> = {
  'plain-http-issuer': ({ issuer }) => (isPlainAndPublic(issuer) ? values(issuer) : values()),
  'open-files': ({ openFiles }) => values(...openFiles),
  'cheap-passwords': ({ passwordCost }) =>
    passwordCost < SAFE_PASSWORD_COST ? values(String(passwordCost)) : values(),
  'clock-apart': ({ clockApartSeconds }) =>
    clockApartSeconds > CLOCK_TOLERANCE_SECONDS ? values(String(clockApartSeconds)) : values(),
  // RFC 9700 §2.1.1: recommended to clients that prove who they are, so only an app that does without it is named.
  'without-pkce': (facts) =>
    clientsThat(
      facts,
      (client) =>
        client.grantTypes.includes('authorization_code') &&
        !needsPkce(client) &&
        client.withoutPkceAt !== null &&
        client.withoutPkceAt - client.createdAt >= TRIED_OUT_SECONDS &&
        facts.now - client.withoutPkceAt < PKCE_SEEN_SECONDS,
    ),
  'wide-scopes': (facts) =>
    clientsThat(
      facts,
      ({ scopes, createdAt }) =>
        facts.now - createdAt >= TRIED_OUT_SECONDS && EVERYTHING.every((scope) => scopes.includes(scope)),
    ),
  'old-secrets': (facts) =>
    clientsThat(
      facts,
      ({ secrets, policies }) =>
        usesSecret(policies) &&
        secrets.some(
          ({ createdAt, expiresAt }) =>
            (expiresAt === null || expiresAt > facts.now) && facts.now - createdAt >= OLD_SECRET_SECONDS,
        ),
    ),
  'unused-clients': (facts) =>
    clientsThat(
      facts,
      ({ createdAt }, lastUsedAt) => facts.now - (lastUsedAt ?? createdAt) >= UNUSED_SECONDS,
    ),
  'no-second-factor': ({ withoutSecondFactor }) => withoutSecondFactor && values(...withoutSecondFactor),
  'short-keys': ({ keyStrength }) =>
    keyStrength === undefined
      ? undefined
      : values(...(keyStrength < STRONG_KEY_BITS ? [String(keyStrength)] : [])),
  'long-codes': ({ codeSeconds }) =>
    codeSeconds > SHORT_CODE_SECONDS ? values(String(codeSeconds)) : values(),
};

function isPlainAndPublic(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol !== 'https:' && !LOOPBACK.includes(hostname);
}
