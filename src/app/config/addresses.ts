/** Where the program's addresses lie in the world: the path of `PUBLIC_URL`, and `TEGATA_PATH` for the pages of its own. */
import { type AddressedPage, addressOf, PAGES, type PageName } from '../../admin/pages.ts';
import { paths } from '../../admin/paths.ts';
import { InvalidValue, type Parser, pattern } from './parsers.ts';

/** First segments of the API and of what operates it; they are the same everywhere. */
const OWN_SEGMENTS = ['api', 'token', 'revoke', 'introspect', 'health', 'ready', 'metrics'] as const;
const PLAIN_PATH = /^(?:\/[A-Za-z0-9_-]+)*$/;
const MAX_PATH_LENGTH = 200; // characters
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

export const adminSegment: Parser<string> = pattern(
  new RegExp(`^(?!(?:${OWN_SEGMENTS.join('|')})$)[A-Za-z0-9_-]+$`),
  `must be one path segment of letters, digits, _ and -, and none of Tegata’s own: ${OWN_SEGMENTS.join(', ')}`,
);

/** The URL that the world sees, as browsers write it: what answers, cookies and clients compare letter by letter. */
export const publicUrl =
  (baseUrl: Parser<string>): Parser<string> =>
  (value) => {
    const { origin, pathname } = new URL(baseUrl(value));
    const path = pathname === '/' ? '' : pathname;
    if (`${origin}${path}` !== value)
      throw new InvalidValue(`must be written as browsers write it: ${origin}${path}`);
    if (!PLAIN_PATH.test(path) || path.length > MAX_PATH_LENGTH)
      throw new InvalidValue('must have a path of letters, digits, _ and - only, or none');
    refuseOwnSegment(path);
    return value;
  };

export const pagesPrefix: Parser<string> = (value) => {
  if (!PLAIN_PATH.test(value) || value === '' || value.length > MAX_PATH_LENGTH)
    throw new InvalidValue('must be a path of letters, digits, _ and -, with a slash before each part');
  refuseOwnSegment(value);
  return value;
};

const firstSegment = (path: string): string => path.split('/')[1] ?? '';

function refuseOwnSegment(path: string): void {
  if (OWN_SEGMENTS.some((one) => one === firstSegment(path)))
    throw new InvalidValue(`must not begin with one of Tegata’s own addresses: /${firstSegment(path)}`);
}

export const basePathOf = (url: string): string => new URL(url).pathname.replace(/^\/$/, '');

/** Where the process says that it lives, for all who ask by `PUBLIC_URL`. */
export const healthPathOf = ({ adminRoute, pagesPath }: { adminRoute: string; pagesPath: string }): string =>
  pagesPath === `/${adminRoute}` ? '/health' : `${pagesPath}/health`;

type Given = {
  readonly adminRoute: string;
  readonly publicUrl: string;
  readonly port: number;
  readonly pagesPath: string | undefined;
};

/**
 * Below the plugin's own address, which every proxy sends here that follows the plugin's documents: nothing of EC-CUBE lies
 * there. Where the world asks this program itself, nothing else has the admin's addresses, and those of 0.1.0 are kept.
 */
export const pagesPathOf = ({ adminRoute, publicUrl, port, pagesPath }: Given): string =>
  pagesPath ?? (asksUsItself(publicUrl, port) ? `/${adminRoute}` : `/${adminRoute}/api/oauth/tegata`);

function asksUsItself(url: string, port: number): boolean {
  const { protocol, hostname, port: shown } = new URL(url);
  const asked = shown === '' ? (protocol === 'https:' ? 443 : 80) : Number(shown);
  return LOOPBACK_HOSTS.includes(hostname) && asked === port;
}

/** What is wrong with the addresses together: `[variable, words]`. */
export function addressFault(given: Given): readonly ['publicUrl' | 'pagesPath', string] | undefined {
  const { adminRoute, publicUrl, pagesPath } = given;
  const base = basePathOf(publicUrl);
  if (base !== '' && firstSegment(base) === adminRoute)
    return ['publicUrl', `must have a path that does not begin with ECCUBE_ADMIN_ROUTE (/${adminRoute})`];
  if (pagesPath === undefined) return undefined;
  if (base !== '' && firstSegment(base) === firstSegment(pagesPath))
    return ['pagesPath', `must not begin as the path of PUBLIC_URL does (/${firstSegment(base)})`];
  const taken = takenBy(adminRoute).find((one) => `${one}/`.startsWith(`${pagesPath}/`));
  if (pagesPath === `/${adminRoute}` || taken === undefined) return undefined;
  return ['pagesPath', `must not hold ${taken}, an address of the admin`];
}

/** Every address that a page has in 0.1.0. */
function takenBy(adminRoute: string): string[] {
  const known = paths(adminRoute);
  const names = (Object.keys(PAGES) as PageName[]).filter((name) => PAGES[name].at !== undefined);
  return names.map((name) => addressOf(name as AddressedPage, known));
}
