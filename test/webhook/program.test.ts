/** The program as a person starts it: registered on the page, changed by plain SQL, told to a receiver and a listener. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEventStream } from '../support/event-stream.ts';
import { HttpBrowser, hidden, submitLogin } from '../support/oauth-browser.ts';
import { type Program, runProgram, startProgram } from '../support/program.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

const NEW = '/admin/api/webhook/new';
const UPDATED = '[{"entity":"product","id":1,"action":"updated"}]';

let program: Program;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  program = await startProgram({ env: { TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' } });
});
afterAll(async () => {
  await program?.stop();
  await receiver?.close();
});

async function register(): Promise<string> {
  const browser = new HttpBrowser(program.url);
  await submitLogin(browser, await browser.get('/admin/login'), 'admin', program.adminPassword);
  const page = await browser.get(NEW);
  const fields = { payload_url: receiver.url, secret: 'a-secret-of-some-length', enabled: '1' };
  const done = await browser.post(NEW, { ...fields, _token: hidden(page, '_token') });
  return done.location;
}

async function accessToken(): Promise<string> {
  const made = await runProgram(
    ['client', 'create', '--name', 'ERP', '--grant', 'client_credentials', '--scope', 'read', '--json'],
    { TEGATA_DATA_DIR: program.dataDir },
  );
  const { client_id, client_secret } = JSON.parse(made.stdout) as Record<string, string>;
  const answer = await fetch(`${program.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client_id ?? '',
      client_secret: client_secret ?? '',
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** As any other program on the same machine. */
function changeByHand(...statements: string[]): void {
  const shop = new DatabaseSync(join(program.dataDir, 'shop.db'), { timeout: 5_000 });
  for (const statement of statements) shop.exec(statement);
  shop.close();
}

test('a change by hand reaches the endpoint and the listener; a rolled-back one reaches nobody', async () => {
  expect(await register()).toMatch(/^\/admin\/api\/webhook\/[0-9a-f]{32}$/);
  const authorization = `Bearer ${await accessToken()}`;
  const stream = await openEventStream(`${program.url}/api/changes`, { authorization });
  await stream.until((one) => one.lastEventId() !== '');
  changeByHand('begin', "update dtb_product set name = 'never' where id = 2", 'rollback');
  changeByHand("update dtb_product set name = 'ジェラート' where id = 1");
  await stream.until(({ events }) => events.length > 0);
  await expect.poll(() => receiver.bodies(), { timeout: 10_000 }).toEqual([UPDATED]);
  expect(stream.events.map(({ data }) => JSON.parse(data) as object)).toMatchObject([
    { entity: 'product', id: 1, action: 'updated' },
  ]);
  expect(await program.stop()).toBe(0);
  await stream.ended;
});
