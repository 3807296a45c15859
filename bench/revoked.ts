/**
 * `npm run bench -- revoked`: /api with a million revoked access tokens in the database beside none: two servers on SQLite,
 * turn and turn about, answers a second and CPU time by the kernel's account.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { systemClock } from '../src/base/clock.ts';
import { openStore, type Store } from '../src/database/open.ts';
import { makeJti } from '../src/oauth/rules/claims.ts';
import { type Program, runProgram, startProgram } from '../test/support/program.ts';
import { cpuMs } from './support/measure.ts';

const REVOKED = 1_000_000;
const BATCH = 1_000; // rows in one statement
const CONNECTIONS = 16;
const ROUND_MS = 4_000;
const WARM_UP_MS = 3_000;
const ROUNDS = 5;
const BODY = JSON.stringify({ query: '{ __typename }' });

const ENV = { TEGATA_LOG_LEVEL: 'warn', TEGATA_API_PER_MINUTE: '100000000', NODE_ENV: 'production' };

type Round = { readonly perSecond: number; readonly cpuMsPerThousand: number };
type Side = { readonly program: Program; readonly token: string; readonly rounds: Round[] };

export async function benchRevoked(): Promise<void> {
  const none = await startSide(0);
  const many = await startSide(REVOKED);
  try {
    for (const side of [none, many]) await measure(side, WARM_UP_MS);
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of [none, many]) side.rounds.push(await measure(side, ROUND_MS));
    }
    console.log('| revoked tokens | answers / s | CPU ms / 1000 answers |\n| --- | --- | --- |');
    console.log(`| 0 | ${row(none)} |\n| ${REVOKED} | ${row(many)} |`);
  } finally {
    agent.destroy();
    await none.program.stop();
    await many.program.stop();
  }
}

async function startSide(revoked: number): Promise<Side> {
  const program = await startProgram({ env: ENV });
  const owner = await createClient(program);
  const token = await newToken(program, owner);
  const store = openStore(`sqlite:${join(program.dataDir, 'shop.db')}`);
  await fill(store, owner.client_id, grantOf(token), revoked);
  await store.close();
  return { program, token, rounds: [] };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const row = ({ rounds }: Side): string =>
  [
    median(rounds.map(({ perSecond }) => perSecond)).toFixed(0),
    median(rounds.map(({ cpuMsPerThousand }) => cpuMsPerThousand)).toFixed(0),
  ].join(' | ');

type Made = { readonly client_id: string; readonly client_secret: string };

async function createClient({ dataDir }: Program): Promise<Made> {
  const options = ['--name', 'bench', '--scope', 'read', '--grant', 'client_credentials', '--json'];
  const all = ['client', 'create', ...options, '--access-ttl', '86400'];
  const { code, stdout, stderr } = await runProgram(all, { TEGATA_DATA_DIR: dataDir });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Made;
}

async function newToken({ url }: Program, { client_id, client_secret }: Made): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  const answer = await fetch(`${url}/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** The worst case: all revoked tokens belong to the very grant that goes on being used. */
const grantOf = (token: string): string => {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    jti: string;
  };
  return claims.jti.slice(0, 32);
};

async function fill({ db }: Store, clientId: string, grantId: string, count: number): Promise<void> {
  const now = systemClock.now();
  const row = {
    grant_id: grantId,
    client_id: clientId,
    issued_at: now,
    expires_at: now + 86_400,
    revoked_at: now,
  };
  for (let made = 0; made < count; made += BATCH) {
    const rows = Array.from({ length: BATCH }, () => ({
      ...row,
      jti: makeJti(grantId, systemClock.nowMs()),
    }));
    await db.insertInto('tegata_access_token').values(rows).execute();
  }
}

const agent = new Agent({ keepAlive: true });

async function measure({ program: { url, pid }, token }: Side, forMs: number): Promise<Round> {
  const [base, started, cpu] = [url.replace('localhost', '127.0.0.1'), performance.now(), cpuMs(pid)];
  let answers = 0;
  const drive = async () => {
    while (performance.now() - started < forMs) {
      await ask(`${base}/api`, token);
      answers++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, drive));
  const perSecond = (answers * 1_000) / (performance.now() - started);
  return { perSecond, cpuMsPerThousand: ((cpuMs(pid) - cpu) * 1_000) / answers };
}

async function ask(url: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, resolve).on('error', reject).end(BODY);
  });
  const content = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`the server answered ${answer.statusCode}: ${content}`);
}
