/** Who is measured by `npm run bench -- peers`: Tegata, each of bench/peers, and the naive floor with and without storage. */
import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import known from '../peers/client.json' with { type: 'json' };
import { prepareShop } from './prepared-shop.ts';
import { type Command, type ServerProcess, startServer } from './server-process.ts';
import { storageFolder } from './storage-folder.ts';
import type { CodeSource } from './token-plans.ts';

const BENCH = join(import.meta.dirname, '..');
const PEERS = join(BENCH, 'peers');

export type Contender = {
  readonly name: string;
  readonly kind: 'tegata' | 'peer' | 'floor';
  readonly source: CodeSource;
  readonly server: Pick<ServerProcess, 'pid' | 'url'>;
  /** Starts it once more, with all that it has stored. */
  readonly command: (port: number) => Command;
  /** Ends the server; its folder stays. */
  stop(): Promise<void>;
  remove(): Promise<void>;
};

/** By the name of the file in bench/peers: the package. */
const PEER_PACKAGES = {
  'oidc-provider': 'oidc-provider',
  'node-oauth': '@node-oauth/oauth2-server',
  jmondi: '@jmondi/oauth2-server',
} as const;

export async function startContenders(): Promise<Contender[]> {
  installPeers();
  const all = [await startTegata()];
  for (const [file, name] of Object.entries(PEER_PACKAGES)) all.push(await startPeer(file, name));
  all.push(await startFloor('floor', 'durable'), await startFloor('floor without storage', 'bare'));
  return all;
}

function installPeers(): void {
  if (existsSync(join(PEERS, 'node_modules'))) return;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { cwd: PEERS, stdio: 'inherit' });
}

async function startTegata(): Promise<Contender> {
  const shop = await prepareShop();
  const { pid, url, dataDir } = shop.program;
  const command = (port: number): Command => ({
    args: [join(BENCH, '../dist/main.js'), 'serve'],
    env: { PORT: String(port), TEGATA_DATA_DIR: dataDir, TEGATA_DRAIN: '0' },
  });
  return {
    name: 'Tegata',
    kind: 'tegata',
    source: shop,
    server: { pid, url: url.replace('localhost', '127.0.0.1') },
    command,
    stop: async () => {
      await shop.program.stop();
    },
    remove: shop.stop,
  };
}

const { client } = known;
const credentials = { client_id: client.id, client_secret: client.secret };

const bodyOf = (code: string): string =>
  new URLSearchParams({
    grant_type: 'authorization_code',
    redirect_uri: client.redirectUri,
    ...credentials,
    code,
  }).toString();

const CODES_AT_ONCE = 5_000; // one process makes so many

async function approvedCodes(serve: readonly string[], count: number): Promise<string[]> {
  const made = promisify(execFile)(process.execPath, [...serve, 'codes', String(count)], {
    maxBuffer: 2 ** 26,
  });
  return (await made).stdout.split('\n');
}

async function startPeer(file: string, name: string): Promise<Contender> {
  const folder = storageFolder('tegata-peer-');
  const args = [join(PEERS, 'serve.mjs'), file, folder];
  const stock: string[] = [];
  const makeCodeBodies = async (count: number) => {
    if (stock.length < count) stock.push(...(await approvedCodes(args, Math.max(count, CODES_AT_ONCE))));
    return stock.splice(0, count).map(bodyOf);
  };
  const command = (port: number): Command => ({ args: [...args, String(port)] });
  const server = await startServer(command);
  return {
    name,
    kind: 'peer',
    source: { credentials, makeCodeBodies },
    server,
    command,
    stop: server.stop,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function startFloor(name: string, storage: 'durable' | 'bare'): Promise<Contender> {
  const folders: string[] = []; // it begins anew each time
  const command = (port: number): Command => {
    folders.push(storageFolder('tegata-floor-'));
    return { args: [join(BENCH, 'floor-server.ts'), String(port), folders.at(-1) ?? '', storage] };
  };
  const server = await startServer(command);
  const makeCodeBodies = async (count: number) =>
    Array.from({ length: count }, () => bodyOf(randomBytes(32).toString('base64url')));
  return {
    name,
    kind: 'floor',
    source: { credentials, makeCodeBodies },
    server,
    command,
    stop: server.stop,
    remove: async () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}
