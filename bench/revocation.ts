/**
 * `npm run bench -- revocation [URL…]`: four nodes as processes of their own on one PostgreSQL and on one MariaDB (its own servers, or
 * the databases of the URLs, which must be empty), all of them under load. Tokens and grants are revoked one after another by
 * one node or another; every node is asked for each without a pause. Ends with 1 when one is believed a second later.
 */
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { startServers } from '../scripts/servers/both.ts';
import { openStore } from '../src/database/open.ts';
import { freePort } from '../test/support/free-port.ts';
import { type Program, startProgram } from '../test/support/program.ts';
import { scratchFolder } from '../test/support/scratch.ts';
import { approveCodes, type Credentials, makeClient } from './faults/shop.ts';
import { givenWords } from './support/given.ts';
import { loadGrowingShop } from './support/growing-shop.ts';

const NODES = 4;
const PRODUCTS = 1_000;
/** Of each kind. */
const REVOCATIONS = 15;
const LOADERS = 2; // connections a node that are never silent
const ASKED_FOR_MS = 1_500; // after each revocation, by every node
const LIMIT_MS = 1_000;
const CATALOGUE = '{ products(limit: 20) { nodes { id name } totalCount } }';
const SMALL = '{ __typename }';

type Revoked = {
  readonly kind: 'token' | 'grant';
  /** Of each node: from the answer to the revocation until the last question that it believed was sent. */
  readonly believedMs: readonly number[];
  /** Questions that were sent later than the limit; without any nothing is proven. */
  readonly askedLate: number;
};

type Result = { readonly name: string; readonly perSecond: number; readonly revoked: readonly Revoked[] };

export async function benchRevocation(): Promise<void> {
  const given = givenWords();
  const servers = given.length > 0 ? undefined : await startServers();
  const urls = servers ? await ownDatabases(Object.values(servers.env)) : given;
  const results: Result[] = [];
  try {
    for (const url of urls) results.push(await measure(url));
  } finally {
    await servers?.stop();
  }
  tell(results);
}

async function ownDatabases(urls: readonly string[]): Promise<string[]> {
  return Promise.all(
    urls.map(async (url) => {
      const store = openStore(url, { poolSize: 1, statementTimeoutSeconds: 30 });
      await sql.raw('create database tegata_revocation').execute(store.db);
      await store.close();
      const own = new URL(url);
      own.pathname = '/tegata_revocation';
      return own.href;
    }),
  );
}

async function measure(url: string): Promise<Result> {
  await loadGrowingShop(url, 'products', PRODUCTS);
  const dataDir = scratchFolder('tegata-revocation-');
  const ports = await Promise.all(Array.from({ length: NODES }, freePort));
  const env = {
    DATABASE_URL: url,
    PUBLIC_URL: `http://localhost:${ports[0]}`,
    TEGATA_LOG_LEVEL: 'warn',
    TEGATA_API_PER_MINUTE: '100000000',
    NODE_ENV: 'production',
  };
  const nodes: Program[] = [];
  try {
    for (const port of ports)
      nodes.push(await startProgram({ dataDir, env: { ...env, PORT: String(port) } }));
    const client = await makeClient(url, dataDir);
    return { name: new URL(url).protocol.replace(':', ''), ...(await revokeUnderLoad(url, nodes, client)) };
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A node that is busy says 503 and is asked again. */
async function post(url: string, fields: string | Readonly<Record<string, string>>): Promise<Response> {
  for (;;) {
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
    if (answer.status === 200) return answer;
    const said = await answer.text();
    if (answer.status !== 503) throw new Error(`${url}: ${answer.status} ${said}`);
    await sleep(100);
  }
}

const token = async (node: Program, fields: string | Readonly<Record<string, string>>) =>
  (await post(`${node.url}/token`, fields)).json() as Promise<{
    access_token: string;
    refresh_token?: string;
  }>;

const ask = async ({ url }: Program, accessToken: string, query: string): Promise<number> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
  const answer = await fetch(`${url}/api`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  await answer.arrayBuffer();
  return answer.status;
};

async function revokeUnderLoad(url: string, nodes: readonly Program[], client: Credentials) {
  const [first] = nodes as [Program];
  const own = { grant_type: 'client_credentials', ...client };
  const store = openStore(url, { poolSize: 2, statementTimeoutSeconds: 30 });
  const codes = await approveCodes(store, client, REVOCATIONS).finally(() => store.close());
  const steady = (await token(first, own)).access_token;
  let [asking, answers] = [true, 0];
  const load = nodes.flatMap((node) =>
    Array.from({ length: LOADERS }, async () => {
      while (asking) {
        if ((await ask(node, steady, CATALOGUE).catch(() => 0)) === 200) answers += 1;
      }
    }),
  );
  const fromMs = performance.now();
  const revoked: Revoked[] = [];
  try {
    for (const [round, { body }] of codes.entries()) {
      const by = nodes[round % NODES] as Program;
      const single = (await token(by, own)).access_token;
      revoked.push(await revokeAndAsk(nodes, by, client, { kind: 'token', access: single, given: single }));
      const { access_token: access, refresh_token: given = '' } = await token(by, body);
      revoked.push(await revokeAndAsk(nodes, by, client, { kind: 'grant', access, given }));
    }
  } finally {
    asking = false;
    await Promise.all(load);
  }
  const seconds = (performance.now() - fromMs) / 1000;
  return { perSecond: answers / seconds, revoked };
}

type Doomed = { readonly kind: Revoked['kind']; readonly access: string; readonly given: string };

/** `given` to /revoke; `access` is what must end with it. Each node has just believed it, so it may remember that. */
async function revokeAndAsk(
  nodes: readonly Program[],
  by: Program,
  client: Credentials,
  { kind, access, given }: Doomed,
): Promise<Revoked> {
  for (const node of nodes) {
    for (let status = 0; status !== 200; ) {
      status = await ask(node, access, SMALL);
      if (status === 401) throw new Error('a new token is not believed');
    }
  }
  await post(`${by.url}/revoke`, { token: given, ...client });
  const revokedMs = performance.now();
  let askedLate = 0;
  const believedMs = await Promise.all(
    nodes.map(async (node) => {
      let believed = 0;
      let late = 0;
      for (let sentMs = 0; sentMs < ASKED_FOR_MS || late === 0; await sleep(5)) {
        sentMs = performance.now() - revokedMs;
        const status = await ask(node, access, SMALL);
        if (status === 200) believed = sentMs;
        // What a busy node refuses (503) says nothing of the token.
        if (sentMs > LIMIT_MS && status !== 503) late += 1;
      }
      askedLate += late;
      return believed;
    }),
  );
  return { kind, believedMs, askedLate };
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

function tell(results: readonly Result[]): void {
  console.log(
    '| database | answers / s meanwhile | revoked | believed for, p50 ms | p99 ms | most, ms | asked later than 1 s | of these believed |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { name, perSecond, revoked } of results) {
    for (const kind of ['token', 'grant'] as const) {
      const own = revoked.filter((one) => one.kind === kind);
      const sorted = own.flatMap(({ believedMs }) => believedMs).toSorted((a, b) => a - b);
      const late = sorted.filter((ms) => ms > LIMIT_MS).length;
      const asked = own.reduce((sum, { askedLate }) => sum + askedLate, 0);
      const times = [at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1)].map((ms) => ms.toFixed(0));
      const row = [name, perSecond.toFixed(0), `${own.length} × ${kind}`, ...times, asked, late];
      console.log(`| ${row.join(' | ')} |`);
      if (late > 0 || asked < own.length * NODES) process.exitCode = 1;
    }
  }
}
