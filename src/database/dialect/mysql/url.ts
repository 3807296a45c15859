/**
 * EC-CUBE's `DATABASE_URL` for MySQL, in Doctrine's words, as what mysql2 is opened with. What is not named here is left
 * out: mysql2 would take any of its own settings from the URL, several statements in one text among them.
 */
import { readFileSync } from 'node:fs';
import type { PoolOptions, SslOptions } from 'mysql2';
import { splitUrl, UrlFault, urlFaultIn } from '../url-parameters.ts';

/** As MySQL's own client calls them (--ssl-mode). */
const MODES = ['DISABLED', 'PREFERRED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY'] as const;
type Mode = (typeof MODES)[number];

export type MysqlTarget = {
  readonly connection: PoolOptions;
  /** Where the server has no TLS, it goes without. */
  readonly tlsIfOffered: boolean;
};

export function mysqlTarget(databaseUrl: string): MysqlTarget {
  const { base, query } = splitUrl(databaseUrl);
  const url = new URL(base);
  const [user, password, socketPath] = ['user', 'password', 'unix_socket'].map((name) => query.get(name));
  if (user) url.username = encodeURIComponent(user);
  if (password) url.password = encodeURIComponent(password);
  const mode = modeOf(query);
  const ssl = mode === 'DISABLED' ? undefined : tlsOf(mode, query);
  return {
    connection: { uri: url.href, ...(socketPath && { socketPath }), ...(ssl && { ssl }) },
    tlsIfOffered: mode === 'PREFERRED',
  };
}

export const mysqlUrlFault = (url: string): string | undefined =>
  urlFaultIn(() => {
    const { base, query } = splitUrl(url);
    void new URL(base);
    modeOf(query);
    profileOf(query);
  });

/** Unset: without TLS, as PHP goes; with a certificate authority its signature is asked for. */
function modeOf(query: URLSearchParams): Mode {
  const given = query.get('ssl-mode') ?? query.get('ssl_mode') ?? query.get('sslmode');
  if (given === null) {
    if (query.has('ssl')) return 'VERIFY_CA';
    return query.has('ssl_ca') ? 'VERIFY_CA' : query.has('ssl_cert') ? 'REQUIRED' : 'DISABLED';
  }
  const mode = MODES.find((one) => one === given.toUpperCase().replace('-', '_'));
  if (!mode) throw new UrlFault(`has ssl-mode=${given}; it knows ${MODES.join(', ')}`);
  return mode;
}

function tlsOf(mode: Mode, query: URLSearchParams): SslOptions {
  const file = (name: string) => {
    const path = query.get(name);
    return path === null ? undefined : readFileSync(path, 'utf8');
  };
  const [ca, cert, key] = [file('ssl_ca'), file('ssl_cert'), file('ssl_key')];
  return {
    rejectUnauthorized: mode.startsWith('VERIFY'),
    verifyIdentity: mode === 'VERIFY_IDENTITY',
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...profileOf(query),
  };
}

/** mysql2's own parameter, as it takes it: a JSON object of TLS settings. */
function profileOf(query: URLSearchParams): SslOptions {
  const given = query.get('ssl');
  if (given === null) return {};
  try {
    const parsed: unknown = JSON.parse(given);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as SslOptions;
  } catch {
    // falls through to the refusal
  }
  throw new UrlFault('has ssl=…, which is no JSON object; use ssl-mode and ssl_ca');
}
