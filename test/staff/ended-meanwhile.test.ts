/**
 * What was looked at may have ended before the answer is written: a session, a client, a password. Nothing comes of it that
 * outlives the end.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { switchClient } from '../../src/oauth/clients.ts';
import { setMemberPassword } from '../../src/staff/members.ts';
import { endSessionsOfMember } from '../../src/staff/session.ts';
import { beforeTransactionOf } from '../support/before-transaction.ts';
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
import { ADMIN, type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { authorizePath, redeem } from '../support/oauth-walks.ts';

const NOBODY = { loginId: null, clientIp: null, requestId: null };
const NEXT = 'ato-no-tegata-88';
const PASSWORD_PAGE = '/admin/change_password';

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let client: TestClient;
  let members = 0;
  beforeAll(async () => {
    client = await server.it.client();
  });

  const newMember = async (): Promise<string> => {
    members += 1;
    await server.it.member(`tantou${members}`, 0);
    return `tantou${members}`;
  };
  const setPassword = (loginId: string) =>
    setMemberPassword(server.it.services.identity, loginId, NEXT).then((set) =>
      expect(set.kind).toBe('changed'),
    );
  const during = (file: string, deed: () => Promise<unknown>) =>
    beforeTransactionOf(server.it.services.store.db, file, deed);
  const isIn = async (browser: HttpBrowser) => (await browser.get(PASSWORD_PAGE)).status === 200;

  describe('an approval', () => {
    const shown = async (to = client) => {
      const loginId = await newMember();
      const browser = await loggedIn(server.it, loginId);
      return { loginId, browser, page: await browser.get(authorizePath(to.clientId)) };
    };
    const codes = async (loginId: string) =>
      server.it.services.store.db
        .selectFrom('tegata_code')
        .select('code_hash')
        .where('login_id', '=', loginId)
        .execute();
    const expectNone = async (answer: Answer, loginId: string) => {
      expect(answer.location).toMatch(/^\/admin\/authorize\?/);
      expect(await codes(loginId)).toEqual([]);
    };

    test('whose session ended with the old password makes no code, and leads to the login', async () => {
      const { loginId, browser, page } = await shown();
      const hook = during('authorize.ts', () => setPassword(loginId));
      const answer = await decide(browser, page, 'approve');
      hook.done();
      await expectNone(answer, loginId);
      expect((await browser.get(answer.location)).location).toMatch(/^\/admin\/login\?request=/);
    });

    test('whose session an administrator ended makes none either', async () => {
      const { loginId, browser, page } = await shown();
      const hook = during('authorize.ts', () => endSessionsOfMember(server.it.services.identity, loginId));
      const answer = await decide(browser, page, 'approve');
      hook.done();
      await expectNone(answer, loginId);
    });

    test('of a client that was switched off makes none; switched on, the question can be answered', async () => {
      const own = await server.it.client();
      const { loginId, browser, page } = await shown(own);
      const turn = (on: boolean) => switchClient(server.it.services.clients, own.clientId, on, NOBODY);
      const hook = during('authorize.ts', () => turn(false));
      const answer = await decide(browser, page, 'approve');
      hook.done();
      await expectNone(answer, loginId);
      expect((await browser.get(answer.location)).status).toBe(400);
      await turn(true);
      expect(answerOf(await decide(browser, page, 'approve')).has('code')).toBe(true);
    });

    test('at the very moment of a new password: whatever came of it is over', async () => {
      for (let round = 0; round < 4; round += 1) {
        const { browser, loginId, page } = await shown();
        const [answer] = await Promise.all([decide(browser, page, 'approve'), setPassword(loginId)]);
        const code = answerOf(answer).get('code');
        if (code !== null) expect((await redeem(server.it, client, code)).status).toBe(400);
      }
    });
  });

  describe('a login with a password that is replaced while it is looked at', () => {
    test('opens nothing', async () => {
      const loginId = await newMember();
      const browser = newBrowser(server.it);
      const page = await browser.get('/admin/login');
      const hook = during('log-in.ts', () => setPassword(loginId));
      const answer = await submitLogin(browser, page, loginId);
      hook.done();
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('ログインできませんでした');
      expect(await isIn(browser)).toBe(false);
      expect(await isIn(await loggedIn(server.it, loginId, NEXT))).toBe(true);
    });
  });

  describe('a change of the own password', () => {
    test('whose session ended meanwhile changes nothing', async () => {
      const loginId = await newMember();
      const browser = await loggedIn(server.it, loginId);
      const page = await browser.get(PASSWORD_PAGE);
      const hook = during('own-password.ts', () => setPassword(loginId));
      await browser.post(PASSWORD_PAGE, {
        _token: hidden(page, '_token'),
        current: ADMIN.password,
        next: 'yosonohito-no-tegata-5',
        again: 'yosonohito-no-tegata-5',
      });
      hook.done();
      expect(await isIn(browser)).toBe(false);
      expect(await isIn(await loggedIn(server.it, loginId, NEXT))).toBe(true);
    });
  });
});
