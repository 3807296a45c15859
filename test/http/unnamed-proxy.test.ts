/** PUBLIC_URL is https and nobody named the proxy in front: what hangs on HTTPS holds, and no stranger counts as this machine. */
import { describe, expect, test, vi } from 'vitest';
import { proxyFault, seenProxy } from '../../src/app/unnamed-proxy.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Fields, HttpBrowser, newBrowser, submitLogin } from '../support/oauth-browser.ts';
import { ADMIN, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, postToken } from '../support/oauth-walks.ts';

const PUBLIC_URL = 'https://api.shop.example';
const from = (address: string): Fields => ({ 'x-forwarded-for': address, 'x-forwarded-proto': 'https' });

eachDatabase((db) => {
  describe('behind a proxy that nobody told us of', () => {
    const server = useOAuthServer(db, { PUBLIC_URL });

    test('cookies and HSTS follow PUBLIC_URL, whatever the proxy says', async () => {
      for (const headers of [{}, from('203.0.113.9')]) {
        const answer = await newBrowser(server.it).get('/admin/login', headers);
        expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
        const [line = ''] = answer.headers.getSetCookie();
        expect(line).toMatch(/^__Host-tegata_browser=.*; Secure/i);
      }
    });

    test('/metrics is closed to this machine’s address, which may be anybody’s', async () => {
      for (const headers of [{}, from('203.0.113.9'), { forwarded: 'for=203.0.113.9' }]) {
        expect((await fetch(`${server.it.url}/metrics`, { headers: headers as Fields })).status).toBe(404);
      }
    });

    const wrong = async (headers: Fields, loginId: string = ADMIN.loginId) => {
      const tab = newBrowser(server.it);
      return submitLogin(tab, await tab.get('/admin/login', headers), loginId, 'wrong', headers);
    };

    test('the failures of strangers lock out themselves and not the owner', { timeout: 60_000 }, async () => {
      const stranger = from('198.51.100.1');
      for (let i = 0; i < 6; i += 1) await wrong(stranger);
      for (let i = 0; i < 20; i += 1) await wrong(stranger, `nobody${i}`);
      expect((await wrong(stranger, 'nobody')).status).toBe(429);
      // What a client writes itself stands before what the proxy adds.
      expect((await wrong(from('192.0.2.7, 198.51.100.1'), 'nobody')).status).toBe(429);
      const owner = newBrowser(server.it);
      const own = from('203.0.113.50');
      const page = await owner.get('/admin/login', own);
      expect((await submitLogin(owner, page, ADMIN.loginId, ADMIN.password, own)).status).toBe(303);
    });

    test('it is told once in the log', () => {
      const lines = server.it.log().split('\n');
      expect(lines.filter((line) => line.includes('TRUSTED_PROXIES does not name'))).toHaveLength(1);
    });
  });

  describe('A8: addresses that somebody makes up behind it', () => {
    const server = useOAuthServer(db, { PUBLIC_URL, TEGATA_FAILURES_PER_MINUTE: '30' });
    const rows = async (table: 'tegata_throttle' | 'tegata_authorization_request') =>
      (await server.it.services.store.db.selectFrom(table).selectAll().execute()).length;
    let made = 0;
    const madeUp = (): Fields => {
      made += 1;
      return from(`203.${made >> 16}.${(made >> 8) & 255}.${made & 255}`);
    };
    /** The statuses of so many requests, each from an address of its own. */
    const statuses = async (count: number, one: (headers: Fields) => Promise<{ status: number }>) => {
      const found: number[] = [];
      for (let i = 0; i < count; i += 1) found.push((await one(madeUp())).status);
      return found;
    };

    test('guess no more at /token than the proxy as a whole may', async () => {
      const guess = (headers: Fields) =>
        postToken(
          server.it,
          { grant_type: 'client_credentials', client_id: 'x', client_secret: 'y' },
          headers,
        );
      const found = await statuses(310, guess);
      expect(found.filter((status) => status === 401)).toHaveLength(300);
      expect(found.filter((status) => status === 429)).toHaveLength(10);
    });

    test('leave no more requests that wait for a login', async () => {
      const { clientId } = await server.it.client();
      const before = await rows('tegata_authorization_request');
      const found = await statuses(310, (headers) =>
        newBrowser(server.it).get(authorizePath(clientId), headers),
      );
      expect(found.slice(-10)).toEqual(Array(10).fill(429));
      expect((await rows('tegata_authorization_request')) - before).toBeLessThanOrEqual(300);
    });

    test('leave no trace while the proxy is locked', { timeout: 60_000 }, async () => {
      const tab = newBrowser(server.it);
      const page = await tab.get('/admin/login');
      const guess = (headers: Fields) => submitLogin(tab, page, `nobody${made}`, 'wrong', headers);
      await statuses(250, guess);
      const before = await rows('tegata_throttle');
      expect(await statuses(5, guess)).toEqual(Array(5).fill(429));
      expect(await rows('tegata_throttle')).toBe(before);
    });
  });

  describe('a proxy that is named, and does not say for whom', () => {
    const server = useOAuthServer(db, { PUBLIC_URL, TRUSTED_PROXIES: '127.0.0.1,::1' });
    const status = async (headers: Fields) => (await fetch(`${server.it.url}/metrics`, { headers })).status;

    test.each([
      { 'x-forwarded-proto': 'https' },
      { forwarded: 'for=203.0.113.9' },
      { 'x-real-ip': '203.0.113.9', 'x-forwarded-for': '' },
    ])('opens /metrics to nobody by %j', async (headers) => {
      expect(await status({})).toBe(200);
      expect(await status(headers)).toBe(404);
      expect(await status({ ...headers, 'x-forwarded-for': '127.0.0.1' })).toBe(200);
    });

    test('is told once in the log, and is a fault for two hours', async () => {
      const lines = server.it.log().split('\n');
      expect(lines.filter((line) => line.includes('without X-Forwarded-For'))).toHaveLength(1);
      const { store, config, clock } = server.it.services;
      const fault = async (after: number) =>
        proxyFault(config, await seenProxy(store, config, clock.now() + after));
      await vi.waitFor(async () => expect(await fault(7_000)).toContain('but no X-Forwarded-For'));
      expect(await fault(7_300)).toBeUndefined();
    });
  });

  describe('a request that was forwarded, where none should be', () => {
    const server = useOAuthServer(db);

    test('is no request of this machine: /metrics is closed to it and to nobody else', async () => {
      const status = async (headers: Fields) => (await fetch(`${server.it.url}/metrics`, { headers })).status;
      expect(await status({})).toBe(200);
      expect(await status(from('203.0.113.9'))).toBe(404);
      expect(await status({ 'x-real-ip': '203.0.113.9' })).toBe(404);
      expect(await status({})).toBe(200);
    });

    test('does not make the cookies of plain http secure', async () => {
      const answer = await new HttpBrowser(server.it.url).get('/admin/login', from('203.0.113.9'));
      expect(answer.headers.get('strict-transport-security')).toBeNull();
      expect(answer.headers.getSetCookie()[0]).not.toMatch(/secure/i);
    });
  });
});
