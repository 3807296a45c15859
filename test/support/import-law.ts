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

/** Files of a folder, unit tests not counted: more are two folders. */
const FOLDER_LIMIT = 24;

/** Rooms by floor, lowest first. A room is a folder of `src/`; `main` is the one file beside them. */
const FLOORS: readonly (readonly string[])[] = [
  ['base'],
  ['database', 'outbound'],
  ['audit', 'feed'],
  ['shop'],
  ['staff'],
  ['oauth'],
  ['webhook', 'graphql', 'security'],
  ['http', 'extension', 'takeover'],
  ['admin'],
  ['app'],
  ['cli'],
  ['main'],
];

/** What some folders inside a room may import of `src/`, beside the law of the rooms. */
const INNER: readonly { what: string; from: RegExp; mayImport: RegExp }[] = [
  {
    what: 'rules are values in, verdict out',
    from: /^[a-z]+\/rules\//,
    mayImport: /^(?:base|[a-z]+\/rules|oauth\/keys)\//,
  },
  {
    what: 'nothing below a store knows the flows above it',
    from: /^(?!shop\/)([a-z]+)\/store\//,
    mayImport: /^(?:(?!{room}\/)|{room}\/(?:rules|store|keys)\/)/,
  },
  {
    what: 'rows know large tables by one interface only',
    from: /^shop\/(?!large\/)/,
    mayImport: /^(?!shop\/large\/)/,
  },
  {
    what: 'the frame of pages knows none of them',
    from: /^admin\/ui\//,
    mayImport: /^(?!admin\/(?!ui\/|i18n\/|[a-z-]+\.tsx?$))/,
  },
];

/** What only one place may do; `where` is the start of the allowed path. */
const ONE_PLACE: readonly { what: string; pattern: RegExp; where: string }[] = [
  { what: 'asks the time', pattern: /\bDate\.now\(|\bnew Date\(\s*\)/, where: 'base/clock.ts' },
  { what: 'reads the environment', pattern: /\bprocess\.env\b/, where: 'app/config/config.ts' },
  {
    what: "compares a dialect's name",
    pattern: /(?:[!=]==?\s*|\bcase\s+)(['"])(?:sqlite|postgres(?:ql)?|pgsql|mysqli?|mariadb)\1/,
    where: 'database/dialect/',
  },
];

/** Packages and built-in modules that only some places may know. */
const RESERVED: readonly { pattern: RegExp; places: RegExp }[] = [
  { pattern: /^@?fastify\b/, places: /^(?:http|admin|app)\// },
  { pattern: /^preact\b/, places: /^admin\// },
  {
    pattern: /^(?:kysely|pg|mysql2|node:sqlite)\b/,
    places: /^(?:database|audit|[a-z]+\/store|shop\/(?:rows|large))\//,
  },
  {
    pattern: /^node:(?:fs|net|tls|https?|http2|dns|dgram|child_process)\b/,
    places: /^(?:database|outbound|http|extension|admin|app|cli)\//,
  },
];

/** Every breach of the law, each as a sentence that begins with the file's path. */
export function offences(sources: Sources): string[] {
  return [
    ...[...sources].flatMap(([path, text]) => [...shapeOffences(path, text), ...importOffences(path, text)]),
    ...crowdedFolders([...sources.keys()]),
    ...namesExportedTwice(sources),
    ...cycles(sources),
  ];
}

function shapeOffences(path: string, text: string): string[] {
  const lines = text.trimEnd().split('\n').length;
  const code = withoutComments(text);
  const found = ONE_PLACE.filter(({ pattern, where }) => pattern.test(code) && !path.startsWith(where));
  const all = found.map(({ what, where }) => `${what}: only ${where} may`);
  if (lines > LINE_LIMIT) all.push(`has ${lines} lines, more than ${LINE_LIMIT}`);
  if (/(^|\/)index\.tsx?$/.test(path)) all.push('is an index: no barrels');
  if (roomOf(path) === undefined) all.push('stands in no room of the floor table');
  return all.map((offence) => `${path} ${offence}`);
}

function importOffences(path: string, text: string): string[] {
  const local = importsOf(path, text);
  const reserved = packageImports(text).filter((name) => !mayUse(path, name));
  return [
    ...local
      .filter((target) => !mayImport(path, target))
      .map((target) => `${path} imports ${target}: ${direction(path, target)}`),
    ...local.flatMap((target) => innerOffences(path, target)),
    ...reserved.map((name) => `${path} imports ${name}, which its place may not know`),
  ];
}

const innerOffences = (path: string, target: string): string[] =>
  INNER.filter(({ from, mayImport }) => from.test(path) && !inRoom(mayImport, path).test(target)).map(
    ({ what }) => `${path} imports ${target}: ${what}`,
  );

const inRoom = (pattern: RegExp, path: string): RegExp =>
  new RegExp(pattern.source.replaceAll('{room}', roomOf(path) ?? ''));

const mayUse = (path: string, name: string): boolean =>
  RESERVED.every(({ pattern, places }) => !pattern.test(name) || places.test(path));

function mayImport(path: string, target: string): boolean {
  return roomOf(path) === roomOf(target) || floorOf(target) < floorOf(path);
}

const direction = (path: string, target: string): string =>
  floorOf(target) > floorOf(path) ? 'that is up' : 'that is sideways';

/** The room of a file: its first folder; `main.ts` is a room of its own. */
export function roomOf(path: string): string | undefined {
  const slash = path.indexOf('/');
  const room = slash < 0 ? path.replace(/^main\.ts$/, 'main') : path.slice(0, slash);
  return FLOORS.flat().includes(room) ? room : undefined;
}

const floorOf = (path: string): number => FLOORS.findIndex((rooms) => rooms.includes(roomOf(path) ?? ''));

const IMPORT = /\b(?:from|import)\s*\(?\s*(['"])([^'"\s]+)\1/g;

/** What a file imports, types included, in any of the ways to write it. */
const imports = (text: string): string[] =>
  [...withoutComments(text).matchAll(IMPORT)].map((match) => match[2] ?? '');

const isLocal = (specifier: string): boolean => specifier.startsWith('.');

/** The files of `src/` that a file imports. */
export const importsOf = (path: string, text: string): string[] =>
  imports(text)
    .filter(isLocal)
    .map((specifier) => join(dirname(path), specifier));

const packageImports = (text: string): string[] => imports(text).filter((specifier) => !isLocal(specifier));

function crowdedFolders(paths: readonly string[]): string[] {
  const files = Map.groupBy(
    paths.filter((path) => !/\.test\.tsx?$/.test(path)),
    (path) => dirname(path),
  );
  return [...files]
    .filter(([, inside]) => inside.length > FOLDER_LIMIT)
    .map(([folder, inside]) => `${folder} holds ${inside.length} files, more than ${FOLDER_LIMIT}`);
}

const EXPORT = /^export (?:async )?(?:function\*?|const|let|class|type) +(\w+)/gm;

/** One name, one meaning. Every migration exports `up`: that is what a migration is. */
function namesExportedTwice(sources: Sources): string[] {
  const exported = [...sources]
    .filter(([path]) => !path.startsWith('database/migrations/'))
    .flatMap(([path, text]) => [...text.matchAll(EXPORT)].map((match) => ({ name: match[1] ?? '', path })));
  return [...Map.groupBy(exported, ({ name }) => name)]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${places.map(({ path }) => path).join(' and ')} both export ${name}`);
}

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
    for (const target of importsOf(path, sources.get(path) ?? '')) visit(target, [...trail, path]);
    settled.add(path);
  };
  for (const path of sources.keys()) visit(path, []);
  return found;
}
