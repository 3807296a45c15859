/**
 * Requests that come through a proxy which `TRUSTED_PROXIES` does not name, or through a named one that does not say for
 * whom: told once in the log, and remembered in the database, so that `tegata doctor` and the next start can name it.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Store } from '../database/open.ts';
import { readSetting, writeSetting } from '../database/settings.ts';
import { hostGate } from '../http/host-gate.ts';
import type { Config } from './config/config.ts';
import type { Services } from './services.ts';

const SETTING = 'unnamed_proxy';
const RECORD_EVERY_MS = 3_600_000;
// What was seen longer ago may have been mended outside of Tegata: by hand, or, where a header is missing, as nothing tells us.
const CURRENT_SECONDS = { unnamed: 7 * 24 * 3600, silent: 2 * 3600 } as const;
const HEADERS = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'forwarded',
  'x-real-ip',
] as const;
const LOOPBACK = hostGate({ allow: ['127.0.0.0/8', '::1'], deny: [] });

export type SeenProxy = {
  readonly address: string;
  readonly header: string;
  readonly at: number;
  /** It is named, and does not say for whom it asks. */
  readonly silent?: boolean;
};

type WatchDeps = Pick<Services, 'config' | 'clock' | 'store' | 'log'>;

/** Notices that nobody whom we believe says whose request it is, and tells so. */
export type ProxyWatch = (request: FastifyRequest) => boolean;

export function proxyWatch({ config, clock, store, log }: WatchDeps): ProxyWatch {
  const trusted = trustedBy(config);
  let recordedAtMs = Number.NEGATIVE_INFINITY;
  const record = (seen: SeenProxy) => {
    if (clock.monotonicMs() - recordedAtMs < RECORD_EVERY_MS) return;
    if (recordedAtMs === Number.NEGATIVE_INFINITY) {
      const { address, header, silent } = seen;
      const what = silent ? 'a proxy without X-Forwarded-For' : 'a proxy that TRUSTED_PROXIES does not name';
      log.error({ address, header }, `${what}; run tegata doctor`);
    }
    recordedAtMs = clock.monotonicMs();
    const value = JSON.stringify(seen);
    store.db
      .transaction()
      .execute((trx) => writeSetting(trx, SETTING, value))
      .catch((error: unknown) => log.warn({ err: error }, 'the unnamed proxy could not be recorded'));
  };
  return ({ headers, socket }) => {
    const header = forwardedHeader(headers);
    const address = socket.remoteAddress ?? '';
    if (header === undefined) return false;
    const silent = trusted(address);
    if (silent && headers['x-forwarded-for']) return false;
    record({ address, header, at: clock.now(), silent });
    return true;
  };
}

const forwardedHeader = (headers: IncomingHttpHeaders): string | undefined =>
  HEADERS.find((name) => headers[name] !== undefined);

function trustedBy({ trustedProxies }: Pick<Config, 'trustedProxies'>): (address: string) => boolean {
  return trustedProxies.length === 0 ? () => false : hostGate({ allow: trustedProxies, deny: [] });
}

/**
 * Who may read `/metrics`. The one who comes through an unnamed or a silent proxy has its address, not one of his own; and
 * where there must be an unnamed one, this machine's address may be anyone's.
 */
export function metricsGate(config: Config, unnamed: ProxyWatch) {
  const allowed = hostGate({ allow: config.metricsAllowHosts, deny: [] });
  return (request: FastifyRequest): boolean =>
    allowed(request.ip) && !unnamed(request) && !(config.unnamedProxy && LOOPBACK(request.ip));
}

/** The proxy that was seen of late and is still not named, or silent. */
export async function seenProxy({ db }: Store, config: Config, now: number): Promise<SeenProxy | undefined> {
  const text = await readSetting(db, SETTING);
  if (text === undefined) return undefined;
  const seen = JSON.parse(text) as SeenProxy;
  const silent = seen.silent === true;
  const isCurrent = now - seen.at < CURRENT_SECONDS[silent ? 'silent' : 'unnamed'];
  return isCurrent && trustedBy(config)(seen.address) === silent ? seen : undefined;
}

/** What is wrong, in words; undefined when nothing is. */
export function proxyFault(config: Config, seen: SeenProxy | undefined): string | undefined {
  if (seen?.silent)
    return `requests from ${seen.address}, which TRUSTED_PROXIES names, bring the header ${seen.header} but no X-Forwarded-For: every caller has the proxy's address in logs, limits and lists of hosts, and /metrics is closed to them`;
  if (seen)
    return `requests from ${seen.address} bring the header ${seen.header}, but TRUSTED_PROXIES does not name it: its word is not believed, and /metrics is closed to them`;
  if (!config.unnamedProxy) return undefined;
  return 'PUBLIC_URL is https, so a proxy stands in front, but TRUSTED_PROXIES names none: every caller has its address in logs, limits and lists of hosts, and /metrics is closed to this machine';
}

export const PROXY_TODO =
  'name your proxy in TRUSTED_PROXIES (e.g. TRUSTED_PROXIES=127.0.0.1) and let it set X-Forwarded-For and X-Forwarded-Proto; if you have none, somebody wrote the header himself';
