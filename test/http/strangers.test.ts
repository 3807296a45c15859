/** What strangers leave behind is bounded, however often they come: rows of the audit log, requests that wait, lines of the log. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { EventKind } from '../../src/audit/kinds.ts';
import { exportEvents } from '../../src/security/audit-log.ts';
import {
  REFUSAL_WINDOW_SECONDS,
  REFUSALS_WRITTEN_PER_KIND,
  REFUSALS_WRITTEN_PER_SOURCE,
} from '../../src/staff/refusals.ts';
import { eachDatabase } from '../support/databases.ts';
import { answerOf, loggedIn, newBrowser, submitLogin } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { approve, authorizePath, postToken } from '../support/oauth-walks.ts';
import { askRaw } from '../support/raw-target.ts';

/** The usual limits, not those of the other tests. */
const FROM_A_PROXY = { TRUSTED_PROXIES: '127.0.0.1', TEGATA_FAILURES_PER_MINUTE: '1000' };
const MOST_QUERY_BYTES = 5_000;
const MOST_WAITING = 300; // of one address in ten minutes
const LONGEST_LINE = 1_000; // characters

const from = (ip: string) => ({ 'x-forwarded-for': ip });

type Exported = { kind: string; ip: string | null; client_id: string | null; detail: { repeated?: number } };

eachDatabase((db) => {
  const server = useOAuthServer(db, FROM_A_PROXY);
  let client: TestClient;
  beforeAll(async () => {
    client = await server.it.client();
  });

  const eventsOf = async (kind: EventKind): Promise<Exported[]> => {
    await server.it.services.refusals.flush();
    const found: Exported[] = [];
    for await (const lines of exportEvents(server.it.services.token, { kinds: [kind] })) {
      found.push(
        ...lines
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Exported),
      );
    }
    return found;
  };

  const inGroups = async (times: number, one: (i: number) => Promise<unknown>) => {
    for (let i = 0; i < times; i += 20) {
      await Promise.all(Array.from({ length: Math.min(20, times - i) }, (_, k) => one(i + k)));
    }
  };

  describe('A8: refused requests in the audit log', () => {
    const guess = (ip: string, clientId: string) =>
      postToken(
        server.it,
        { grant_type: 'client_credentials', client_id: clientId, client_secret: 'guess' },
        from(ip),
      );

    test('of one address the first are written, then a number in one row', async () => {
      const ip = '198.51.100.1';
      const rounds = REFUSALS_WRITTEN_PER_SOURCE + 70;
      await inGroups(rounds, (i) => guess(ip, `nobody-${i}`));
      const events = (await eventsOf('token_refused')).filter((event) => event.ip === ip);
      expect(events).toHaveLength(REFUSALS_WRITTEN_PER_SOURCE + 1);
      expect(events.flatMap(({ detail }) => detail.repeated ?? [])).toEqual([70]);
    });

    test('a client that is known is a source of its own: its failures do not drown', async () => {
      const ip = '198.51.100.1';
      await guess(ip, client.clientId);
      const of = (await eventsOf('token_refused')).filter((event) => event.client_id === client.clientId);
      expect(of).toEqual([
        expect.objectContaining({ ip, detail: expect.not.objectContaining({ repeated: 1 }) }),
      ]);
    });

    test('of all addresses together too, and the next hour begins anew', async () => {
      const visit = (ip: string) => newBrowser(server.it).get(authorizePath('nobody'), from(ip));
      await inGroups(REFUSALS_WRITTEN_PER_KIND + 25, (i) => visit(`203.0.${i >> 8}.${i & 255}`));
      const events = await eventsOf('authorize_refused');
      expect(events).toHaveLength(REFUSALS_WRITTEN_PER_KIND + 1);
      expect(events.filter(({ detail }) => detail.repeated !== undefined)).toEqual([
        expect.objectContaining({ ip: null, client_id: null, detail: { repeated: 25 } }),
      ]);
      server.it.clock.advance(REFUSAL_WINDOW_SECONDS);
      await visit('203.0.113.9');
      expect(await eventsOf('authorize_refused')).toHaveLength(REFUSALS_WRITTEN_PER_KIND + 2);
    });
  });

  // Once is enough: nothing of it is the database's.
  if (db.name === 'sqlite')
    test('A8: who has no token is refused before a large body has come', async () => {
      const text = 'x'.repeat(100_000);
      const refused = async (length: string, part: string) => {
        const headers = [length, 'content-type: application/json', 'authorization: Bearer nonsense'];
        const { status, body } = await askRaw(server.it.url, {
          method: 'POST',
          target: '/api',
          headers,
          part,
        });
        expect([status, body]).toEqual([401, expect.stringContaining('"category":"authentication"')]);
      };
      await Promise.all([
        refused('content-length: 1000000', text),
        refused('transfer-encoding: chunked', `fffff\r\n${text}`),
      ]);
    });

  test('A8: while an address is locked, the login ids that it tries leave nothing', async () => {
    const rows = async () =>
      (await server.it.services.store.db.selectFrom('tegata_throttle').select('throttle_id').execute())
        .length;
    const browser = newBrowser(server.it);
    const logIn = async (loginId: string) =>
      submitLogin(browser, await browser.get('/admin/login'), loginId, 'wrong', from('192.0.2.1'));
    for (let i = 0; i < 25; i++) await logIn(`somebody-${i}`);
    const before = await rows();
    const refused = await logIn('somebody-else');
    expect(refused.status).toBe(429);
    for (let i = 0; i < 5; i++) await logIn(`another-${i}`);
    expect(await rows()).toBe(before);
    expect(await eventsOf('login_throttled')).toHaveLength(1);
    server.it.clock.advance(1_800);
  });

  describe('A8: requests that wait for a login', () => {
    const waiting = async () =>
      server.it.services.store.db.selectFrom('tegata_authorization_request').selectAll().execute();

    test('a query beyond 5,000 bytes is a page and leaves no request', async () => {
      const path = authorizePath(client.clientId, { pad: '' });
      const pad = MOST_QUERY_BYTES - path.slice(path.indexOf('?') + 1).length;
      const ask = (length: number) =>
        newBrowser(server.it).get(
          authorizePath(client.clientId, { pad: 'x'.repeat(length) }),
          from('192.0.2.7'),
        );
      const before = (await waiting()).length;
      const refused = await ask(pad + 1);
      expect(refused.status).toBe(400);
      expect(refused.body).toContain('5,000バイト');
      expect(await waiting()).toHaveLength(before);
      expect((await ask(pad)).status).toBe(303);
      const kept = await waiting();
      expect(kept).toHaveLength(before + 1);
      for (const row of kept) expect(JSON.stringify(row).length).toBeLessThan(MOST_QUERY_BYTES + 1_000);
    });

    test('state comes back whole up to 4,000 bytes', async () => {
      const browser = await loggedIn(server.it);
      for (const state of ['s'.repeat(2_100), 's'.repeat(4_000)]) {
        const answer = answerOf(await approve(browser, client, { state }));
        expect([answer.has('code'), answer.get('state')]).toEqual([true, state]);
      }
      const tooLong = authorizePath(client.clientId, { state: 's'.repeat(4_001) });
      const refused = answerOf(await browser.get(tooLong));
      expect([refused.get('error'), refused.get('state')?.length]).toEqual(['invalid_request', 4_001]);
    });

    test('an address may have so many, and others are not held up', async () => {
      const ask = (ip: string) => newBrowser(server.it).get(authorizePath(client.clientId), from(ip));
      await inGroups(MOST_WAITING, () => ask('192.0.2.8'));
      const before = (await waiting()).length;
      const answer = await ask('192.0.2.8');
      expect(answer.status).toBe(429);
      expect(answer.body).toContain('試行回数の上限を超過しました。');
      expect(await waiting()).toHaveLength(before);
      expect((await ask('192.0.2.9')).status).toBe(303);
    });
  });

  test('A8: no line of the log is as long as an address may be', async () => {
    for (const path of [`/${'p'.repeat(14_000)}`, `/admin/${'q'.repeat(14_000)}?x=1`]) {
      await fetch(`${server.it.url}${path}`);
    }
    const lines = server.it.log().split('\n');
    expect(lines.some((line) => line.includes('ppp'))).toBe(true);
    expect(Math.max(...lines.filter((line) => /ppp|qqq/.test(line)).map((line) => line.length))).toBeLessThan(
      LONGEST_LINE,
    );
  });
});
