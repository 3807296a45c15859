/** The program with an endpoint of every hostile kind: what was answered counts, the others fail, and SIGTERM ends it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, SWITCHES, startHost, WITH_ANSWER, WITHOUT_ANSWER } from '../outbound/hostile-hosts.ts';
import { HttpBrowser, hidden, submitLogin } from '../support/oauth-browser.ts';
import { type Program, startProgram } from '../support/program.ts';

const NEW = '/admin/api/webhook/new';
const KINDS = { ...WITHOUT_ANSWER, ...WITH_ANSWER, 'another protocol': SWITCHES };

let program: Program;
const hosts = new Map<string, Host>();
beforeAll(async () => {
  for (const [kind, answer] of Object.entries(KINDS)) hosts.set(kind, await startHost(answer));
  program = await startProgram({ env: { TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' } });
});
afterAll(async () => {
  await program?.stop();
  for (const host of hosts.values()) await host.close();
});

async function registerAll(): Promise<void> {
  const browser = new HttpBrowser(program.url);
  await submitLogin(browser, await browser.get('/admin/login'), 'admin', program.adminPassword);
  const token = hidden(await browser.get(NEW), '_token');
  const payloadUrls = [...hosts].map(
    ([kind, { port }]) => `http://127.0.0.1:${port}/?${encodeURIComponent(kind)}`,
  );
  payloadUrls.push(`https://127.0.0.1:${hosts.get('silence')?.port}/?tls`);
  for (const payload_url of payloadUrls) {
    const done = await browser.post(NEW, { payload_url, secret: '', enabled: '1', _token: token });
    expect(done.status).toBe(303);
  }
}

type Row = { url: string; state: string; attempts: number; lease: string | null };

function deliveries(): Row[] {
  const shop = new DatabaseSync(join(program.dataDir, 'shop.db'), { timeout: 5_000 });
  const rows = shop
    .prepare(
      `select w.payload_url as url, d.state, d.attempts, d.lease_owner as lease
       from tegata_delivery d join tegata_webhook w on w.webhook_id = d.webhook_id order by d.created_at`,
    )
    .all() as Row[];
  shop.close();
  return rows;
}

function change(): void {
  const shop = new DatabaseSync(join(program.dataDir, 'shop.db'), { timeout: 5_000 });
  shop.exec("update dtb_product set name = name || 'x' where id = 1");
  shop.close();
}

const kindOf = ({ url }: Row): string => decodeURIComponent(new URL(url).search.slice(1));

test('each delivery is settled, and the program stops while others are on their way', async () => {
  await registerAll();
  change();
  const settled = () => deliveries().filter(({ attempts, lease }) => attempts > 0 && lease === null);
  await expect.poll(() => settled().length, { timeout: 30_000 }).toBe(hosts.size + 1);
  const delivered = deliveries().filter(({ state }) => state === 'delivered');
  expect(delivered.map(kindOf).sort()).toEqual(Object.keys(WITH_ANSWER).sort());
  change();
  await expect.poll(() => deliveries().some(({ lease }) => lease !== null), { timeout: 10_000 }).toBe(true);
  // Null when it had to be killed, after 15 seconds.
  expect(await program.stop()).toBe(0);
});
