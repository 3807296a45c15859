/** The product tool's guide, run word for word: a product whole, stock, a job, the shop's own changes, a webhook. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { type Program, startProgram } from '../support/program.ts';
import { blocksOf, type Guide, openGuide, shownIn } from './guide.ts';

const PAGE = 'docs/guides/product-tool.md';
const folder = mkdtempSync(join(tmpdir(), 'tegata-guide-'));
const images = mkdtempSync(join(tmpdir(), 'tegata-guide-images-'));
let program: Program;
let guide: Guide;
let shop: DatabaseSync;
let listener: ChildProcess | undefined;

beforeAll(async () => {
  program = await startProgram({ env: { TEGATA_IMAGE_DIR: images, TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' } });
  guide = openGuide([PAGE], folder, program);
  await guide.run('register');
  const picture = sharp({ create: { width: 4, height: 4, channels: 3, background: '#a73' } });
  writeFileSync(join(folder, 'hinoki.png'), await picture.png().toBuffer());
  shop = new DatabaseSync(join(program.dataDir, 'shop.db'));
  shop.exec('pragma busy_timeout = 5000');
});
afterAll(() => shop?.close());
afterAll(() => program?.stop());
afterAll(() => void listener?.kill());
afterAll(() => [folder, images].map((one) => rmSync(one, { recursive: true, force: true })));

const count = (table: string): number => Number(shop.prepare(`select count(*) as n from ${table}`).get()?.n);
/** As staff write it in the product form. */
const rename = (from: string, to: string): void =>
  shop.exec(`update dtb_product set name = '${to}' where name = '${from}'`);

test('both languages have the same programs', () => {
  expect(blocksOf('docs/ja/guides/product-tool.md')).toEqual(blocksOf(PAGE));
  expect(shownIn('docs/ja/guides/product-tool.md')).toEqual(shownIn(PAGE));
});

test('a product with classes and an image, once however often; stock; a season by a job', async () => {
  const [created, stocked, season] = shownIn(PAGE);
  expect(await guide.run('create')).toBe(created);
  const tables = [
    'dtb_product',
    'dtb_product_class',
    'dtb_product_image',
    'dtb_category',
    'dtb_class_category',
  ];
  const before = tables.map(count);
  expect(await guide.run('create')).toBe(created);
  expect(tables.map(count)).toEqual(before);
  expect(readdirSync(images).filter((name) => name.endsWith('.png')).length).toBeGreaterThan(0);

  expect(await guide.run('stock')).toBe(stocked);

  const products = count('dtb_product');
  expect(await guide.run('bulk')).toBe(season);
  expect(await guide.run('bulk')).toBe(season);
  expect(count('dtb_product')).toBe(products + 2);
});

test('what the shop changes is read, and told at once; what the tool itself wrote is not', async () => {
  expect(await guide.run('changes')).toBe('');
  const port = await freePort();
  const register = `PORT=${port}; ${blocksOf(PAGE).get('webhook')}`;
  expect(await guide.shell(register)).toBe('registered\n');
  let heard = '';
  listener = spawn(process.execPath, ['webhook.mjs', 'listen', '127.0.0.1', String(port)], {
    cwd: folder,
    env: { PATH: process.env.PATH, BASE: program.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  listener.stdout?.on('data', (piece) => {
    heard += piece;
  });
  const at = `http://127.0.0.1:${port}/`;
  await expect
    .poll(
      () =>
        fetch(at, { method: 'POST', body: '[]' }).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(400);

  await guide.shell('node stock.mjs TEG-HNK 1 ASN-2002');
  rename('関所せんべい', '関所せんべい（十枚）');
  let told = '';
  const poll = async () => (told += await guide.run('changes'));
  await expect.poll(poll, { timeout: 20_000, interval: 200 }).toContain('PIM-2003');
  expect(told).toBe('PIM-2003 is now 関所せんべい（十枚）\n');
  await expect.poll(() => heard).toBe('PIM-2003: 関所せんべい（十枚）\n');
});
