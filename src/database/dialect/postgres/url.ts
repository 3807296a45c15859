/**
 * EC-CUBE's `DATABASE_URL` for PostgreSQL as what node-postgres is opened with. `sslmode` means what it means to libpq,
 * through which PHP goes (PostgreSQL manual, 34.19 "SSL Support"). What is not named here is left out: node-postgres would
 * take any of its own settings from the URL, and they would win over ours.
 */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { splitUrl, UrlFault, urlFaultIn } from '../url-parameters.ts';

const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
type Mode = (typeof MODES)[number];

/** They ask for more than we can promise. */
const NOT_KEPT: Readonly<Record<string, readonly string[]>> = {
  channel_binding: ['require'],
  gssencmode: ['require'],
};

export type PostgresTarget = {
  /** Where and as whom; nothing else is in it. */
  readonly connectionString: string;
  /** As the URL has it: `-c search_path=shop`. */
  readonly options?: string;
  /** What is tried first, and what then; false is without TLS. */
  readonly tls: readonly (ConnectionOptions | false)[];
};

export function postgresTarget(url: string): PostgresTarget {
  const { base, query } = splitUrl(url);
  const kept = new URLSearchParams([...query].filter(([name]) => PLACE.has(name)));
  const options = query.get('options');
  return {
    connectionString: kept.size === 0 ? base : `${base}?${kept}`,
    ...(options !== null && { options }),
    tls: tlsOf(modeOf(query), query),
  };
}

const PLACE: ReadonlySet<string> = new Set(['host', 'port', 'user', 'password']);

export const postgresUrlFault = (url: string): string | undefined =>
  urlFaultIn(() => {
    const { query } = splitUrl(url);
    const mode = modeOf(query);
    if (mode === 'verify-ca' && rootOf(query) === undefined) {
      throw new UrlFault(
        'has sslmode=verify-ca without sslrootcert; name the file of your certificate authority',
      );
    }
    for (const [name, values] of Object.entries(NOT_KEPT)) {
      const value = query.get(name);
      if (value !== null && values.includes(value))
        throw new UrlFault(`has ${name}=${value}, which Tegata cannot keep`);
    }
  });

/** Unset: as libpq, which prefers TLS. `no-verify` is node-postgres's name for libpq's `require`. */
function modeOf(query: URLSearchParams): Mode {
  const given = query.get('sslmode') ?? 'prefer';
  if (given === 'no-verify') return 'require';
  const mode = MODES.find((one) => one === given);
  if (!mode) throw new UrlFault(`has sslmode=${given}; it knows ${MODES.join(', ')}`);
  return mode;
}

/** `system`: the authorities that Node knows. */
function rootOf(query: URLSearchParams): string | undefined {
  const path = query.get('sslrootcert');
  return path === null || path === 'system' ? undefined : path;
}

function tlsOf(mode: Mode, query: URLSearchParams): PostgresTarget['tls'] {
  if (mode === 'disable') return [false];
  const material = materialOf(query);
  const unverified = { ...material, rejectUnauthorized: false };
  switch (mode) {
    case 'allow':
      return [false, unverified];
    case 'prefer':
      return [unverified, false];
    case 'require':
      // With a root certificate libpq treats it as verify-ca, for the sake of old installations.
      return [material.ca === undefined ? unverified : { ...material, checkServerIdentity: () => undefined }];
    case 'verify-ca':
      return [{ ...material, checkServerIdentity: () => undefined }];
    case 'verify-full':
      return [material];
  }
}

function materialOf(query: URLSearchParams): ConnectionOptions {
  const file = (path: string | null | undefined) => (path ? readFileSync(path, 'utf8') : undefined);
  const [ca, cert, key] = [file(rootOf(query)), file(query.get('sslcert')), file(query.get('sslkey'))];
  const [crl, passphrase] = [file(query.get('sslcrl')), query.get('sslpassword')];
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(crl && { crl }),
    ...(passphrase && { passphrase }),
  };
}
