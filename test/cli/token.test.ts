/** `tegata token …` and `tegata key …` beside a server that runs on the same shop: what they do shows there at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, startProgram } from '../support/program.ts';
import { refusalOf, useCli } from './cli.ts';

type Key = { kid: string; alg: string; state: string };
type Grant = { grant_id: string; client_id: string; client_name: string; scope: string };

const { dataDir, run, json } = useCli();
let server: Program;
let client: { client_id: string; client_secret: string };

beforeAll(async () => {
  client = await json(
    ...['client', 'create', '--name', 'Batch', '--scope', 'read', '--grant', 'client_credentials'],
  );
  server = await startProgram({ dataDir });
});
afterAll(() => server?.stop());

async function newToken(): Promise<string> {
  const answer = await fetch(`${server.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', ...client }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { access_token: string }).access_token;
}

const apiStatus = async (token: string): Promise<number> =>
  (
    await fetch(`${server.url}/api`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ products(limit: 1) { nodes { id } } }' }),
    })
  ).status;

const kidOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

test.each([
  ['--grant', async () => (await json<Grant[]>('token', 'list'))[0]?.grant_id ?? ''],
  ['--client', async () => client.client_id],
  ['--token', newToken],
])('token revoke %s kills a working token at once', async (option, value) => {
  const token = await newToken();
  expect(await apiStatus(token)).toBe(200);
  const [grant] = await json<Grant[]>('token', 'list', '--client', client.client_id);
  expect(grant).toMatchObject({ client_id: client.client_id, client_name: 'Batch', scope: 'read' });
  expect(await json('token', 'revoke', option, await value())).toEqual({ revoked: 1 });
  expect(await apiStatus(token)).toBe(401);
  expect(await json('token', 'list')).toEqual([]);
});

test.each([
  ['--grant', '0'.repeat(32), 'token list'],
  ['--client', '0'.repeat(32), 'client list'],
  ['--token', 'not-a-token', 'no access or refresh token'],
])('token revoke %s refuses what is not there', async (option, value, reason) => {
  expect(refusalOf(await run('token', 'revoke', option, value))).toContain(reason);
});

test('after key rotate new tokens bear the new key, and old ones still work', async () => {
  const before = await newToken();
  const keys = await json<Key[]>('key', 'rotate', '--alg', 'ES256');
  const current = keys.find(({ state }) => state === 'current');
  const after = await newToken();
  expect(kidOf(after)).toBe(current?.kid);
  expect(kidOf(after)).not.toBe(kidOf(before));
  expect(await apiStatus(before)).toBe(200);
  expect(await apiStatus(after)).toBe(200);
  expect(await json('key', 'list')).toEqual(keys);
  // Its tokens may live on, so it may not go yet.
  expect(await json('key', 'retire')).toEqual({ retired: [], waiting: 1 });
});

test('key retire --now takes a stolen key away at once, with what it signed', async () => {
  const token = await newToken();
  const kid = kidOf(token);
  expect(await apiStatus(token)).toBe(200);
  const answer = await json<{ retired: string[]; signing: string }>('key', 'retire', '--now', kid);
  expect(answer.retired).toEqual([kid]);
  expect(await apiStatus(token)).toBe(401);
  const after = await newToken();
  expect(kidOf(after)).toBe(answer.signing);
  expect(await apiStatus(after)).toBe(200);
  const keys = await json<Key[]>('key', 'list');
  expect(keys.map((key) => key.kid)).not.toContain(kid);
  expect(keys.map(({ state }) => state).sort()).toEqual(['current', 'next', 'old']);
  expect(refusalOf(await run('key', 'retire', '--now', kid))).toContain('tegata key list');
});
