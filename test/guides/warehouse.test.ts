/** The warehouse's guide, run word for word while the shop sells: no sale is lost, nothing done twice, no echo heard. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, startProgram } from '../support/program.ts';
import { blocksOf, type Guide, openGuide, shownIn } from './guide.ts';

const PAGE = 'docs/guides/warehouse.md';
const folder = mkdtempSync(join(tmpdir(), 'tegata-guide-'));
let program: Program;
let guide: Guide;
let shop: DatabaseSync;

beforeAll(async () => {
  program = await startProgram();
  guide = openGuide(['docs/guides/order-manager.md', PAGE], folder, program);
  await guide.run('register');
  shop = new DatabaseSync(join(program.dataDir, 'shop.db'));
});
afterAll(() => shop?.close());
afterAll(() => program?.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stock = (code: string): number =>
  Number(shop.prepare('select stock from dtb_product_class where product_code = ?').get(code)?.stock);
/** As the checkout leaves both stocks. */
const sell = (code: string): void =>
  shop.exec(`begin immediate;
    update dtb_product_stock set stock = stock - 1 where product_class_id = (select id from dtb_product_class where product_code = '${code}');
    update dtb_product_class set stock = stock - 1 where product_code = '${code}'; commit`);

test('both languages have the same programs', () => {
  expect(blocksOf('docs/ja/guides/warehouse.md')).toEqual(blocksOf(PAGE));
  expect(shownIn('docs/ja/guides/warehouse.md')).toEqual(shownIn(PAGE));
});

test('a delivery note is added once, sales stay, and only what the shop did is heard', async () => {
  const [tea, sticks] = [stock('YNM-01'), stock('TNG-01-AI')];
  sell('YNM-01');
  expect(await guide.run('receive')).toBe(shownIn(PAGE)[0]);
  expect(await guide.shell('node warehouse.mjs receive note.csv ASN-2026-1101')).toBe(shownIn(PAGE)[0]);
  expect([stock('YNM-01'), stock('TNG-01-AI')]).toEqual([tea + 29, sticks + 12]);

  let told = '';
  const hear = async () => (told += await guide.run('hear'));
  await hear();
  sell('YNM-01');
  await expect.poll(hear, { timeout: 20_000, interval: 200 }).toContain(`YNM-01,${tea + 28}\n`);
  expect(told).not.toContain('TNG-01-AI');
});

test('a stock-take leaves alone what was sold meanwhile; the history says why each number is what it is', async () => {
  const [tea, sticks] = [stock('YNM-01'), stock('TNG-01-AI')];
  writeFileSync(join(folder, 'count.csv'), `YNM-01,5,${tea}\nTNG-01-AI,7,${sticks}\n`);
  sell('TNG-01-AI');
  expect(await guide.run('count')).toBe(
    `TNG-01-AI: STOCK_STALE changeFromStock: The stock is ${sticks - 1}, not ${sticks};\n1 of 2 saved\n`,
  );
  expect([stock('YNM-01'), stock('TNG-01-AI')]).toEqual([5, sticks - 1]);
  const history = (await guide.run('history')).trim().split('\n');
  expect(history[0]).toBe(`${tea} -> 5 棚卸し COUNT-2026-11`);
  expect(history[1]).toMatch(/ 入荷 ASN-2026-1101$/);
});
