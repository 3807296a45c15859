/**
 * `npm run complete-lock`, after a dependency with prebuilt binaries was added or raised: names in package-lock.json each
 * platform's package that npm left out because the registry in reach does not hold it. Without these entries `npm ci`
 * refuses the lock file ("Missing: … from lock file"), also on platforms that never install them.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Entry = {
  version?: string;
  cpu?: string[];
  dev?: boolean;
  libc?: string[];
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
};

const FILE = 'package-lock.json';
const lock = JSON.parse(readFileSync(FILE, 'utf8')) as { packages: Record<string, Entry> };

const missing = Object.values(lock.packages).flatMap((parent) =>
  Object.entries(parent.optionalDependencies ?? {})
    .filter(([name]) => !isLocked(name))
    .map(([name, version]) => [`node_modules/${name}`, entryFor(name, version, parent)] as const),
);
const byPath = [...Object.entries(lock.packages), ...missing].sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(byPath) }, null, 2)}\n`);
console.log(`${missing.length} packages added to ${FILE}`);

function isLocked(name: string): boolean {
  return Object.keys(lock.packages).some((path) => path.endsWith(`node_modules/${name}`));
}

/** The platform stands in the name, as in `@scope/name-linux-x64-musl`. */
function entryFor(name: string, version: string, parent: Entry): Entry {
  const platform =
    /(?<os>android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>[a-z0-9]+)(?:-(?<abi>\w+))?$/;
  const { os, cpu, abi } = platform.exec(name)?.groups ?? {};
  if (!os || !cpu) throw new Error(`${name}: the name tells no platform; add it by hand`);
  const libc = os === 'linux' && abi ? { libc: [abi.startsWith('musl') ? 'musl' : 'glibc'] } : {};
  return { version, cpu: [cpu], ...(parent.dev ? { dev: true } : {}), ...libc, optional: true, os: [os] };
}
