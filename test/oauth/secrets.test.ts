/** One whole flow with every secret that can occur in it, and then: is any of them in the log, the database, the pages? */
import { beforeAll, describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { answerOf, decide, hidden, loggedIn } from '../support/oauth-browser.ts';
import { ADMIN, CALLBACK, useOAuthServer } from '../support/oauth-server.ts';
import {
  authorizePath,
  basic,
  callApi,
  makePkce,
  postToken,
  redeem,
  refresh,
  tokensOf,
} from '../support/oauth-walks.ts';

const OWN_TABLES = [
  'tegata_client',
  'tegata_client_secret',
  'tegata_grant',
  'tegata_code',
  'tegata_refresh_token',
  'tegata_access_token',
  'tegata_authorization_request',
  'tegata_session',
  'tegata_event',
] as const;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  const secrets: Record<string, string> = { password: ADMIN.password };
  let clientId = '';
  let pages: string[] = [];

  beforeAll(async () => {
    const browser = await loggedIn(server.it);
    const form = await browser.get('/admin/api/oauth/new');
    const fields = new URLSearchParams({
      name: '在庫くん',
      redirect_uris: CALLBACK,
      client_type: 'confidential',
      _token: hidden(form, '_token'),
    });
    for (const scope of ['read', 'write']) fields.append('scopes', scope);
    for (const grant of ['authorization_code', 'refresh_token']) fields.append('grants', grant);
    const made = await browser.post('/admin/api/oauth/new', fields.toString());
    const shown = (id: string) => new RegExp(`id="${id}"[^>]* value="([\\w-]+)"`).exec(made.body)?.[1] ?? '';
    clientId = shown('client-id');
    secrets.clientSecret = shown('client-secret');
    const client = { clientId, secret: secrets.clientSecret };
    const pkce = makePkce();
    const consent = await browser.get(authorizePath(clientId, pkce.challenge));
    const got = answerOf(await decide(browser, consent, 'approve'));
    const good = { code_verifier: pkce.verifier };
    const first = tokensOf(await redeem(server.it, client, got.get('code') ?? '', good));
    const second = tokensOf(await refresh(server.it, client, first.refresh));
    await callApi(server.it, second.access);
    await fetch(`${server.it.url}/api?access_token=${second.access}`);
    // Everything once more in ways that are refused, since refusals are what is logged.
    await redeem(server.it, client, got.get('code') ?? '', good);
    await refresh(server.it, client, second.refresh);
    await callApi(server.it, first.access);
    await postToken(server.it, { grant_type: 'password', ...good }, basic(clientId, `${client.secret}x`));
    await fetch(`${server.it.url}/token?client_secret=${client.secret}&code=${got.get('code')}`);
    Object.assign(secrets, {
      code: got.get('code') ?? '',
      verifier: pkce.verifier,
      access: first.access,
      secondAccess: second.access,
      refresh: first.refresh,
      secondRefresh: second.refresh,
      session: browser.cookie('tegata_session') ?? '',
      browser: browser.cookie('tegata_browser') ?? '',
      formToken: hidden(consent, '_token'),
    });
    const places = ['/admin', '/admin/api/oauth', `/admin/api/oauth/${clientId}`, '/admin/store/plugin'];
    pages = await Promise.all(places.map(async (path) => (await browser.get(path)).body));
  });

  const found = (text: string): string[] =>
    Object.entries(secrets)
      .filter(([, secret]) => text.includes(secret))
      .map(([name]) => name);

  test('ASVS-11.5.1: every secret occurred, and what the server made has 128 bits and more', () => {
    const { password, verifier, access, secondAccess, ...made } = secrets;
    for (const [name, secret] of Object.entries(made)) {
      expect(Buffer.from(secret, 'base64url').length, name).toBeGreaterThanOrEqual(16);
    }
    const short = Object.entries(secrets).filter(([, secret]) => secret.length < 20);
    expect(short).toEqual([]);
    expect(new Set(Object.values(secrets)).size).toBe(11);
  });

  describe('ADV-17, BCP-35: no secret or token where others can read it', () => {
    test('ASVS-16.2.5: the log at level debug holds none, and holds the requests', () => {
      expect(server.it.log()).toContain('"/token"');
      expect(found(server.it.log())).toEqual([]);
    });

    test('the tables of Tegata hold none', async () => {
      const rows = [];
      for (const table of OWN_TABLES) {
        const own = await server.it.services.store.db.selectFrom(table).selectAll().execute();
        expect(own.length, table).toBeGreaterThan(0);
        rows.push(...own);
      }
      expect(found(JSON.stringify(rows))).toEqual([]);
    });

    test('the pages hold none but the form token', () => {
      expect(pages.every((page) => page.includes('</html>'))).toBe(true);
      expect(found(pages.join('\n')).filter((name) => name !== 'formToken')).toEqual([]);
    });
  });

  test('ADV-18: a broken signing key is told to nobody', async () => {
    const { keyFiles } = server.it.services;
    const jwks = await (await fetch(`${server.it.url}/.well-known/jwks.json`)).text();
    for (const one of keyFiles.keys()) {
      const { d, p, q } = one.privateKey!.export({ format: 'jwk' });
      for (const part of [d, p, q]) {
        expect(part).toMatch(/^[\w-]{20,}$/);
        expect(`${jwks}${server.it.log()}${pages.join()}`).not.toContain(part);
      }
    }
  });
});
