/**
 * The programs that tests need beside Node: where each is, which Debian package brings it, and how to install what is
 * missing. To add one: a row in `NEEDED`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps some servers' programs outside `PATH`; the newest PostgreSQL comes first. */
const EXTRA_FOLDERS = ['/usr/sbin', '/usr/lib/postgresql/*/bin'];

const MONO = '/usr/lib/mono/4.5';

const NEEDED: readonly { aptPackage: string; present: () => boolean }[] = [
  { aptPackage: 'postgresql', present: () => hasProgram('initdb') },
  { aptPackage: 'pgbouncer', present: () => hasProgram('pgbouncer') },
  { aptPackage: 'mariadb-server', present: () => hasProgram('mariadbd') && hasProgram('mariadb-install-db') },
  {
    aptPackage: 'chromium-headless-shell',
    present: () => hasProgram('chromium-headless-shell') || hasProgram('chromium'),
  },
  { aptPackage: 'systemd', present: () => hasProgram('systemd-notify') && hasProgram('systemd-analyze') },
  { aptPackage: 'redis-server', present: () => hasProgram('redis-server') },
  { aptPackage: 'curl', present: () => hasProgram('curl') },
  { aptPackage: 'php-cli', present: () => hasProgram('php') },
  { aptPackage: 'php-curl', present: () => globSync('/usr/lib/php/*/curl.so').length > 0 },
  // For the C# that a client's next steps show; its compiler looks for libraries beside it.
  { aptPackage: 'mono-mcs', present: () => hasProgram('mcs') },
  { aptPackage: 'libmono-system-net-http4.0-cil', present: () => existsSync(`${MONO}/System.Net.Http.dll`) },
  {
    aptPackage: 'libmono-system-web-extensions4.0-cil',
    present: () => existsSync(`${MONO}/System.Web.Extensions.dll`),
  },
  // The web servers of docs/deploy.
  { aptPackage: 'nginx-light', present: () => hasProgram('nginx') },
  { aptPackage: 'apache2', present: () => hasProgram('apache2') },
  { aptPackage: 'caddy', present: () => hasProgram('caddy') },
  { aptPackage: 'haproxy', present: () => hasProgram('haproxy') },
  // Without a Japanese font every page is boxes, and a screenshot proves nothing.
  { aptPackage: 'fonts-noto-cjk', present: () => globSync('/usr/share/fonts/**/NotoSansCJK*').length > 0 },
];

export function findProgram(name: string): string {
  const path = folders()
    .map((folder) => join(folder, name))
    .find(existsSync);
  if (!path) throw new Error(`${name} is not installed`);
  return path;
}

export const hasProgram = (name: string): boolean =>
  folders().some((folder) => existsSync(join(folder, name)));

function folders(): string[] {
  const newestFirst = (a: string, b: string) => b.localeCompare(a, 'en', { numeric: true });
  const extra = EXTRA_FOLDERS.flatMap((pattern) => globSync(pattern).sort(newestFirst));
  return [...(process.env.PATH ?? '').split(delimiter), ...extra].filter((folder) => folder !== '');
}

/** Installs what is missing and returns the packages that are still missing afterwards. */
export function installMissing(): string[] {
  const missing = missingPackages();
  if (missing.length === 0 || process.getuid?.() !== 0 || !hasProgram('apt-get')) return missing;
  console.log(`installing ${missing.join(', ')} …`);
  apt('update', '-q');
  apt('install', '-q', '-y', '--no-install-recommends', ...missing);
  return missingPackages();
}

const missingPackages = (): string[] =>
  NEEDED.filter(({ present }) => !present()).map(({ aptPackage }) => aptPackage);

/** Run level 1 keeps the packages from starting their own servers. A refusal shows as what is missing afterwards. */
function apt(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  try {
    execFileSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    console.error(`apt-get ${args[0]} failed: ${(error as Error).message}`);
  }
}
