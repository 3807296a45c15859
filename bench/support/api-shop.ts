/** A started Tegata on a PostgreSQL database of its own, and a token that reads. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { systemClock } from '../../src/base/clock.ts';
import { openStore, type Store } from '../../src/database/open.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { createEmbeddedShop } from '../../src/shop/store/embedded-shop.ts';
import { createAdvisedIndexes } from '../../src/shop/store/indexes.ts';
import { realShopLacking, recording } from '../../test/graphql/support/real-shop.ts';
import { type Program, runProgram, startProgram } from '../../test/support/program.ts';

export type ApiShop = {
  readonly program: Program;
  /** Its address without a name to look up. */
  readonly url: string;
  readonly databaseUrl: string;
  /** Headers of a question. */
  readonly headers: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

/** An empty database on the server, PostgreSQL or MariaDB; its URL. */
export async function makeDatabase(serverUrl: string, name: string): Promise<string> {
  const server = openStore(serverUrl);
  await sql.raw(`create database ${name}`).execute(server.db);
  await server.close();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function run(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statements).finally(() => client.end());
}

/** The recorded real shop where it is; the demo shop elsewhere. Says which. */
export async function loadShop(url: string): Promise<string> {
  if (realShopLacking === undefined) {
    await run(url, recording('eccube43-pgsql.sql').replace(/^\\.*$/gm, '')); // lines with a backslash are for psql alone
    return 'the real shop’s dump';
  }
  await loadDemoShop(url);
  return 'the demo shop';
}

async function loadDemoShop(url: string): Promise<void> {
  const store = openStore(url);
  await makeDemoShop(store);
  await store.close();
}

/** The embedded shop with the indexes that are advised, and nobody who logs in. */
export async function makeDemoShop(store: Store): Promise<void> {
  const registry = buildRegistry(coreEntities);
  const admin = { loginId: 'admin', name: '管理者', passwordHash: 'nobody logs in' };
  await createEmbeddedShop(store, { registry, clock: systemClock, currency: 'JPY', admin });
  await createAdvisedIndexes(store, registry);
}

export async function startApiShop(databaseUrl: string, more: Record<string, string> = {}): Promise<ApiShop> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tegata-bench-'));
  const env = {
    DATABASE_URL: databaseUrl,
    TEGATA_DATA_DIR: dataDir,
    TEGATA_LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
  };
  await command(['migrate', 'apply'], env);
  const options = ['--name', 'bench', '--scope', 'read', '--grant', 'client_credentials', '--json'];
  const client = JSON.parse(await command(['client', 'create', ...options], env)) as Record<string, string>;
  const program = await startProgram({ dataDir, env: { ...env, ...more } });
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.client_id ?? '',
    client_secret: client.client_secret ?? '',
  });
  const answer = await fetch(`${program.url}/token`, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const stop = async () => {
    await program.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const url = program.url.replace('localhost', '127.0.0.1');
  return { program, url, databaseUrl, headers, stop };
}

async function command(args: readonly string[], env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await runProgram(args, env);
  if (code !== 0) throw new Error(`tegata ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}
