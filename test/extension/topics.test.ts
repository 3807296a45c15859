/** A thing of an extension's that has changes of its own: on the page, delivered, in `changes`, in the stream, by scope. */
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FEED_SOURCES } from '../../src/database/feed-sources.ts';
import { feedStatus, installFeed } from '../../src/feed/store/triggers.ts';
import { startWebhookWorker, type WebhookWorker } from '../../src/webhook/worker.ts';
import { ownToken } from '../oauth/support/asking.ts';
import { eachDatabase } from '../support/databases.ts';
import { openEventStream } from '../support/event-stream.ts';
import { type HttpBrowser, hidden, loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { type Receiver, startReceiver } from '../webhook/support/receiver.ts';
import { makerTables } from './support/maker-tables.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/maker');
const FILES = [join(EXAMPLE, 'plugins.yaml'), join(EXAMPLE, 'maker.mjs')];
const NEW = '/admin/api/webhook/new';

eachDatabase((database) => {
  const env = { TEGATA_EXTENSIONS: FILES.join(), TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' };
  const server = useOAuthServer(database, env, makerTables);
  let browser: HttpBrowser;
  let receiver: Receiver;
  let worker: WebhookWorker;
  beforeAll(async () => {
    const { webhooks, store, extended } = server.it.services;
    await installFeed(store, extended.feedSources);
    browser = await loggedIn(server.it);
    receiver = await startReceiver();
    worker = startWebhookWorker(webhooks, { loop: false });
  });
  afterAll(async () => {
    await worker?.stop();
    await receiver?.close();
  });

  async function register(
    path: string,
    topics: readonly string[],
  ): Promise<{ status: number; page: string }> {
    const form = new URLSearchParams({ payload_url: `${receiver.url}${path}`, enabled: '1' });
    for (const topic of topics) form.append('topics', topic);
    form.append('_token', hidden(await browser.get(NEW), '_token'));
    const { status, location } = await browser.post(NEW, form.toString());
    return { status, page: location };
  }

  const at = () => server.it.services.store.kit.dateText(server.it.clock.now());
  async function change(...statements: ReturnType<typeof sql>[]): Promise<void> {
    for (const statement of statements) await statement.execute(server.it.services.store.db);
    await worker.tick();
    server.it.clock.advance(2); // the joining window
    await worker.tick();
  }
  const made = (id: number) =>
    sql`insert into plg_maker (id, name, sort_no, create_date, update_date, discriminator_type)
      values (${id}, 'x', 1, ${at()}, ${at()}, 'maker')`;

  const token = async (scope: string): Promise<string> => {
    const own = { scopes: scope.split(' '), grantTypes: ['client_credentials'] };
    return ownToken(server.it, await server.it.client(own));
  };
  async function changes(scope: string, args: string) {
    const answer = await fetch(`${server.it.url}/api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token(scope)}` },
      body: JSON.stringify({ query: `{ changes${args} { nodes { entity id action } } }` }),
    });
    return (await answer.json()) as {
      data?: { changes: { nodes: { entity: string; id: string; action: string }[] } | null };
      errors?: { message: string }[];
    };
  }

  test('its topics stand among the choices in the words of the extension, and are delivered to those who chose', async () => {
    const form = (await browser.get(NEW)).body;
    expect(form).toMatch(/value="maker.created"[^>]*>[^<]*<label[^>]*>メーカー 登録</);
    const { page } = await register('/makers', ['maker.created', 'maker.deleted']);
    await register('/products', ['product.updated']);
    await change(made(9), sql`update plg_maker set name = 'y' where id = 2`);
    await change(sql`update plg_maker set name = 'z' where id = 9`);
    await change(sql`delete from plg_maker where id = 9`);
    expect(receiver.bodies()).toEqual([
      '[{"entity":"maker","id":9,"action":"created"}]',
      '[{"entity":"maker","id":9,"action":"deleted"}]',
    ]);
    expect((await browser.get(`${page}/deliveries`)).body).toContain('メーカー 9 削除');
    expect((await browser.get(page)).body).toMatch(/value="maker.deleted" checked/);
  });

  test('every topic of EC-CUBE’s and of extensions may be ticked at once', async () => {
    const entities = ['product', 'order', 'customer', 'maker'];
    const all = entities.flatMap((one) =>
      ['created', 'updated', 'deleted'].map((action) => `${one}.${action}`),
    );
    const { status, page } = await register('/all', all);
    expect(status).toBe(303);
    const checked = (await browser.get(page)).body.match(/name="topics" value="[^"]+" checked/g);
    expect(checked).toHaveLength(all.length);
    expect((await register('/none', ['maker.painted'])).status).toBe(422);
    expect((await register('/none', ['nothing.updated'])).status).toBe(422);
  });

  test('`changes` tells them to whom the extension lets hear of them', async () => {
    await change(sql`update plg_maker set name = 'w' where id = 1`);
    const told = { entity: 'maker', id: '1', action: 'updated' };
    for (const scope of ['read', 'read:products']) {
      const { data } = await changes(scope, '(entities: ["maker"])');
      expect(data?.changes?.nodes.at(-1)).toEqual(told);
    }
    const orders = await changes('read:orders', '');
    expect(orders.data?.changes?.nodes.filter(({ entity }) => entity === 'maker')).toEqual([]);
    const refused = await changes('read:orders', '(entities: ["maker"])');
    expect(refused.errors?.[0]?.message).toBe('Insufficient permission. (read:products)');
    const wrong = await changes('read', '(entities: ["makers"])');
    expect(wrong.errors?.[0]?.message).toContain('product、order、customer、maker');
  });

  test('the stream tells them', async () => {
    const url = `${server.it.url}/api/changes?entities=maker`;
    const stream = await openEventStream(url, { authorization: `Bearer ${await token('read:products')}` });
    await stream.until(({ text }) => text().includes('retry:'));
    await change(sql`update plg_maker set name = 'v' where id = 2`);
    await stream.until(({ events }) => events.length > 0);
    expect(JSON.parse(stream.events[0]?.data ?? '')).toMatchObject({
      entity: 'maker',
      id: 2,
      action: 'updated',
    });
    stream.leave();
  });

  test('when the extension goes, its triggers go with the next installation', async () => {
    const { store, extended } = server.it.services;
    const names = ({ triggers }: Awaited<ReturnType<typeof feedStatus>>) =>
      triggers.map(({ table }) => table);
    const before = await feedStatus(store, FEED_SOURCES);
    expect([before.state, names(before)]).toEqual(['broken', expect.arrayContaining(['plg_maker'])]);
    const after = await installFeed(store, FEED_SOURCES);
    expect([after.state, names(after)]).toEqual(['installed', expect.not.arrayContaining(['plg_maker'])]);
    expect((await installFeed(store, extended.feedSources)).state).toBe('installed');
  });

  test('the probe of an extension is asked by /ready', async () => {
    const ready = async () => {
      const answer = await fetch(`${server.it.url}/ready`);
      return [answer.status, await answer.json()];
    };
    expect(await ready()).toEqual([200, { status: 'ready' }]);
    const { db } = server.it.services.store;
    await sql`alter table plg_maker rename to plg_maker_away`.execute(db);
    expect(await ready()).toEqual([503, { status: 'unavailable', failed: ['makers'] }]);
    await sql`alter table plg_maker_away rename to plg_maker`.execute(db);
  });
});
