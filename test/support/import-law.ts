/**
 * The import law (docs/architecture.md): a file imports from its own room or from a lower floor, never sideways, never up;
 * type imports count. Also what may be asked for in one place only: the time, the environment, a dialect's name.
 * Knows file names and texts, no disk: rooms.test.ts feeds it the source and, to prove that it can fail, bad examples.
 * A new room is one word in `FLOORS`.
 */
import { dirname, join } from 'node:path/posix';

/** Path under `src/` → text. */
export type Sources = ReadonlyMap<string, string>;

const LINE_LIMIT = 300;

/** Where more lines are right, and why. */
const LONGER: readonly { where: string; limit: number; why: string }[] = [
  {
    where: 'admin/i18n/',
    limit: 700,
    why: 'one dictionary holds every word of a language, so that none is missed',
  },
];

/** Rooms by floor, lowest first. The files of `composition` stand at the top of `src/`. */
const FLOORS: readonly (readonly string[])[] = [
  ['base'],
  ['oauth', 'identity', 'keys', 'shop'],
  ['store', 'outbound'],
  ['flow', 'graphql', 'webhook'],
  ['http', 'admin', 'extension'],
  ['composition'],
  ['cli'],
  ['main'],
];

const TOP_FILES: Readonly<Record<string, string>> = {
  'main.ts': 'main',
  'app/config/config.ts': 'composition',
  'app/config/parsers.ts': 'composition',
  'app/config/env-file.ts': 'composition',
  'app/key-files.ts': 'composition',
  'app/tls-files.ts': 'composition',
  'app/config/variables.ts': 'composition',
  'app/background.ts': 'composition',
  'app/log.ts': 'composition',
  'app/logged-error.ts': 'composition',
  'app/metrics.ts': 'composition',
  'app/version.ts': 'composition',
  'app/webhook-notice.ts': 'composition',
  'app/services.ts': 'composition',
  'app/server.ts': 'composition',
  'app/stop-state.ts': 'composition',
  'app/unnamed-proxy.ts': 'composition',
};

/** What only one place may do; `where` is the start of the allowed path. */
const ONE_PLACE: readonly { what: string; pattern: RegExp; where: string }[] = [
  { what: 'asks the time', pattern: /\bDate\.now\(|\bnew Date\(\s*\)/, where: 'base/clock.ts' },
  { what: 'reads the environment', pattern: /\bprocess\.env\b/, where: 'app/config/config.ts' },
  {
    what: "compares a dialect's name",
    pattern: /(?:[!=]==?\s*|\bcase\s+)(['"])(?:sqlite|postgres(?:ql)?|pgsql|mysqli?|mariadb)\1/,
    where: 'store/dialect/',
  },
];

/** Packages and built-in modules that only some rooms may know. */
const RESERVED: readonly { pattern: RegExp; rooms: readonly string[] }[] = [
  { pattern: /^@?fastify\b/, rooms: ['http', 'admin', 'composition'] },
  { pattern: /^preact\b/, rooms: ['admin'] },
  { pattern: /^(?:kysely|pg|mysql2|node:sqlite)\b/, rooms: ['store'] },
  {
    pattern: /^node:(?:fs|net|tls|https?|http2|dns|dgram|child_process)\b/,
    rooms: ['store', 'outbound', 'webhook', 'http', 'admin', 'extension', 'composition', 'cli'],
  },
];

/** Every breach of the law, each as a sentence that begins with the file's path. */
export function offences(sources: Sources): string[] {
  return [
    ...[...sources].flatMap(([path, text]) => [...shapeOffences(path, text), ...importOffences(path, text)]),
    ...cycles(sources),
  ];
}

function shapeOffences(path: string, text: string): string[] {
  const lines = text.trimEnd().split('\n').length;
  const code = withoutComments(text);
  const found = ONE_PLACE.filter(({ pattern, where }) => pattern.test(code) && !path.startsWith(where));
  const all = found.map(({ what, where }) => `${what}: only ${where} may`);
  const limit = LONGER.find(({ where }) => path.startsWith(where))?.limit ?? LINE_LIMIT;
  if (lines > limit) all.push(`has ${lines} lines, more than ${limit}`);
  if (/(^|\/)index\.tsx?$/.test(path)) all.push('is an index: no barrels');
  if (roomOf(path) === undefined) all.push('stands in no room of the floor table');
  return all.map((offence) => `${path} ${offence}`);
}

function importOffences(path: string, text: string): string[] {
  const local = localImports(path, text).filter((target) => !mayImport(path, target));
  const reserved = packageImports(text).filter((name) => !mayUse(path, name));
  return [
    ...local.map((target) => `${path} imports ${target}: ${direction(path, target)}`),
    ...reserved.map((name) => `${path} imports ${name}, which its room may not know`),
  ];
}

const mayUse = (path: string, name: string): boolean =>
  RESERVED.every(({ pattern, rooms }) => !pattern.test(name) || rooms.includes(roomOf(path) ?? ''));

function mayImport(path: string, target: string): boolean {
  return roomOf(path) === roomOf(target) || floorOf(target) < floorOf(path);
}

const direction = (path: string, target: string): string =>
  floorOf(target) > floorOf(path) ? 'that is up' : 'that is sideways';

/** The room of a file: its first folder, or the room that the table gives to a file at the top. */
function roomOf(path: string): string | undefined {
  const slash = path.indexOf('/');
  const room = slash < 0 ? TOP_FILES[path] : path.slice(0, slash);
  return FLOORS.flat().includes(room ?? '') ? room : undefined;
}

const floorOf = (path: string): number => FLOORS.findIndex((rooms) => rooms.includes(roomOf(path) ?? ''));

const IMPORT = /\b(?:from|import)\s*\(?\s*(['"])([^'"\s]+)\1/g;

/** What a file imports, types included, in any of the ways to write it. */
const imports = (text: string): string[] =>
  [...withoutComments(text).matchAll(IMPORT)].map((match) => match[2] ?? '');

const isLocal = (specifier: string): boolean => specifier.startsWith('.');

/** The files of `src/` that a file imports. */
const localImports = (path: string, text: string): string[] =>
  imports(text)
    .filter(isLocal)
    .map((specifier) => join(dirname(path), specifier));

const packageImports = (text: string): string[] => imports(text).filter((specifier) => !isLocal(specifier));

const withoutComments = (text: string): string =>
  text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '');

/** One sentence for each knot of files that import each other. */
function cycles(sources: Sources): string[] {
  const found: string[] = [];
  const settled = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`${path} imports itself: ${[...trail.slice(start), path].join(' → ')}`);
    if (start >= 0 || settled.has(path)) return;
    for (const target of localImports(path, sources.get(path) ?? '')) visit(target, [...trail, path]);
    settled.add(path);
  };
  for (const path of sources.keys()) visit(path, []);
  return found;
}
