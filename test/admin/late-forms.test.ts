/** What becomes of work when the login ended in between: a page asked for, a form half filled in, a consent half given. */
import { expect, test } from 'vitest';
import { SESSION_SECONDS } from '../../src/staff/rules/session.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  type Answer,
  answerOf,
  decide,
  type HttpBrowser,
  hidden,
  loggedIn,
  newBrowser,
  submitLogin,
} from '../support/oauth-browser.ts';
import { CALLBACK, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath } from '../support/oauth-walks.ts';

const NEW = '/admin/api/oauth/new';
/** What a browser says of a form of our own page. */
const OWN = { 'sec-fetch-site': 'same-origin' };
const FORM = {
  name: '入力<途中>',
  redirect_uris: `${CALLBACK}\r\nhttps://b.example/`,
  scopes: 'read',
  grants: 'authorization_code',
  client_type: 'confidential',
};

eachDatabase((db) => {
  const server = useOAuthServer(db);

  const enter = async (tab: HttpBrowser) => submitLogin(tab, await tab.get('/admin/login'));
  /** Every hidden field of the one form of a page that sends again. */
  const kept = ({ body }: Answer): Record<string, string> => {
    const text = (html: string) => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    const fields = [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, text(value)]));
  };
  const clients = async () => {
    const { db: own } = server.it.services.store;
    return (await own.selectFrom('tegata_client').select('name').execute()).map(({ name }) => name);
  };

  test('who was sent to the login comes to the page that was asked for, once', async () => {
    const tab = newBrowser(server.it);
    const wanted = '/admin/api/oauth?q=%E5%9C%A8';
    expect((await tab.get(wanted)).location).toBe('/admin/login');
    expect((await enter(tab)).location).toBe(wanted);
    await tab.get(wanted);
    await tab.post('/admin/logout', { _token: hidden(await tab.get(NEW), '_token') });
    expect((await enter(tab)).location).toBe('/admin');
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/admin/../evil',
    '/administrator',
    '/admin/a\\b',
    '/',
  ])('nothing in a cookie leads elsewhere: %s', async (way) => {
    const tab = newBrowser(server.it);
    tab.setCookie('tegata_back', encodeURIComponent(way));
    expect((await enter(tab)).location).toBe('/admin');
  });

  test('a form that comes after the login has ended is kept, and can be sent after the next login', async () => {
    const tab = await loggedIn(server.it);
    const _token = hidden(await tab.get(NEW), '_token');
    server.it.clock.advance(SESSION_SECONDS.idle);
    const late = await tab.post(NEW, { ...FORM, password: 'typed', _token }, OWN);
    expect(late.status).toBe(403);
    expect(late.body).toContain('もう一度送信する');
    expect(late.body).not.toContain('typed');
    expect(await clients()).not.toContain(FORM.name);
    expect((await enter(tab)).status).toBe(303);
    // The page still has the token of nobody: it is asked once more, now with the token of the new login.
    const again = await tab.post(NEW, kept(late), OWN);
    expect([again.status, kept(again)]).toEqual([403, { ...FORM, _token: expect.any(String) }]);
    expect((await tab.post(NEW, kept(again), OWN)).status).toBe(200);
    expect(await clients()).toContain(FORM.name);
  });

  test('a form of which nobody knows where it comes from is not kept', async () => {
    const tab = await loggedIn(server.it);
    for (const site of [undefined, 'none', 'same-site', 'cross-site']) {
      const headers = site === undefined ? {} : { 'sec-fetch-site': site };
      const refused = await tab.post(NEW, { ...FORM, _token: 'forged' }, headers);
      expect([refused.status, kept(refused)]).toEqual([403, {}]);
    }
  });

  test('a login page left open in another tab leads in instead of being refused', async () => {
    const tab = newBrowser(server.it);
    const left = await tab.get('/admin/login');
    await enter(tab);
    expect(await submitLogin(tab, left, undefined, undefined, OWN)).toMatchObject({
      status: 303,
      location: '/admin',
    });
  });

  test('a consent answered after logging out asks again, and nothing of the request is lost', async () => {
    const tab = await loggedIn(server.it);
    const { clientId } = await server.it.client();
    const path = authorizePath(clientId, { state: 'kept' });
    const page = await tab.get(path);
    await tab.post('/admin/logout', { _token: hidden(await tab.get('/admin'), '_token') });
    const late = await decide(tab, page, 'approve', OWN);
    expect(late).toMatchObject({ status: 303, location: path });
    const login = await tab.get((await tab.get(path)).location);
    const back = await submitLogin(tab, login);
    const answer = await decide(tab, await tab.get(back.location), 'approve');
    expect([...answerOf(answer).keys()].sort()).toEqual(['code', 'iss', 'state']);
  });
});
