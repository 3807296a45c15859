/** Three nodes behind a proxy that sends each request to another one: whatever takes several requests works all the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sequence } from '../../src/feed/sequence.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { decideInBrowser, logIn, openOAuthList, registerClient } from '../e2e/admin-walk.ts';
import { startCallbackServer } from '../e2e/callback-server.ts';
import { pasteAndRun } from '../e2e/shell.ts';
import { ownToken } from '../oauth/support/asking.ts';
import { machine } from '../oauth/support/policy-client.ts';
import { type Node, secondNode } from '../oauth/support/second-node.ts';
import { describeInBrowser } from '../support/browser.ts';
import { eachDatabase } from '../support/databases.ts';
import { type EventStream, openEventStream } from '../support/event-stream.ts';
import { freePort } from '../support/free-port.ts';
import {
  decide,
  type HttpBrowser,
  hidden,
  loggedIn,
  newBrowser,
  submitLogin,
} from '../support/oauth-browser.ts';
import { ADMIN, type OAuthServer, useOAuthServer } from '../support/oauth-server.ts';
import { callApi, newTokens, refresh, tokensOf } from '../support/oauth-walks.ts';
import { type RoundRobin, roundRobin } from '../support/round-robin.ts';

const POINTS = 'mutation ($id: ID!) { customerPointChange(id: $id, delta: 1, reason: "job") { point } }';

eachDatabase((db) => {
  if (db.name === 'sqlite') {
    // Nodes of one process would wait for each other's writes.
    test('several nodes need a database server', () => expect(db.open().kit.supportsRowLocks).toBe(false));
    return;
  }
  const env: Record<string, string> = { TEGATA_PATH: '/admin' };
  let port: number;
  beforeAll(async () => {
    port = await freePort();
    env.PUBLIC_URL = `http://localhost:${port}`;
  });
  const server = useOAuthServer(db, env);
  let nodes: Node[];
  let proxy: RoundRobin;
  /** The same, asked over the proxy. */
  let front: OAuthServer;
  beforeAll(async () => {
    nodes = await Promise.all([secondNode(server.it), secondNode(server.it)]);
    const ports = await Promise.all(nodes.map((node) => node.listen()));
    proxy = await roundRobin(port, [Number(new URL(server.it.url).port), ...ports]);
    front = { ...server.it, url: `http://localhost:${port}` };
    await installFeed(server.it.services.store);
    nodes[0]?.services.jobWorker.start();
  });
  afterAll(async () => {
    await nodes[0]?.services.jobWorker.stop();
    await proxy.close();
    await Promise.all(nodes.map((node) => node.close()));
  });

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  test('a login, a consent, a code, and a refresh that is said twice', async () => {
    const before = [...proxy.sent];
    const browser = await loggedIn(front);
    const client = await server.it.client();
    const { refresh: token } = await newTokens(front, browser, client);
    const [first, again] = [await refresh(front, client, token), await refresh(front, client, token)];
    expect(tokensOf(again).refresh).toBe(tokensOf(first).refresh);
    expect(Math.min(...proxy.sent.map((count, place) => count - (before[place] ?? 0)))).toBeGreaterThan(1);
  });

  test('the flow tester, whose token the explorer then asks with', async () => {
    const browser = await loggedIn(front);
    const local = (url: string) => url.replace(server.it.issuer, '');
    const fields = { scopes: 'read', _token: hidden(await browser.get('/admin/api/tester'), '_token') };
    const { body } = await browser.post('/admin/api/tester', fields);
    const begun = /href="([^"]*\/admin\/authorize\?[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const approved = await decide(browser, await browser.get(local(begun)), 'approve');
    const result = await browser.get(local(approved.location));
    expect(result.body).toContain('接続できました。');
    const token = /id="access_token"[^>]*value="([^"]+)"/.exec(result.body)?.[1] ?? '';
    for (const _node of proxy.sent) expect((await callApi(front, token)).status).toBe(200);
  });

  test('wrong passwords count wherever they are said', async () => {
    const refused: boolean[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      const browser: HttpBrowser = newBrowser(front);
      const answer = await submitLogin(
        browser,
        await browser.get('/admin/login'),
        'nobody-here',
        'wrong-wrong-1',
      );
      refused.push(answer.body.includes('ログイン試行回数が多すぎます'));
    }
    expect(refused).toEqual([false, false, false, false, false, true]);
  });

  test('a mutation that is said again is carried out once', async () => {
    const token = await ownToken(front, await machine(server.it));
    const points =
      'mutation { customerPointChange(id: "1", delta: 5, reason: "once", clientMutationId: "a") { point } }';
    const answers = [];
    for (const _node of proxy.sent) answers.push(await (await callApi(front, token, points)).json());
    const [first] = answers as { data: { customerPointChange: { point: number } } }[];
    expect(first?.data.customerPointChange.point).toBeGreaterThanOrEqual(5);
    expect(answers.map(({ data }) => data)).toEqual(proxy.sent.map(() => first?.data));
  });

  test('a listener hears of a change by another node, and goes on at a third', async () => {
    const token = await ownToken(front, await machine(server.it));
    // What the tests before have written is told as well.
    const hasProduct = ({ events }: EventStream) => events.some(({ data }) => data.includes('"product"'));
    const change = async (note: string) => {
      const mutation = `mutation { updateProduct(id: "1", note: "${note}") { note } }`;
      expect(await (await callApi(front, token, mutation)).json()).toMatchObject({
        data: { updateProduct: { note } },
      });
      await sequence({ store: server.it.services.store, clock: server.it.clock });
    };
    const stream = await openEventStream(`${front.url}/api/changes`, bearer(token));
    await change('heard');
    await stream.until(hasProduct);
    const last = stream.lastEventId();
    stream.leave();
    await change('missed');
    const next = await openEventStream(`${front.url}/api/changes`, {
      ...bearer(token),
      'last-event-id': last,
    });
    await next.until(hasProduct);
    expect(next.events[0]?.id).not.toBe(last);
    next.leave();
  });

  test('a job is taken in, worked off, followed and fetched by different nodes', async () => {
    const token = await ownToken(front, await machine(server.it));
    const taken = await fetch(`${front.url}/api/jobs?${new URLSearchParams({ query: POINTS })}`, {
      method: 'POST',
      body: '{"id":"1"}\n{"id":"2"}\n',
      headers: { ...bearer(token), 'content-type': 'application/jsonl' },
    });
    expect(taken.status).toBe(202);
    const place = `${front.url}${taken.headers.get('location')}`;
    const stream = await openEventStream(place, { ...bearer(token), accept: 'text/event-stream' });
    await stream.until(({ events }) => /"completed"/.test(events.at(-1)?.data ?? ''));
    stream.leave();
    const result = await fetch(`${place}/result`, { headers: bearer(token) });
    expect((await result.text()).trim().split('\n')).toHaveLength(2);
  });

  if (db.name !== 'postgres') return;
  describeInBrowser('by a real browser', (browser) => {
    test('register, approve, exchange, ask and refresh', { timeout: 90_000 }, async () => {
      const callback = await startCallbackServer();
      try {
        const place = { url: front.url, adminPassword: ADMIN.password };
        const page = await browser.newPage();
        await logIn(page, place);
        await openOAuthList(page);
        const client = await registerClient(page, { name: 'どのノードでも', redirectUris: [callback.url] });
        expect(client.clientSecret).toMatch(/^[\w-]{43,}$/);
        await page.context().close();
        const answer = await decideInBrowser(browser, place, callback, client.authorizeUrl);
        const tokens = await pasteAndRun(client.exchange, { CODE: String(answer.get('code')) });
        const called = await pasteAndRun(client.call, { ACCESS_TOKEN: String(tokens.access_token) });
        expect(called).toMatchObject({ data: { products: { nodes: expect.any(Array) } } });
        const fresh = await pasteAndRun(client.refresh, { REFRESH_TOKEN: String(tokens.refresh_token) });
        expect(fresh.refresh_token).not.toBe(tokens.refresh_token);
      } finally {
        await callback.close();
      }
    });
  });
});
