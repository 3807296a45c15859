/** The log of requests: what each came to, without what was asked with; by page; bounded; pruned; never on the request's path. */
import { beforeAll, expect, test } from 'vitest';
import { callLog, LINES_OF_CLIENT, type LoggedCall } from '../../src/oauth/call-log.ts';
import { pruneOnce } from '../../src/oauth/prune.ts';
import { listCalls } from '../../src/oauth/store/api-calls.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens } from '../support/oauth-walks.ts';

const DAY = 86_400;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  let client: TestClient;
  let access: string;
  const ids: string[] = [];
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    client = await server.it.client();
    ({ access } = await newTokens(server.it, browser, client, { scope: 'read' }));
    for (const query of [
      'query Stocks { products(id: "secret-of-somebody", limit: 2) { nodes { id } } shop: __typename }',
      '{ product(id: 1) { id } }',
      '{ nothing }',
      'mutation Ship { updateShipped(id: 1) { id } }',
    ]) {
      const response = await callApi(server.it, access, query);
      ids.push(response.headers.get('x-request-id') ?? '');
      server.it.clock.advance(1);
    }
    await server.it.services.callLog.flush();
    await server.it.services.apiUse.flush();
  });

  const lines = (search: Partial<Parameters<typeof listCalls>[1]> = {}) =>
    listCalls(server.it.services.store.db, { clientId: client.clientId, limit: 50, ...search });
  const page = async (query = '') =>
    (await browser.get(`/admin/api/oauth/${client.clientId}/requests${query}`)).body;

  test('a line each, newest first: operation, fields, status, cost, code; no argument', async () => {
    const { rows, next } = await lines();
    const told = rows.map(({ operation, fields, status, cost, errorCode }) => [
      operation,
      fields,
      status,
      cost,
      errorCode,
    ]);
    expect(told).toEqual([
      ['', '', 403, 1, 'FORBIDDEN'],
      ['', '', 200, 1, 'VALIDATION'],
      ['', 'product', 200, 1, null],
      ['Stocks', 'products __typename', 200, 1, null],
    ]);
    expect(rows.map(({ requestId }) => requestId)).toEqual(ids.toReversed());
    expect(next).toBeUndefined();
    expect(JSON.stringify(rows)).not.toContain('secret-of-somebody');
  });

  test('goes on from a place, and is filtered', async () => {
    const first = await lines({ limit: 3 });
    const rest = await lines({ limit: 3, after: first.next });
    expect([...first.rows, ...rest.rows].map(({ requestId }) => requestId)).toEqual(ids.toReversed());
    const found = async (search: Parameters<typeof lines>[0]) =>
      (await lines(search)).rows.map(({ requestId }) => ids.indexOf(requestId));
    expect(await found({ outcome: 'failed' })).toEqual([3, 2]);
    expect(await found({ status: 403 })).toEqual([3]);
    expect(await found({ operation: 'product' })).toEqual([1]);
    expect(await found({ operation: 'Stocks' })).toEqual([0]);
    expect(await found({ requestId: ids[2] })).toEqual([2]);
    expect(await found({ requestId: ids[2], clientId: 'f'.repeat(32) })).toEqual([]);
  });

  test('the client’s page shows them with a chart, and filters them', async () => {
    const all = await page();
    for (const text of [...ids, 'Stocks', 'HTTP 429', 'role="img"', '数値を表で見る'])
      expect(all).toContain(text);
    const failed = await page('?outcome=failed');
    expect([failed.includes(ids[3] ?? ''), failed.includes(ids[0] ?? '')]).toEqual([true, false]);
    expect(await page(`?request_id=${ids[1]}`)).toContain('product');
    expect(await page('?outcome=500')).toContain('条件に合うリクエストはありません。');
    const days = await page('?span=days');
    expect(days).toContain('1日の呼び出し（回）');
  });

  test('hostile addresses of the page filter nothing and break nothing', async () => {
    for (const query of [
      '?after=9.%00',
      '?after=99999999999999.x',
      '?outcome=%3Cscript%3E',
      '?operation=%00',
      '?span=x',
      `?request_id=${'é'.repeat(100)}`,
    ]) {
      const { status, body } = await browser.get(`/admin/api/oauth/${client.clientId}/requests${query}`);
      expect([query, status, body.includes('<script>')]).toEqual([query, 200, false]);
    }
  });

  const call = (n: number, rest: Partial<LoggedCall> = {}): LoggedCall => ({
    clientId: 'e'.repeat(32),
    grantId: 'f'.repeat(32),
    requestId: `loud${String(n).padStart(6, '0')}`,
    operation: 'x'.repeat(300),
    fields: 'products '.repeat(60).trim(),
    status: 200,
    ms: 3.4,
    cost: 7,
    errorCode: null,
    failed: false,
    ...rest,
  });

  test('a flood fills neither memory nor tables, hides no failure, and is told of', async () => {
    const { store, clock } = server.it.services;
    const told: [string, number][] = [];
    const log = callLog({ store, clock, days: 30, onError: () => {}, onLines: (...line) => told.push(line) });
    for (let n = 0; n < LINES_OF_CLIENT + 40; n += 1) log.recordCall(call(n));
    log.recordCall(call(999_999, { failed: true, status: 500, errorCode: 'internal' }));
    log.recordCall(call(999_998, { clientId: 'd'.repeat(32) }));
    await log.close();
    const { rows } = await lines({ clientId: 'e'.repeat(32), limit: 1_000 });
    expect(rows).toHaveLength(LINES_OF_CLIENT + 1);
    expect(rows[0]).toMatchObject({ requestId: 'loud999999', errorCode: 'internal', ms: 3 });
    expect(rows[0]?.operation).toHaveLength(64);
    expect(told).toEqual([
      ['left_out', 40],
      ['written', LINES_OF_CLIENT + 2],
    ]);
  });

  test('what a database refused is written with the next lines, once', async () => {
    const { store, clock } = server.it.services;
    const errors: unknown[] = [];
    let down = true;
    const flaky = new Proxy(store, {
      get: (target, key) => {
        if (down && key === 'kit') throw new Error('the database is away');
        return Reflect.get(target, key) as unknown;
      },
    });
    const log = callLog({ store: flaky, clock, days: 30, onError: (error) => errors.push(error) });
    const clientId = 'c'.repeat(32);
    log.recordCall(call(1, { clientId, requestId: 'kept0001' }));
    await log.flush();
    down = false;
    log.recordCall(call(2, { clientId, requestId: 'kept0002' }));
    log.recordCall(call(2, { clientId, requestId: 'kept0002' }));
    await log.close();
    expect(errors).toHaveLength(1);
    const { rows } = await lines({ clientId });
    expect(rows.map(({ requestId }) => requestId)).toEqual(['kept0002', 'kept0001']);
  });

  test('0 days keep nothing; lines go when they are older than they are kept', async () => {
    const { store, clock } = server.it.services;
    const off = callLog({ store, clock, days: 0, onError: () => {} });
    off.recordCall(call(1, { clientId: 'a'.repeat(32) }));
    await off.close();
    expect((await lines({ clientId: 'a'.repeat(32) })).rows).toEqual([]);
    const prune = () => pruneOnce({ store, clock, auditDays: 400, requestLogDays: 30 });
    server.it.clock.advance(30 * DAY - 60);
    expect((await prune()).calls).toBe(0);
    server.it.clock.advance(120);
    expect((await prune()).calls).toBeGreaterThan(LINES_OF_CLIENT);
    expect((await lines()).rows).toEqual([]);
  });
});
