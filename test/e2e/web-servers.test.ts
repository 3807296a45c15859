/**
 * The files of docs/deploy, each with the real web server in front of Tegata and of a stub of EC-CUBE that owns `/` and
 * `/admin/*`: HTTPS and HTTP/2 end at the web server, and the seed's flow, events and uploads pass it.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../src/app/config/config.ts';
import { outsideFindings } from '../../src/cli/doctor/outside.ts';
import { describeInBrowser, screenshots, type TestBrowser } from '../support/browser.ts';
import { curl } from '../support/curl.ts';
import { type EcCubeStub, startEcCubeStub } from '../support/ec-cube-stub.ts';
import { freePort } from '../support/free-port.ts';
import { describeUnless } from '../support/left-out.ts';
import { type Program, runProgram, startProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';
import { submitLogin } from './admin-walk.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';
import {
  type Certificate,
  lackingServer,
  makeCertificate,
  startWebServer,
  WEB_SERVERS,
} from './web-servers.ts';

const PAGES = '/admin/api/oauth/tegata';
const SIDE = 900; // pixels; noise of this size is more than nginx takes when nobody tells it to (1 MB)

const folder = scratchFolder('tegata-web-');
const port = await freePort();
const publicUrl = `https://localhost:${port}`;
const images = join(folder, 'images');
const picture = join(folder, 'noise.png');

let certificate: Certificate;
let ecCube: EcCubeStub;
let callback: CallbackServer;
let program: Program;
let client: { client_id: string; client_secret: string };

beforeAll(async () => {
  mkdirSync(images);
  certificate = makeCertificate(folder);
  setDefaultCACertificates([...getCACertificates(), readFileSync(certificate.cert, 'utf8')]);
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
  writeFileSync(
    picture,
    await sharp(randomBytes(SIDE * SIDE * 3), { raw })
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );
  [ecCube, callback] = await Promise.all([startEcCubeStub(), startCallbackServer()]);
  const env = { PUBLIC_URL: publicUrl, TRUSTED_PROXIES: '127.0.0.1', TEGATA_IMAGE_DIR: images };
  program = await startProgram({ env });
  const wish = ['--name', 'Proxy', '--redirect-uri', callback.url, '--scope', 'read write', '--json'];
  const { stdout } = await runProgram(['client', 'create', ...wish], {
    ...env,
    TEGATA_DATA_DIR: program.dataDir,
  });
  client = JSON.parse(stdout) as typeof client;
});
afterAll(async () => {
  await Promise.all([program?.stop(), callback?.close(), ecCube?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const settings = () => parseConfig({ PUBLIC_URL: publicUrl, PORT: new URL(program.url).port });

const ask = (...args: string[]) => curl('--http2', '--cacert', certificate.cert, ...args);

/** Authorization in a fresh browser: login, consent, back at the app with a code. */
async function codeBy(browser: TestBrowser, name: string): Promise<string> {
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: callback.url,
    scope: 'read write',
    state: name,
  });
  await page.goto(`${publicUrl}/admin/authorize?${query}`);
  expect(new URL(page.url()).pathname).toBe(`${PAGES}/login`);
  expect(await page.evaluate<string>("getComputedStyle(document.querySelector('.login-box')).display")).toBe(
    'block',
  );
  expect(
    await page.evaluate<number>('[...document.styleSheets].filter((one) => one.cssRules.length).length'),
  ).toBe(2);
  await screenshots(page, `${name}-login`);
  await submitLogin(page, program.adminPassword);
  await page.getByRole('button', { name: '許可する' }).waitFor();
  await screenshots(page, `${name}-consent`);
  await page.getByRole('button', { name: '許可する' }).click();
  await page.getByText('アプリに戻りました').waitFor();
  await page.goto(`${publicUrl}${PAGES}`);
  await page.getByRole('heading', { name: 'ホーム' }).waitFor();
  await screenshots(page, `${name}-home`);
  await page.context().close();
  const answer = callback.received.at(-1)?.searchParams;
  expect([answer?.get('state'), answer?.get('iss')]).toEqual([name, publicUrl]);
  return answer?.get('code') ?? '';
}

async function tokenFor(code: string): Promise<string> {
  const form = ['grant_type=authorization_code', `code=${code}`, `redirect_uri=${callback.url}`];
  const fields = [...form, `client_id=${client.client_id}`, `client_secret=${client.client_secret}`];
  const sent = fields.flatMap((one) => ['--data-urlencode', one]);
  const answer = await ask(...sent, '-w', '%{http_version}', `${publicUrl}/token`);
  expect([answer.status, answer.body.slice(-1)], answer.body).toEqual([200, '2']);
  return (JSON.parse(answer.body.slice(0, -1)) as { access_token: string }).access_token;
}

/** Reads the stream until it holds the words, which are brought about when the stream has begun. */
function heard(token: string, words: RegExp, bringAbout: () => Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const asked = request(`${publicUrl}/api/changes`, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        if (text === '') bringAbout().catch(reject);
        text += part;
        if (!words.test(text)) return;
        asked.destroy();
        resolve();
      });
      response.on('end', () => reject(new Error(`the stream ended: ${response.statusCode} ${text}`)));
    });
    asked.on('error', reject).end();
  });
}

const STOCK =
  'mutation ($stock: Int!) { updateProductStock(code: "YNM-01", stock: $stock, stock_unlimited: false) { code } }';

const siteOf = (name: string) => {
  const tegata = `127.0.0.1:${new URL(program.url).port}`;
  return { folder: join(folder, name), port, tegata, ecCube: new URL(ecCube.url).host, certificate };
};

describeUnless(lackingServer('htaccess'), 'where .htaccess alone can be changed', () => {
  test('its lines let every address through where mod_proxy is on', async () => {
    // Apache's own account reads the file.
    chmodSync(folder, 0o711);
    const server = await startWebServer('htaccess', siteOf('htaccess'));
    onTestFinished(() => server.stop());
    const findings = await outsideFindings(settings());
    expect(findings.filter(({ state }) => state !== 'ok').map(({ name }) => name)).toEqual(['host name']);
  });
});

describeInBrowser('on one host name, behind', (browser) => {
  for (const [place, name] of WEB_SERVERS.entries()) {
    describeUnless(lackingServer(name), name, () => {
      let server: Awaited<ReturnType<typeof startWebServer>>;
      let token: string;

      beforeAll(async () => {
        server = await startWebServer(name, siteOf(name));
      });
      afterAll(() => server?.stop());

      test('authorize → ログイン → 許可する → code → token, without EC-CUBE seeing any of it', async () => {
        const before = ecCube.received.length;
        token = await tokenFor(await codeBy(browser, name));
        const answer = await ask(
          ...['-H', `Authorization: Bearer ${token}`],
          `${publicUrl}/api?query=${encodeURIComponent('{ products(limit: 1) { totalCount } }')}`,
        );
        expect(JSON.parse(answer.body)).toHaveProperty('data.products.totalCount');
        expect(ecCube.received.slice(before).filter((one) => one !== 'GET /favicon.ico')).toEqual([]);
      });

      test('EC-CUBE keeps what is its own', async () => {
        for (const path of [
          '/',
          '/admin/login',
          '/admin/api/other',
          '/apis',
          '/tokens',
          '/admin/authorized',
        ]) {
          const answer = await ask(`${publicUrl}${path}`);
          expect([path, answer.headers.get('set-cookie')]).toEqual([path, expect.stringMatching(/^eccube=/)]);
        }
      });

      test('an event comes while the stream is open', async () => {
        const body = JSON.stringify({ query: STOCK, variables: { stock: 100 + place } });
        const change = () =>
          ask(
            ...['-H', `Authorization: Bearer ${token}`, '-H', 'Content-Type: application/json'],
            ...['-d', body, `${publicUrl}/api`],
          );
        await heard(token, /"product_stock"|"product"/i, change);
      });

      test('a picture of more than a megabyte is taken in', async () => {
        const answer = await ask(
          ...['-H', `Authorization: Bearer ${token}`, '-H', 'Content-Type: image/png'],
          ...['--data-binary', `@${picture}`, `${publicUrl}/api/images`],
        );
        expect([answer.status, JSON.parse(answer.body)]).toEqual([
          201,
          expect.objectContaining({ type: 'image/png', width: SIDE }),
        ]);
      });

      test('tegata doctor --from-outside finds nothing to mend', async () => {
        const findings = await outsideFindings(settings());
        expect(findings.filter(({ state }) => state !== 'ok')).toEqual([
          { name: 'host name', state: 'note', says: 'shared: / comes from EC-CUBE' },
        ]);
        expect(program.output(), 'the proxy that is named is believed').not.toContain(
          'TRUSTED_PROXIES does not name',
        );
      });
    });
  }
});
