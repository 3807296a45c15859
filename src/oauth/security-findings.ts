/** What in the settings weakens the shop's API. Facts in, findings out; the page and `tegata doctor` say them in words. */
import { type Client, needsPkce, usesSecret } from './client.ts';

const DAY_SECONDS = 86_400;
const OLD_SECRET_SECONDS = 365 * DAY_SECONDS;
const UNUSED_SECONDS = 90 * DAY_SECONDS;
const CLOCK_TOLERANCE_SECONDS = 5; // beyond it, sessions and tokens end visibly early or late
const EVERYTHING = ['read', 'write']; // these two open every part of the shop
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export type SecurityFacts = {
  readonly now: number;
  readonly issuer: string;
  /** `lastUsedAt`: when the client last got or used a token. */
  readonly clients: readonly { readonly client: Client; readonly lastUsedAt: number | null }[];
  /** Paths of keys and data that other users of the machine may read. */
  readonly openFiles: readonly string[];
  /** How far this machine and the database are apart. */
  readonly clockApartSeconds: number;
};

export type SecurityKind =
  | 'plain-http-issuer'
  | 'open-files'
  | 'clock-apart'
  | 'without-pkce'
  | 'wide-scopes'
  | 'old-secrets'
  | 'unused-clients';

export const SECURITY_KINDS: readonly SecurityKind[] = [
  'plain-http-issuer',
  'open-files',
  'clock-apart',
  'without-pkce',
  'wide-scopes',
  'old-secrets',
  'unused-clients',
];

export type SecurityFinding = {
  readonly kind: SecurityKind;
  /** The clients concerned. */
  readonly clients: readonly { readonly clientId: string; readonly name: string }[];
  /** What else is concerned: the issuer, paths, seconds. */
  readonly values: readonly string[];
};

/** Only what was found, the gravest first. Clients that are switched off endanger nobody. */
export function securityFindings(facts: SecurityFacts): SecurityFinding[] {
  const findings = SECURITY_KINDS.map((kind) => ({ kind, ...JUDGES[kind](facts) }));
  return findings.filter(({ clients, values }) => clients.length > 0 || values.length > 0);
}

type Found = Omit<SecurityFinding, 'kind'>;

const values = (...found: string[]): Found => ({ clients: [], values: found });

const clientsThat = (
  { clients }: SecurityFacts,
  concerned: (client: Client, lastUsedAt: number | null) => boolean,
): Found => ({
  clients: clients
    .filter(({ client, lastUsedAt }) => client.disabledAt === null && concerned(client, lastUsedAt))
    .map(({ client: { clientId, name } }) => ({ clientId, name })),
  values: [],
});

const JUDGES: Readonly<Record<SecurityKind, (facts: SecurityFacts) => Found>> = {
  'plain-http-issuer': ({ issuer }) => (isPlainAndPublic(issuer) ? values(issuer) : values()),
  'open-files': ({ openFiles }) => values(...openFiles),
  'clock-apart': ({ clockApartSeconds }) =>
    clockApartSeconds > CLOCK_TOLERANCE_SECONDS ? values(String(clockApartSeconds)) : values(),
  // RFC 9700 §2.1.1
  'without-pkce': (facts) =>
    clientsThat(facts, (client) => client.grants.includes('authorization_code') && !needsPkce(client)),
  'wide-scopes': (facts) =>
    clientsThat(facts, ({ scopes }) => EVERYTHING.every((scope) => scopes.includes(scope))),
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
};

function isPlainAndPublic(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol !== 'https:' && !LOOPBACK.includes(hostname);
}
