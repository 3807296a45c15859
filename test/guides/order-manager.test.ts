/**
 * The order manager's guide, run word for word: polling sees partial shipments, a number is corrected, and after a stop or a
 * crash the program goes on from its cursor: nothing is missed, nothing is told twice.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, startProgram } from '../support/program.ts';
import { blocksOf, type Guide, openGuide, shownIn } from './guide.ts';

const PAGE = 'docs/guides/order-manager.md';
const folder = mkdtempSync(join(tmpdir(), 'tegata-guide-'));
let program: Program;
let guide: Guide;

beforeAll(async () => {
  program = await startProgram();
  guide = openGuide([PAGE], folder, program);
  await guide.run('register');
});
afterAll(() => program?.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const state = (): string => readFileSync(join(folder, 'orders-state.json'), 'utf8');
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
/** Polls until something is told: a change can be asked for a moment after its commit. */
async function heard(): Promise<string[]> {
  const all: string[] = [];
  await expect
    .poll(
      async () => {
        all.push(...lines(await guide.run('poll')));
        return all.length;
      },
      { timeout: 20_000, interval: 200 },
    )
    .toBeGreaterThan(0);
  return all;
}

test('both languages have the same programs', () => {
  expect(blocksOf('docs/ja/guides/order-manager.md')).toEqual(blocksOf(PAGE));
  expect(shownIn('docs/ja/guides/order-manager.md')).toEqual(shownIn(PAGE));
});

test('a day: partial shipment, corrected number, restart from the cursor; the output is as the page shows', async () => {
  expect(await guide.run('poll')).toMatch(/^\d+ orders read\n$/);
  expect(await guide.run('poll')).toBe('');
  const told: string[] = [];
  const [ship = '', , correct = ''] = lines(blocksOf(PAGE).get('ship and correct') ?? '');

  told.push(...lines(await guide.shell(ship)));
  told.push(...(await heard()));
  expect(await guide.run('poll'), 'told once').toBe('');

  told.push(...lines(await guide.shell(correct)));
  const before = state();
  const news = await heard();
  told.push(...news);
  expect(`${told.join('\n')}\n`).toBe(shownIn(PAGE)[0]);

  // A crash before the state was saved: the same is told again, and what is known by then is the same.
  const after = state();
  writeFileSync(join(folder, 'orders-state.json'), before);
  expect(lines(await guide.run('poll'))).toEqual(news);
  expect(JSON.parse(state()).orders).toEqual(JSON.parse(after).orders);
  expect(await guide.run('poll')).toBe('');
});

test('a parcel shipped twice is shipped once; one that somebody else has changed is left alone', async () => {
  const ship = 'node parcel.mjs ship 16 4900-0000-0016';
  expect(await guide.shell(ship)).toBe('parcel 16 shipped\n');
  await guide.shell('node parcel.mjs correct 17 1111-0000-0017');
  expect(await guide.shell('node parcel.mjs correct 17 2222-0000-0017')).toBe(
    'parcel 17 has changed in the meantime; poll first\n',
  );
  expect(await heard()).toEqual(['order 16: parcel 17 1111-0000-0017, 1 of 2 parcels shipped']);
});

test('a cursor that is no longer kept: everything is read again, and the cursor is a new one', async () => {
  const { cursor } = JSON.parse(state());
  const shop = new DatabaseSync(join(program.dataDir, 'shop.db'));
  shop.exec('delete from tegata_feed where position < (select max(position) from tegata_feed)');
  shop.close();
  const first = Buffer.from('change:0').toString('base64url');
  writeFileSync(join(folder, 'orders-state.json'), JSON.stringify({ cursor: first, orders: {} }));
  expect(await guide.run('poll')).toMatch(/^\d+ orders read\n$/);
  expect(JSON.parse(state()).cursor).toBe(cursor);
});
