/** The quick start of both READMEs does what it says: its shell commands, word for word, against a fresh program. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { decideInBrowser, registerInBrowser } from './admin-walk.ts';
import { type CallbackServer, startCallbackServer } from './callback-server.ts';
import { runInShell } from './shell.ts';

const ROOT = join(import.meta.dirname, '../..');
const STEPS = ['install', 'values', 'exchange', 'call', 'refresh'] as const;
const DOCUMENTS = ['README.md', 'README.ja.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md'];

type Blocks = Readonly<Record<(typeof STEPS)[number], string>>;

function quickStart(file: string): Blocks {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/<!-- quick start: (\w+) -->\n```sh\n([\s\S]*?)```/g);
  const blocks = Object.fromEntries([...found].map(([, step, commands]) => [step, commands]));
  expect(Object.keys(blocks), `the steps of ${file}`).toEqual([...STEPS]);
  return blocks as Blocks;
}

let program: Program;
let callback: CallbackServer;

beforeAll(async () => {
  callback = await startCallbackServer();
  program = await startProgram();
});
afterAll(() => program?.stop());
afterAll(() => callback?.close());

test('both languages give the same commands', () => {
  expect(quickStart('README.ja.md')).toEqual(quickStart('README.md'));
});

test('the install commands are the ones that package.json knows', () => {
  expect(quickStart('README.md').install).toBe('npm ci\nnpm start\n');
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(scripts).toHaveProperty('start');
});

test.each(DOCUMENTS)('every file that %s links to exists', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
  const gone = links.filter((path) => !existsSync(join(ROOT, dirname(document), path)));
  expect(gone).toEqual([]);
});

describeInBrowser('the quick start of', (browser) => {
  test.each(['README.md', 'README.ja.md'])('%s leads to data', async (file) => {
    const blocks = quickStart(file);
    const client = await registerInBrowser(browser, program, {
      name: 'README',
      redirectUris: [callback.url],
    });
    const answer = await decideInBrowser(browser, program, callback, client.authorizeUrl);
    const values: Record<string, string> = {
      BASE: program.url,
      CLIENT_ID: client.clientId,
      CLIENT_SECRET: client.clientSecret,
      REDIRECT_URI: callback.url,
      CODE: answer.get('code') ?? '',
    };
    const filledIn = blocks.values.replace(/^(\w+)='.*'$/gm, (_line, name) => `${name}='${values[name]}'`);
    const script = ['set -e', filledIn, blocks.exchange, blocks.call, 'echo', blocks.refresh].join('\n');
    const [tokens, data, refreshed] = (await runInShell(script)).trim().split('\n');
    expect(JSON.parse(tokens ?? '')).toMatchObject({ token_type: 'Bearer', scope: 'read write' });
    expect(JSON.parse(data ?? '').data.products.nodes).toHaveLength(3);
    expect(JSON.parse(refreshed ?? '').refresh_token).not.toBe(JSON.parse(tokens ?? '').refresh_token);
  });
});
