/** The programs that a client's next steps show are run as they stand, against a server that notes what it is asked. */
import { execFile, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, importSPKI, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SnippetInput } from '../../src/admin/clients/steps/input.ts';
import { LANGUAGES, type Language } from '../../src/admin/clients/steps/languages.ts';
import { stepsEn } from '../../src/admin/i18n/en/client-tabs.ts';
import { describeUnless } from '../support/left-out.ts';

type Asked = { path: string; authorization: string | undefined; form: URLSearchParams; json: unknown };

const SECRET = 's+e/c r%t';
const CLIENT_ID = 'client-1';
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let server: Server;
let base: string;
let folder: string;
const asked: Asked[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const isJson = request.headers['content-type']?.includes('json') ?? false;
      asked.push({
        path: request.url ?? '',
        authorization: request.headers.authorization,
        form: new URLSearchParams(isJson ? '' : body),
        json: isJson ? JSON.parse(body) : undefined,
      });
      const answer = isJson ? { data: { products: 3 } } : { access_token: 'at', refresh_token: 'rt' };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'tegata-snippets-'));
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'private-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  asked.length = 0;
});

const input = (rest: Partial<SnippetInput> = {}): SnippetInput => ({
  authorizeUrl: `${base}/admin/authorize`,
  tokenUrl: `${base}/token`,
  apiUrl: `${base}/api`,
  issuer: 'https://shop.example',
  clientId: CLIENT_ID,
  redirectUri: 'https://app.example/cb?a=1&b=2',
  scope: 'read write',
  mayRefresh: true,
  actsAsItself: false,
  auth: 'client_secret_basic',
  alg: 'ES256',
  kid: 'k1',
  query: '{ products(limit: 5) { totalCount } }',
  words: stepsEn.comments,
  ...rest,
});

/** C# is compiled first. */
const RUN = {
  python: ['python3', 'py'],
  javascript: [process.execPath, 'mjs'],
  csharp: ['mono', 'cs'],
} as const;
type Runnable = keyof typeof RUN;

const JSON_OF_DOTNET = join(import.meta.dirname, '../support/system-text-json.cs');

const mcs = (...args: string[]) => {
  const references = ['System.Net.Http', 'System.Web', 'System.Web.Extensions'].map(
    (name) => `-r:${name}.dll`,
  );
  return spawnSync('mcs', [...references, ...args, JSON_OF_DOTNET], { encoding: 'utf8' });
};

function compilesCsharp(): boolean {
  const made = mkdtempSync(join(tmpdir(), 'tegata-mcs-'));
  const { status } = mcs('-target:library', `-out:${made}/json.dll`);
  rmSync(made, { recursive: true });
  return status === 0;
}

/** The program as it stands, by Mono's compiler; the file that runs. */
function compiled(file: string): string {
  const { status, stdout, stderr } = mcs('-warnaserror', `-out:${file}.exe`, file);
  if (status !== 0) throw new Error(stdout + stderr);
  return `${file}.exe`;
}

/** Starts the program; answers its question with the address that an approval would lead to. */
function run(
  language: Runnable,
  wanted: SnippetInput,
  state?: string,
): Promise<{ out: string; failed: boolean }> {
  const [program, extension] = RUN[language];
  const file = join(folder, `app.${extension}`);
  writeFileSync(file, LANGUAGES[language].write(wanted));
  const started = language === 'csharp' ? compiled(file) : file;
  return new Promise((done) => {
    const env = { PATH: process.env.PATH, TEGATA_CLIENT_SECRET: SECRET };
    const child = execFile(
      program,
      [started],
      { cwd: folder, env, timeout: 20_000 },
      (error, stdout, stderr) => done({ out: stdout + stderr, failed: error !== null }),
    );
    let seen = '';
    let told = false;
    child.stdout?.on('data', (text: string) => {
      seen += text;
      const url = /http\S+\/admin\/authorize\?\S+/.exec(seen)?.[0];
      if (told || url === undefined || !seen.includes('\n')) return;
      told = true;
      const back = state ?? new URL(url).searchParams.get('state') ?? '';
      child.stdin?.write(`https://app.example/cb?a=1&b=2&code=abc&state=${encodeURIComponent(back)}\n`);
    });
  });
}

const authorizeIn = (out: string) =>
  new URL(/http\S+\/admin\/authorize\?\S+/.exec(out)?.[0] ?? 'x:').searchParams;

/** Why a machine cannot run it. */
const LACKING: Readonly<Record<Runnable, string | undefined>> = {
  python: spawnSync('python3', ['--version']).status === 0 ? undefined : 'Python is not installed',
  javascript: undefined,
  csharp: compilesCsharp()
    ? undefined
    : 'Mono with mcs, System.Net.Http and System.Web.Extensions is not installed',
};

describe.each(Object.keys(RUN) as Runnable[])('%s', (language) => {
  describeUnless(LACKING[language], 'as it stands', () => walks(language));
});

function walks(language: Runnable): void {
  test('walks from consent to data and refreshes, by PKCE and Basic', async () => {
    const { out } = await run(language, input());
    const request = authorizeIn(out);
    expect(Object.fromEntries(request)).toMatchObject({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: 'https://app.example/cb?a=1&b=2',
      scope: 'read write',
      code_challenge_method: 'S256',
    });
    const [redeemed, called, refreshed] = asked;
    expect(Object.fromEntries(redeemed?.form ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: 'abc',
      redirect_uri: 'https://app.example/cb?a=1&b=2',
      code_verifier: expect.stringMatching(/^[\w-]{43,128}$/),
    });
    const verifier = redeemed?.form.get('code_verifier') ?? '';
    expect(request.get('code_challenge')).toBe(createHash('sha256').update(verifier).digest('base64url'));
    const [id, secret] = Buffer.from(redeemed?.authorization?.slice(6) ?? '', 'base64')
      .toString()
      .split(':');
    expect([id, decodeURIComponent((secret ?? '').replaceAll('+', ' '))]).toEqual([CLIENT_ID, SECRET]);
    expect(called).toMatchObject({
      path: '/api',
      authorization: 'Bearer at',
      json: { query: input().query },
    });
    expect(out).toContain('products');
    expect(Object.fromEntries(refreshed?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'rt',
    });
  });

  test('takes no answer with a state of others', async () => {
    expect((await run(language, input(), 'another')).failed).toBe(true);
    expect(asked).toEqual([]);
  });

  test('a secret in the body, a public client, and one that acts as itself', async () => {
    await run(language, input({ auth: 'client_secret_post', mayRefresh: false }));
    expect(asked[0]?.form.get('client_secret')).toBe(SECRET);
    asked.length = 0;
    await run(language, input({ auth: 'none', mayRefresh: false }));
    expect(asked).toHaveLength(2);
    expect([asked[0]?.form.get('client_id'), asked[0]?.form.has('client_secret')]).toEqual([
      CLIENT_ID,
      false,
    ]);
    asked.length = 0;
    await run(language, input({ redirectUri: null, mayRefresh: false, actsAsItself: true }));
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      scope: 'read write',
    });
    expect(asked[1]).toMatchObject({ path: '/api', authorization: 'Bearer at' });
  });
}

test('javascript signs with the client’s key', async () => {
  const own = { redirectUri: null, mayRefresh: false, actsAsItself: true };
  await run('javascript', input({ auth: 'private_key_jwt', ...own }));
  const assertion = asked[0]?.form.get('client_assertion') ?? '';
  const key = await importSPKI(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'ES256');
  await jwtVerify(assertion, key, {
    issuer: CLIENT_ID,
    subject: CLIENT_ID,
    audience: 'https://shop.example',
  });
  expect(decodeProtectedHeader(assertion)).toMatchObject({ alg: 'ES256', kid: 'k1' });
  const { exp = 0, iat = 0, jti } = decodeJwt(assertion);
  expect([exp - iat, typeof jti]).toEqual([60, 'string']);
});

describe('every language and way of authentication', () => {
  const auths = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
  const kinds = [
    ['code', { actsAsItself: false }],
    ['itself', { redirectUri: null, mayRefresh: false, actsAsItself: true }],
    ['both', { actsAsItself: true }],
  ] as const;
  const all = (Object.keys(LANGUAGES) as Language[]).flatMap((language) =>
    auths.flatMap((auth) => kinds.map(([kind, rest]) => ({ language, auth, kind, rest }))),
  );
  test.each(all)(
    '$language, $auth, $kind says what it must and nothing of the other way',
    ({ language, auth, kind, rest }) => {
      const program = LANGUAGES[language].write(input({ auth, ...rest }));
      expect(program).not.toMatch(/undefined|\[object/);
      expect(program.includes('TEGATA_CLIENT_SECRET')).toBe(auth.startsWith('client_secret'));
      expect(program.includes('private-key.pem')).toBe(auth === 'private_key_jwt');
      expect(program.includes('S256"') || program.includes("S256'")).toBe(
        kind !== 'itself' || auth === 'private_key_jwt',
      );
      expect(program.includes('client_credentials')).toBe(kind !== 'code');
      expect(program.includes('code_verifier')).toBe(kind !== 'itself');
    },
  );
});
