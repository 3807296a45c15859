/** WebHook管理 by real HTTP: endpoints, test, pause, log, resend, the feed, and what the PHP plugin has left. */
import { sql } from 'kysely';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/audit/events.ts';
import { installFeed, removeFeed } from '../../src/feed/store/triggers.ts';
import { prune } from '../../src/webhook/prune.ts';
import { insertDelivery } from '../../src/webhook/store/deliveries.ts';
import { listDeliveries } from '../../src/webhook/store/delivery-log.ts';
import { insertWebhook, listWebhooks, pauseFailing } from '../../src/webhook/store/webhooks.ts';
import { startWebhookWorker, type WebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, hidden, loggedIn, newBrowser } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { staffTables } from '../support/staff.ts';
import { type Receiver, startReceiver, status } from '../webhook/support/receiver.ts';

const LIST = '/admin/api/webhook';
const NEW = `${LIST}/new`;
const FEED = `${LIST}/feed`;
const SECRET = 'a-secret-of-some-length';

eachDatabase((db) => {
  const server = useOAuthServer(db, { TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' });
  let browser: HttpBrowser;
  let receiver: Receiver;
  let worker: WebhookWorker;
  const store = () => server.it.services.store;

  beforeAll(async () => {
    browser = await loggedIn(server.it);
    receiver = await startReceiver();
    worker = startWebhookWorker(server.it.services.webhooks, { loop: false });
  });
  afterAll(async () => {
    await worker?.stop();
    await receiver?.close();
  });
  beforeEach(() => {
    receiver.answer = status(204);
    receiver.received.length = 0;
  });

  /** Posts a form that stands on the page at `from`. */
  async function send(from: string, fields: Record<string, string>, to = from) {
    const page = await browser.get(from);
    const fieldset = new URLSearchParams({ ...fields, _token: hidden(page, '_token') });
    return browser.post(to, fieldset.toString());
  }

  /** Registers an endpoint; the path of its page. */
  async function registered(fields: Record<string, string> = {}): Promise<string> {
    const done = await send(NEW, { payload_url: receiver.url, secret: SECRET, enabled: '1', ...fields });
    expect(done.status).toBe(303);
    return done.location;
  }

  /** A change that any program may make, told by the worker. */
  async function changeProduct(): Promise<void> {
    await sql`update dtb_product set name = ${`${Math.random()}`} where id = 1`.execute(store().db);
    await worker.tick();
    server.it.clock.advance(2); // the joining window
    await worker.tick();
  }

  test('the empty list, and who may not see it', async () => {
    const page = await browser.get(LIST);
    expect(page.body).toContain('WebHookが登録されていません');
    expect(page.body).toContain('変更フィードが設置されていない');
    expect((await newBrowser(server.it).get(LIST)).location).toBe('/admin/login');
    expect((await browser.post(NEW, { payload_url: receiver.url })).status).toBe(403);
    expect((await browser.get(`${LIST}/${'0'.repeat(32)}`)).status).toBe(404);
  });

  test('a wrong form comes back with what was typed, and stores nothing', async () => {
    const page = await send(NEW, {
      payload_url: 'ftp://files.example',
      secret: 'short',
      description: 'メモ書き',
    });
    expect(page.status).toBe(422);
    expect(page.body).toContain('http:// または https:// で始まるURLを入力してください。');
    expect(page.body).toContain('値が短すぎます。16文字以上でなければなりません。');
    expect(page.body).toContain('value="ftp://files.example"');
    expect(page.body).toContain('value="メモ書き"');
    expect(page.body).not.toContain('value="short"');
    expect((await send(NEW, { payload_url: ' ' })).body).toContain('入力されていません。');
    expect((await send(NEW, { payload_url: receiver.url, topics: 'product.sold' })).body).toContain(
      '無効です',
    );
    expect(await listWebhooks(store().db)).toEqual([]);
  });

  test('the list is read a page at a time, newest first, and home names no more than the first ailing ones', async () => {
    const { store: own, clock } = server.it.services;
    const ids = Array.from({ length: 120 }, (_, n) => `w${String(n).padStart(3, '0')}`);
    const settings = { enabled: true, description: '', topics: [], orderStatuses: [], productStatuses: [] };
    const more = { parts: [], excludedClientId: null, owner: null, query: null, secretSealed: null };
    for (const webhookId of ids) {
      const payloadUrl = `https://${webhookId}.example/`;
      await insertWebhook(own.db, { ...settings, ...more, webhookId, payloadUrl }, clock.now());
    }
    await own.db.updateTable('tegata_webhook').set({ failing_since: clock.now() }).execute();
    const seen: string[] = [];
    let next = LIST;
    for (let pages = 1; next !== ''; pages += 1) {
      expect(pages).toBeLessThan(4);
      const { status: is, body } = await browser.get(next);
      expect(is).toBe(200);
      seen.push(...[...body.matchAll(/id="webhook-(w\d+)"/g)].map(([, id = '']) => id));
      next = /href="([^"]*\?after=[^"]*)"/.exec(body)?.[1] ?? '';
    }
    expect(seen).toEqual(ids.toReversed());
    expect((await browser.get('/admin')).body.match(/https:\/\/w\d+\.example/g)).toHaveLength(20);
    expect((await browser.get(`${LIST}?after=%00`)).status).toBe(200);
    // Those of the next page have been deleted meanwhile.
    const past = await browser.get(`${LIST}?after=1.w000`);
    expect([past.status, past.body.includes('WebHookが登録されていません')]).toEqual([200, false]);
    expect(past.body).toContain(`class="page-link" href="${LIST}"`);
    await own.db.deleteFrom('tegata_webhook').execute();
    expect((await browser.get(LIST)).body).toContain('WebHookが登録されていません');
  });

  test('registered, changed, its secret kept and never shown, deleted after a question', async () => {
    const path = await registered({ payload_url: 'shop.example/hook', topics: 'order.created' });
    const page = await browser.get(path);
    expect(page.body).toContain('保存しました');
    expect(page.body).toContain('value="http://shop.example/hook"');
    expect(page.body).toContain('変更する場合のみ入力');
    expect(page.body).not.toContain(SECRET);
    expect(page.body).toMatch(/value="order.created" checked/);
    const [before] = await listWebhooks(store().db);
    await send(path, { payload_url: 'https://shop.example/other' });
    const [after] = await listWebhooks(store().db);
    expect(after).toMatchObject({ payloadUrl: 'https://shop.example/other', enabled: false, topics: [] });
    expect(after?.secretSealed).toBe(before?.secretSealed);
    await send(path, { payload_url: 'https://shop.example/other', secret_clear: '1' });
    expect((await listWebhooks(store().db))[0]?.secretSealed).toBeNull();
    const question = await browser.get(`${path}/delete`);
    expect(question.body).toContain('WebHookを削除してもよろしいですか？');
    expect((await send(`${path}/delete`, {})).location).toBe(LIST);
    expect((await browser.get(LIST)).body).toContain('削除しました');
    expect(await listWebhooks(store().db)).toEqual([]);
    const kinds = (await listEvents(store().db, { limit: 4 })).map((event) => [event.kind, event.loginId]);
    expect(kinds).toEqual([
      ['webhook_deleted', 'admin'],
      ['webhook_updated', 'admin'],
      ['webhook_updated', 'admin'],
      ['webhook_created', 'admin'],
    ]);
  });

  test('the test button sends a signed sample and shows the answer, or why none came', async () => {
    const path = await registered();
    receiver.answer = status(202, { 'x-mark': 'from the receiver' });
    const good = await send(path, {}, `${path}/test`);
    expect(good.status).toBe(200);
    expect(good.body).toContain('受信されました（HTTP 202');
    expect(good.body).toContain('x-mark: from the receiver');
    expect(receiver.bodies()).toEqual(['[{"entity":"product","id":1,"action":"updated"}]']);
    expect(receiver.received[0]?.headers['x-eccube-signature']).toMatch(/^[0-9a-f]{64}$/);
    await store().db.updateTable('tegata_webhook').set({ payload_url: 'http://10.0.0.1/' }).execute();
    const refused = await send(path, {}, `${path}/test`);
    expect(refused.body).toContain('送信を許可されていない宛先です');
    await send(`${path}/delete`, {});
  });

  test('the test sends the chosen change and shows what was sent', async () => {
    const path = await registered({ topics: 'order.created' });
    const page = (await browser.get(path)).body;
    expect(page).toMatch(
      /<option selected value="order.created">受注 登録|<option value="order.created" selected>受注 登録/,
    );
    const tried = await send(path, { topic: 'customer.deleted' }, `${path}/test`);
    expect(receiver.bodies()).toEqual(['[{"entity":"customer","id":1,"action":"deleted"}]']);
    expect(tried.body).toContain(
      '[{&quot;entity&quot;:&quot;customer&quot;,&quot;id&quot;:1,&quot;action&quot;:&quot;deleted&quot;}]',
    );
    await send(path, { topic: 'nothing.such' }, `${path}/test`);
    expect(receiver.bodies()[1]).toBe('[{"entity":"product","id":1,"action":"updated"}]');
    await send(`${path}/delete`, {});
  });

  test('a new webhook is on unless staff switch it off', async () => {
    expect((await browser.get(NEW)).body).toMatch(/id="enabled"[^>]* checked/);
  });

  test('where the URL leads is told in the form: private, unknown, unencrypted', async () => {
    for (const url of ['http://10.0.0.1/', 'https://169.254.169.254/latest', 'http://[::1]/']) {
      const refused = await send(NEW, { payload_url: url, enabled: '1' });
      expect([url, refused.status]).toEqual([url, 422]);
      expect(refused.body).toContain('TEGATA_WEBHOOK_ALLOW');
    }
    expect(await listWebhooks(store().db)).toEqual([]);
    const path = await registered({ payload_url: 'http://no-such-host.invalid/' });
    const page = (await browser.get(path)).body;
    expect(page).toContain('ホスト名が見つかりません');
    expect(page).toContain('暗号化されずに送信されます');
    expect((await send(path, { payload_url: 'http://10.0.0.1/', enabled: '1' })).status).toBe(422);
    // One that came to be refused later on can still be switched off, not on.
    await store().db.updateTable('tegata_webhook').set({ payload_url: 'http://10.0.0.1/' }).execute();
    expect((await send(path, { payload_url: 'http://10.0.0.1/' })).status).toBe(303);
    expect((await send(path, { payload_url: 'http://10.0.0.1/', enabled: '1' })).status).toBe(422);
    await send(`${path}/delete`, {});
  });

  test('a button makes a secret, shows it once and keeps what was typed', async () => {
    const made = await send(NEW, { payload_url: receiver.url, description: 'メモ書き', make_secret: '1' });
    const secret = /value="(whsec_[^"]+)"/.exec(made.body)?.[1] ?? '';
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    expect(made.body).toContain('value="メモ書き"');
    expect(await listWebhooks(store().db)).toEqual([]);
    const wrong = await send(NEW, { payload_url: 'ftp://x', secret, secret_made: '1' });
    expect(wrong.body).toContain(`value="${secret}"`);
    const path = await registered({ secret, secret_made: '1' });
    expect((await browser.get(path)).body).not.toContain(secret);
    await send(path, {}, `${path}/test`);
    const { headers, body } = receiver.received[0] ?? { headers: {}, body: '' };
    const webhook = new StandardWebhook(secret);
    const sentAt = new Date(Number(headers['webhook-timestamp']) * 1000);
    expect(headers['webhook-signature']).toBe(webhook.sign(String(headers['webhook-id']), sentAt, body));
    await send(`${path}/delete`, {});
  });

  describe('with the feed', () => {
    test('it is installed and removed after a question, and nothing is left', async () => {
      expect((await browser.get(FEED)).body).toContain('未設置');
      expect((await browser.get(`${FEED}/install`)).body).toContain('トリガーを追加します');
      expect((await send(`${FEED}/install`, {})).location).toBe(FEED);
      const page = await browser.get(FEED);
      expect(page.body).toContain('変更フィードを設置しました');
      expect(page.body).toContain('設置済み');
      expect((await browser.get(LIST)).body).not.toContain('変更フィードが設置されていない');
      expect((await send(`${FEED}/remove`, {})).location).toBe(FEED);
      expect((await browser.get(FEED)).body).toContain('未設置');
      const live = await sql<{ name: string }>`${store().kit.feed.live}`.execute(store().db);
      expect(live.rows).toEqual([]);
    });

    test('a change is logged with its answer; failed ones are sent again, one or all', async () => {
      await installFeed(store());
      const path = await registered();
      const log = `${path}/deliveries`;
      await changeProduct();
      expect(receiver.bodies()).toEqual(['[{"entity":"product","id":1,"action":"updated"}]']);
      expect((await browser.get(log)).body).toContain('商品 1 更新');
      receiver.answer = status(500);
      await changeProduct();
      server.it.clock.advance(4 * 86_400);
      browser = await loggedIn(server.it);
      await worker.tick();
      const [failed] = await listDeliveries(store().db, { states: ['failed'], limit: 10 });
      const one = `${log}/${failed?.deliveryId}`;
      const detail = await browser.get(one);
      expect(detail.body).toContain('HTTP 500');
      expect(detail.body).toContain('answer 500');
      expect(detail.body).toContain('webhook-id');
      expect((await browser.get('/admin')).body).toContain('WebHookの送信に問題があります');
      await send(path, {}, `${path}/resume`);
      receiver.answer = status(204);
      expect((await send(one, {}, `${one}/resend`)).location).toBe(one);
      expect((await browser.get(one)).body).toContain('1件の通知を再送します');
      await worker.tick();
      expect((await browser.get(one)).body).toContain('送信済み');
      expect((await browser.get('/admin')).body).not.toContain('WebHookの送信に問題があります');
      expect((await browser.get(`${log}?state=failed`)).body).toContain('この状態の通知はありません');
      expect((await browser.get(`${LIST}/${'0'.repeat(32)}/deliveries`)).status).toBe(404);
      expect((await browser.get(`${log}/${'0'.repeat(32)}`)).status).toBe(404);
      await send(`${path}/delete`, {});
      await removeFeed(store());
    });

    test('a long log goes on from a place, each delivery once and the newest first', async () => {
      const path = await registered();
      const webhookId = path.split('/').at(-1) ?? '';
      const { db: rows } = store();
      const ids = Array.from({ length: 120 }, (_, index) => `${index * 7919}`.padStart(32, 'f'));
      const now = server.it.clock.now();
      const row = { webhookId, body: '[]', giveUpAt: now + 60, waitsFor: [] };
      for (const [index, deliveryId] of ids.entries()) {
        // Some of one second, told apart by their changes, and some of one change.
        const [createdAt, lastPosition] = [now + Math.floor(index / 70), 10 + Math.floor(index / 3)];
        await insertDelivery(rows, { ...row, deliveryId, createdAt, lastPosition });
      }
      const seen: string[] = [];
      let next: string | undefined = `${path}/deliveries?state=pending`;
      for (let pages = 0; next !== undefined && pages < 5; pages += 1) {
        const { body }: { body: string } = await browser.get(next);
        const listed = [...body.matchAll(/deliveries\/([0-9a-f]{32})"/g)].map(([, id]) => id ?? '');
        seen.push(...listed);
        next = body.match(/href="([^"]*after=[^"]*)"/)?.[1]?.replaceAll('&amp;', '&');
      }
      expect(new Set(seen)).toEqual(new Set(ids));
      expect(seen).toHaveLength(ids.length);
      const place = (id: string) => Math.floor(ids.indexOf(id) / 3);
      expect(seen.map(place)).toEqual(seen.map(place).toSorted((a, b) => b - a));
      expect((await browser.get(`${path}/deliveries?after=1.x`)).status).toBe(200);
      await send(`${path}/delete`, {});
    });

    test('what waits for a retry says so, keeps every attempt with its answer, and goes at once when asked', async () => {
      await installFeed(store());
      const path = await registered();
      const log = `${path}/deliveries`;
      receiver.answer = status(503, { 'retry-after': '3600' });
      await changeProduct();
      const [waiting] = await listDeliveries(store().db, { states: ['pending'], limit: 1 });
      const one = `${log}/${waiting?.deliveryId}`;
      expect((await browser.get(log)).body).toMatch(
        /再試行中（1回目、次は 2026\/\d\d\/\d\d \d\d:\d\d:\d\d）/,
      );
      expect((await browser.get(`${log}?state=retrying`)).body).toContain(one);
      expect((await browser.get(`${log}?state=pending`)).body).toContain('この状態の通知はありません');
      expect((await browser.get(path)).body).toContain('送信待ち0件、再試行中1件、失敗0件');
      receiver.answer = status(500);
      expect((await browser.get(one)).body).toContain('今すぐ再送する');
      await send(one, {}, `${one}/resend`);
      await worker.tick();
      expect((await browser.get(log)).body).toContain('再試行中（2回目');
      receiver.answer = status(204);
      await send(log, {}, `${log}/resend`);
      await worker.tick();
      const detail = (await browser.get(one)).body;
      expect(detail).toContain('送信済み');
      for (const answer of ['HTTP 204', 'HTTP 500', 'HTTP 503', 'answer 500', 'answer 503']) {
        expect(detail).toContain(answer);
      }
      expect(receiver.received).toHaveLength(3);
      receiver.answer = status(500);
      await changeProduct();
      await send(path, {}, `${path}/pause`);
      expect((await browser.get(log)).body).toContain('再試行中（1回目、送信停止中）');
      await send(`${path}/delete`, {});
      await removeFeed(store());
    });

    test('what happens during a pause is sent afterwards', async () => {
      await installFeed(store());
      const path = await registered();
      await send(path, {}, `${path}/pause`);
      expect((await browser.get(path)).body).toContain('管理画面から送信を停止しました');
      await changeProduct();
      expect(receiver.bodies()).toEqual([]);
      expect((await browser.get('/admin')).body).not.toContain('WebHookの送信に問題があります');
      await send(path, {}, `${path}/resume`);
      await worker.tick();
      expect(receiver.bodies()).toHaveLength(1);
      await send(`${path}/delete`, {});
      await removeFeed(store());
    });
  });

  test('a pause of more than seven days says what is lost, on the page, at the end and in the audit log', async () => {
    await installFeed(store());
    const { clock, services } = server.it;
    const { limits } = services.webhooks;
    const path = await registered();
    await send(path, {}, `${path}/pause`);
    await changeProduct();
    clock.advance(limits.keepFeedSeconds - 60);
    await changeProduct();
    const kept = clock.now();
    await prune(services.webhooks);
    expect((await browser.get(path)).body).not.toContain('より前の変更の一部は');
    clock.advance(120);
    await prune(services.webhooks);
    browser = await loggedIn(server.it);
    expect((await browser.get(path)).body).toContain('2026/04/12 08:59 より前の変更の一部は');
    await send(path, {}, `${path}/resume`);
    const page = (await browser.get(path)).body;
    expect(page).toContain('保存期間（7日間）を過ぎたものは送信されません');
    expect(page).not.toContain('より前の変更の一部は');
    await worker.tick();
    expect(receiver.bodies()).toHaveLength(1);
    const [resumed] = await listEvents(store().db, { kinds: ['webhook_resumed'], limit: 1 });
    const before = String(resumed?.detail.lost_before);
    expect(kept - Date.parse(before) / 1000).toBeLessThan(5);
    await send(`${path}/delete`, {});
    await removeFeed(store());
  });

  test('a paused endpoint stands on the home page', async () => {
    const path = await registered();
    const webhookId = path.split('/').at(-1) ?? '';
    await store()
      .db.updateTable('tegata_webhook')
      .set({ failing_since: 1, last_error: 'HTTP 503' })
      .execute();
    await pauseFailing(store().db, webhookId, 2, server.it.clock.now());
    const home = await browser.get('/admin');
    expect(home.body).toContain('WebHookの送信に問題があります');
    expect(home.body).toContain('HTTP 503');
    expect(home.body).toContain(`href="${path}"`);
    await deny('/api/webhook');
    const denied = await loggedIn(server.it, 'tencho');
    expect((await denied.get('/admin')).body).not.toContain('HTTP 503');
    expect((await denied.get(path)).status).toBe(403);
    expect((await denied.get('/admin')).body).not.toContain(`href="${LIST}"`);
    await send(`${path}/delete`, {});
  });

  test('a changed secret overlaps with the one before for a day, unless that one ends at once', async () => {
    const path = await registered();
    const signatures = async () => {
      receiver.received.length = 0;
      await send(path, {}, `${path}/test`);
      return String(receiver.received[0]?.headers['webhook-signature']).split(' ').length;
    };
    const again = { payload_url: receiver.url, enabled: '1' };
    await send(path, { ...again, secret: 'another-secret-of-some-length' });
    expect(await signatures()).toBe(2);
    expect((await browser.get(path)).body).toContain('前のシークレットによる署名も、2026/');
    await send(path, { ...again, secret_end_former: '1' });
    expect(await signatures()).toBe(1);
    await send(path, { ...again, secret: 'a-third-secret-of-some-length' });
    server.it.clock.advance(86_400);
    browser = await loggedIn(server.it);
    expect(await signatures()).toBe(1);
    await prune(server.it.services.webhooks);
    expect((await listWebhooks(store().db))[0]?.formerSecretSealed).toBeNull();
    await send(path, { ...again, secret: 'a-fourth-secret-of-some-length', secret_end_former: '1' });
    expect(await signatures()).toBe(1);
    await send(`${path}/delete`, {});
  });

  /** Makes `tencho`, whose authority may not open what lies below a path of the admin. */
  async function deny(denied: string): Promise<void> {
    await server.it.member('tencho', 1);
    const at = store().kit.dateText(server.it.clock.now());
    await staffTables(store())
      .insertInto('dtb_authority_role')
      .values({
        id: 900,
        authority_id: 1,
        deny_url: denied,
        create_date: at,
        update_date: at,
        discriminator_type: 'authorityrole',
      })
      .execute();
  }
});
