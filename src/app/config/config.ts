/** The environment, parsed once against the table of app/config/variables.ts; all faults are reported together. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { addressFault, basePathOf, pagesPathOf } from './addresses.ts';
import { parseEnvFile } from './env-file.ts';
import { keyFaults } from './key-variables.ts';
import { InvalidValue } from './parsers.ts';
import { readFaults } from './read-variables.ts';
import type { Variable } from './variable.ts';
import { VARIABLES } from './variables.ts';

type Parsed = {
  [K in keyof typeof VARIABLES]: (typeof VARIABLES)[K] extends Variable<infer T> & { fallback: string }
    ? T
    : (typeof VARIABLES)[K] extends Variable<infer T>
      ? T | undefined
      : never;
};

export type Config = Readonly<
  Omit<Parsed, 'publicUrl' | 'databaseUrl' | 'pagesPath'> & {
    publicUrl: string;
    /** The path of `publicUrl`; '' = none. */
    basePath: string;
    /** Where the pages of our own lie. */
    pagesPath: string;
    databaseUrl: string;
    /** `ECCUBE_LOCALE` was given, so a browser's preference does not change the pages. */
    localeFixed: boolean;
    /** No `DATABASE_URL` was given: the shop is ours to make. */
    embedded: boolean;
    servesHttps: boolean;
    /** The world speaks HTTPS to us, or to what is in front of us. */
    publicHttps: boolean;
    /** The host name is the shop's too: what holds for all of it, HSTS for a year, is the shop's to say. */
    isSharedHost: boolean;
    /** Something in front of us must speak HTTPS, and no variable says what: every caller has its address. */
    unnamedProxy: boolean;
  }
>;

/** All that is wrong with the environment, one line a variable. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    const [only] = faults;
    super(
      faults.length === 1
        ? `${only}`
        : `the configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

/** By `npm start`, `npm run tegata` or `npx tegata`; a script of someone's own may well leave us behind. */
export const startedByNpm = (): boolean =>
  ['start', 'tegata', 'npx'].includes(process.env.npm_lifecycle_event ?? '');

/** The process's environment over an optional EC-CUBE `.env` file; the real environment wins, as in EC-CUBE. */
export function environment(envFile?: string): NodeJS.ProcessEnv {
  if (envFile === undefined) return process.env;
  try {
    return over(process.env, readFileSync(envFile), envFile);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const why = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new ConfigError([
      `--env-file ${envFile}: cannot be read (${why}); give the path of the shop’s .env file`,
    ]);
  }
}

function over(real: NodeJS.ProcessEnv, bytes: Buffer, envFile: string): NodeJS.ProcessEnv {
  // As Windows’ Notepad writes „Unicode“; a value never holds this.
  if (bytes.includes(0)) {
    throw new ConfigError([`--env-file ${envFile}: is not in UTF-8; save it as UTF-8`]);
  }
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  // Node takes `--env-file` for its own, wherever it is on the command line, and reads the file in another way.
  const byNode = parseEnv(text);
  const own = Object.entries(real).filter(([name, value]) => value !== byNode[name]);
  const env = Object.fromEntries(own);
  return { ...parseEnvFile(text, env), ...env };
}

/** `baseDir`: what relative paths of an SQLite file and of extensions are relative to; the data folder is ours, so it never lies in the shop's. */
export function parseConfig(env: NodeJS.ProcessEnv, baseDir = process.cwd()): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(VARIABLES)) values[key] = read(one as Variable, env, faults);
  const parsed = values as unknown as Parsed;
  if (!parsed.tlsCertFile !== !parsed.tlsKeyFile) {
    const { name, example } = parsed.tlsCertFile ? VARIABLES.tlsKeyFile : VARIABLES.tlsCertFile;
    faults.push(`${name}: must be given too, or neither of the two; for example ${name}=${example}`);
  }
  faults.push(...keyFaults(parsed), ...readFaults(parsed));
  if (faults.length > 0) throw new ConfigError(faults);
  const dataDir = resolve(parsed.dataDir);
  const servesHttps = parsed.tlsCertFile !== undefined;
  const publicUrl = parsed.publicUrl ?? `${servesHttps ? 'https' : 'http'}://localhost:${parsed.port}`;
  const places = { ...parsed, publicUrl };
  refuseWrongPlaces(addressFault(places));
  const publicHttps = publicUrl.startsWith('https:');
  return Object.freeze({
    ...parsed,
    dataDir,
    extensions: parsed.extensions.map((path) => resolve(baseDir, path)),
    embedded: parsed.databaseUrl === undefined,
    localeFixed: Boolean(env[VARIABLES.locale.name]),
    databaseUrl: databaseUrl(parsed.databaseUrl, dataDir, baseDir),
    publicUrl,
    basePath: basePathOf(publicUrl),
    pagesPath: pagesPathOf(places),
    servesHttps,
    publicHttps,
    isSharedHost: isSharedHost(publicUrl, parsed.shopUrl),
    unnamedProxy: publicHttps && !servesHttps && parsed.trustedProxies.length === 0,
  });
}

/** Below a path, something else has the rest; and a shop that is named may be on the same host name. */
const isSharedHost = (publicUrl: string, shopUrl: string | undefined): boolean =>
  basePathOf(publicUrl) !== '' ||
  (shopUrl !== undefined && new URL(shopUrl).hostname === new URL(publicUrl).hostname);

function refuseWrongPlaces(fault: ReturnType<typeof addressFault>): void {
  if (fault === undefined) return;
  const { name, example } = VARIABLES[fault[0]];
  throw new ConfigError([`${name}: ${fault[1]}; for example ${name}=${example}`]);
}

function read(one: Variable, env: NodeJS.ProcessEnv, faults: string[]): unknown {
  const given = env[one.name];
  const source = given === undefined || given === '' ? one.fallback : given;
  if (source === undefined) return undefined;
  try {
    return one.parse(source);
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    const shown = one.secret ? '' : `, not “${given}”`;
    faults.push(`${one.name}: ${error.message}${shown}; for example ${one.name}=${one.example}`);
    return undefined;
  }
}

/** Doctrine's SQLite form: three slashes = relative to the project, four = absolute. */
function databaseUrl(given: string | undefined, dataDir: string, baseDir: string): string {
  if (given === undefined) return `sqlite:${resolve(dataDir, 'shop.db')}`;
  const file = /^sqlite:(?:\/\/\/)?(.+)$/.exec(given)?.[1];
  return file === undefined ? given : `sqlite:${resolve(baseDir, file)}`;
}

/** What others' standards name and their own libraries read: `NOTIFY_SOCKET` (sd_notify(3)), `OTEL_…` (OpenTelemetry). */
export const standardVariables = (): NodeJS.ProcessEnv => process.env;
