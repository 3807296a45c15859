/**
 * `npm run bench -- revoked [URL of an empty database]`: answers of /api a second with a million revoked access tokens in the
 * database beside none, turn and turn about on the same server. Without a URL on SQLite.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../src/base/clock.ts';
import { makeJti } from '../src/oauth/claims.ts';
import { openStore, type Store } from '../src/store/open.ts';
import { type Program, runProgram, startProgram } from '../test/support/program.ts';

const REVOKED = 1_000_000;
const BATCH = 1_000; // rows in one statement
const CONNECTIONS = 16;
const ROUND_MS = 5_000;
const WARM_UP_MS = 3_000;
const ROUNDS = 5;
const BODY = JSON.stringify({ query: '{ __typename }' });

export async function benchRevoked(): Promise<void> {
  const [url] = process.argv.slice(3);
  const env = {
    TEGATA_LOG_LEVEL: 'warn',
    TEGATA_API_PER_MINUTE: '100000000',
    NODE_ENV: 'production',
    DATABASE_URL: url,
  };
  const program = await startProgram({ env });
  const store = openStore(url ?? `sqlite:${join(program.dataDir, 'shop.db')}`);
  try {
    const owner = await createClient(program, env);
    const token = await newToken(program, owner);
    await answersPerSecond(program, token, WARM_UP_MS);
    const none = await rounds(program, token);
    await fill(store, owner.client_id, grantOf(token));
    await sleep(1_000); // what is known of the token is asked anew
    const many = await rounds(program, token);
    const change = ((many - none) / none) * 100;
    console.log(`| revoked tokens | answers / s |\n| --- | --- |`);
    console.log(`| 0 | ${none.toFixed(0)} |\n| ${REVOKED} | ${many.toFixed(0)} (${change.toFixed(1)} %) |`);
  } finally {
    agent.destroy();
    await store.close();
    await program.stop();
  }
}

type Made = { readonly client_id: string; readonly client_secret: string };

async function createClient({ dataDir }: Program, env: Record<string, string | undefined>): Promise<Made> {
  const options = ['--name', 'bench', '--scope', 'read', '--grant', 'client_credentials', '--json'];
  const all = ['client', 'create', ...options, '--access-ttl', '86400'];
  const { code, stdout, stderr } = await runProgram(all, { ...env, TEGATA_DATA_DIR: dataDir });
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

async function fill({ db }: Store, clientId: string, grantId: string): Promise<void> {
  const now = systemClock.now();
  const row = {
    grant_id: grantId,
    client_id: clientId,
    issued_at: now,
    expires_at: now + 86_400,
    revoked_at: now,
  };
  for (let made = 0; made < REVOKED; made += BATCH) {
    const rows = Array.from({ length: BATCH }, () => ({ ...row, jti: makeJti(grantId) }));
    await db.insertInto('tegata_access_token').values(rows).execute();
  }
}

/** The median. */
async function rounds(program: Program, token: string): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round++) all.push(await answersPerSecond(program, token, ROUND_MS));
  return all.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

const agent = new Agent({ keepAlive: true });

async function answersPerSecond({ url }: Program, token: string, forMs: number): Promise<number> {
  const [base, started] = [url.replace('localhost', '127.0.0.1'), performance.now()];
  let answers = 0;
  const drive = async () => {
    while (performance.now() - started < forMs) {
      await ask(`${base}/api`, token);
      answers++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, drive));
  return (answers * 1_000) / (performance.now() - started);
}

async function ask(url: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, resolve).on('error', reject).end(BODY);
  });
  const content = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`the server answered ${answer.statusCode}: ${content}`);
}
