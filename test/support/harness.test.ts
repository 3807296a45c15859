/** The harness itself: curl's answers, a page under the strict policy of the admin, and what the page checks refuse. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { curl } from './curl.ts';
import { expectAccessible } from './pages.ts';

const page = (body: string) =>
  `<!doctype html><html lang="ja"><title>t</title><main><h1>題</h1>${body}</main></html>`;

const PAGES: Record<string, string> = {
  '/good': page('<label>名前 <input name="a"></label>'),
  '/unlabelled': page('<input name="a">'),
  '/wide': page('<table><tr><td style="min-width: 60em">広い</table>'),
};

const server = createServer((request, response) => {
  // Headers of the answer only: inline script and eval are forbidden, as on the admin pages.
  response.setHeader('content-security-policy', "default-src 'self'; style-src 'unsafe-inline'");
  response.setHeader('set-cookie', ['a=1', 'b=2']);
  request.resume().on('end', () => {
    response.writeHead(request.method === 'POST' ? 303 : 200, {
      location: '/good',
      'content-type': 'text/html',
    });
    response.end(PAGES[request.url ?? ''] ?? '');
  });
});

let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.closeAllConnections());
afterAll(() => server.close());

describe('curl', () => {
  test('gives status, headers and body, and does not follow', async () => {
    const answer = await curl('-d', 'a=1', `${base}/good`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/good');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.body).toBe(PAGES['/good']);
  });

  test('passes over an interim answer', async () => {
    expect((await curl('-H', 'Expect: 100-continue', '-d', 'a=1', `${base}/good`)).status).toBe(303);
  });

  test('rejects when nobody listens', async () => {
    await expect(curl('http://127.0.0.1:1/')).rejects.toThrow();
  });
});

describeInBrowser('page checks', (browser) => {
  test('a good page passes under a strict policy', async () => {
    const tab = await browser.newPage();
    await tab.goto(`${base}/good`);
    await expectAccessible(tab);
  });

  test.each([
    ['/unlabelled', 'label'],
    ['/wide', 'is wider than 390 px'],
  ])('%s is refused', async (path, reason) => {
    const tab = await browser.newPage();
    await tab.goto(base + path);
    await expect(expectAccessible(tab)).rejects.toThrow(reason);
  });
});
