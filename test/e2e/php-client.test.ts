/** The PHP program of a client's next steps, run as it stands by PHP's own server, against this server. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SnippetInput, snippetInput } from '../../src/admin/clients/steps/input.ts';
import { LANGUAGES } from '../../src/admin/clients/steps/languages.ts';
import { stepsJa } from '../../src/admin/i18n/ja/client-tabs.ts';
import { findClient } from '../../src/oauth/store/clients.ts';
import { onSqlite } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';
import { describeUnless } from '../support/left-out.ts';
import { type Answer, decide, HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type ClientWish, type TestClient, useOAuthServer } from '../support/oauth-server.ts';

const php = spawnSync('php', ['-r', 'exit(extension_loaded("curl") ? 0 : 1);']);
const LACKING = php.status === 0 ? undefined : 'PHP with its curl extension is not installed';

describeUnless(LACKING, 'PHP', () => {
  onSqlite((database) => {
    const server = useOAuthServer(database);
    let browser: HttpBrowser;
    let folder: string;
    let running: ChildProcess | undefined;

    beforeAll(async () => {
      browser = await loggedIn(server.it);
      folder = mkdtempSync(join(tmpdir(), 'tegata-php-'));
    });
    afterAll(() => {
      running?.kill();
      rmSync(folder, { recursive: true, force: true });
    });

    async function write(made: TestClient, more: Partial<SnippetInput> = {}): Promise<string> {
      const client = await findClient(server.it.services.store.db, made.clientId);
      if (!client) throw new Error('the client is gone');
      const { url, issuer } = server.it;
      const places = {
        authorizeUrl: `${url}/admin/authorize`,
        tokenUrl: `${url}/token`,
        apiUrl: `${url}/api`,
        issuer,
      };
      const file = join(folder, 'index.php');
      writeFileSync(
        file,
        LANGUAGES.php.write({ ...snippetInput(client, places, stepsJa.comments), ...more }),
      );
      return file;
    }

    const environment = ({ secret }: TestClient) => ({
      PATH: process.env.PATH,
      TEGATA_CLIENT_SECRET: secret,
    });

    /** Serves the folder as the app's own web server would; `/cb` is answered by `index.php`. */
    async function serve(port: number, made: TestClient): Promise<HttpBrowser> {
      running?.kill();
      running = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', folder, join(folder, 'index.php')], {
        env: environment(made),
        stdio: 'ignore',
      });
      const app = `http://127.0.0.1:${port}`;
      await expect
        .poll(
          () =>
            fetch(app, { redirect: 'manual' }).then(
              () => true,
              () => false,
            ),
          { timeout: 10_000 },
        )
        .toBe(true);
      return new HttpBrowser(app);
    }

    /** From the app to consent and back; what the app shows. */
    async function walk(app: HttpBrowser): Promise<Answer> {
      const sent = await app.get('/cb');
      expect([sent.status, sent.location]).toEqual([302, expect.stringContaining('code_challenge=')]);
      const approved = await decide(browser, await browser.get(sent.location), 'approve');
      return app.get(approved.location);
    }

    test.each<[string, ClientWish, Partial<SnippetInput>]>([
      ['Basic', {}, {}],
      ['the body', {}, { auth: 'client_secret_post' }],
      ['PKCE alone', { isPublic: true }, {}],
    ])('walks from consent to data and refreshes, by %s', async (_title, wish, more) => {
      const port = await freePort();
      const made = await server.it.client({
        ...wish,
        pkce: 'auto',
        redirectUris: [`http://127.0.0.1:${port}/cb`],
      });
      await write(made, more);
      const shown = await walk(await serve(port, made));
      expect([shown.status, shown.body]).toEqual([200, expect.stringContaining('[totalCount] =>')]);
      const events = await server.it.services.store.db
        .selectFrom('tegata_event')
        .select('kind')
        .where('client_id', '=', made.clientId)
        .where('kind', 'in', ['code_redeemed', 'token_refreshed'])
        .orderBy('event_id')
        .execute();
      expect(events.map(({ kind }) => kind)).toEqual(['code_redeemed', 'token_refreshed']);
    });

    test('acts as itself', async () => {
      const made = await server.it.client({
        grantTypes: ['client_credentials'],
        redirectUris: ['https://a.example/cb'],
      });
      // A server that answers in this very process: nothing here may block it.
      const child = spawn('php', [await write(made)], { env: environment(made) });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      const code = await new Promise((done) => child.on('close', done));
      expect([code, out]).toEqual([0, expect.stringContaining('[totalCount] =>')]);
    });
  });
});
