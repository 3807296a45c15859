/**
 * What EC-CUBE's pages of products, categories, class names, tags, customers and masters wrote, done again by the API over
 * real HTTP: the same rows come of it, all rows of all their tables looked at, or the record is on the list of differences
 * with its reason (product-differences.ts). What EC-CUBE refused is refused with its own words.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { noteUnnamedImage } from '../../src/shop/store/unnamed-images.ts';
import { embeddedShopApi, type ShopApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { OTHER_WORDS, SHOP_DIFFERENCES } from './product-differences.ts';
import { shopReplays } from './replays.ts';
import { readShop, shopDifferences } from './shop-compare.ts';
import { bringShop, passSequences, type ShopRecord } from './shop-records.ts';

const all = shopReplays;
const replayed = all.filter(({ counterpart }) => typeof counterpart !== 'string');
const listed = ({ record }: ShopRecord) => SHOP_DIFFERENCES.filter(({ records }) => records.includes(record));

/** Images that an upload has put there. */
const IMAGES = {
  save: async () => {},
  has: async (name: string) => /^\d+_[0-9a-f]+\.png$/i.test(name),
  remove: async () => {},
};

/** As POST /api/images leaves them: noted until a product names them. */
async function upload(
  store: Store,
  variables: Readonly<Record<string, unknown>>,
  now: number,
): Promise<void> {
  const { images = [] } = (variables.input ?? {}) as { readonly images?: readonly string[] };
  for (const name of images) if (await IMAGES.has(name)) await noteUnnamedImage(store, name, now);
}

describe('the list of differences', () => {
  test('has only records that are replayed, each with its reason in both languages', () => {
    const names = new Set(replayed.map(({ record }) => record.record));
    for (const { records, tables, en, ja } of SHOP_DIFFERENCES) {
      expect(records.filter((record) => !names.has(record))).toEqual([]);
      expect(tables.length).toBeGreaterThan(0);
      expect(en).toMatch(/^[A-Z].*\.$/s);
      expect(ja).toMatch(/[ぁ-ん].*。$/s);
    }
  });

  test('counts', () => {
    const different = replayed.filter(({ record }) => listed(record).length > 0);
    const without = all.flatMap(({ record, counterpart }) =>
      typeof counterpart === 'string' ? [`${record.record} (${counterpart})`] : [],
    );
    const on = (name: string) => replayed.filter(({ record }) => record.database === name).length;
    console.info(
      `replayed ${replayed.length} (PostgreSQL ${on('postgres')}, MySQL ${on('mysql')}, SQLite ${on('sqlite')}): ` +
        `${replayed.length - different.length} the same, ${different.length} on the list; ` +
        `without counterpart ${without.length}: ${without.join(', ')}`,
    );
    expect(on('postgres')).toBeGreaterThanOrEqual(200);
  });
});

eachDatabase((database) => {
  const clock = fixedClock(Date.UTC(2027, 0, 1) / 1000);
  const mine = replayed.filter(({ record }) => record.database === database.name);
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store, { clock, images: IMAGES });
    await passSequences(store, database.name);
  });
  afterAll(() => shop.close());

  test.each(mine.map(({ record, counterpart }) => [record.record, record, counterpart] as const))(
    '%s',
    async (_name, record, counterpart) => {
      if (typeof counterpart === 'string') return;
      await bringShop(store, database.name, record);
      const before = await readShop(store.db);
      const { document, variables, refused } = counterpart;
      await upload(store, variables, clock.now());
      const { errors } = await shop.ask(document, { ...variables });
      const differences = listed(record);
      const code = differences.find((one) => one.code !== undefined)?.code;
      expect(errors?.[0]?.extensions.code, JSON.stringify(errors)).toBe(
        code === undefined ? refused : (code ?? undefined),
      );
      if (refused && !OTHER_WORDS.has(record.record) && code === undefined) {
        const said = (errors ?? []).map(({ message }) => message).join('\n');
        for (const text of record.says.flatMap((one) => one.split(' / ').slice(0, 1)))
          expect(said).toContain(text);
      }
      const after = await readShop(store.db);
      const found = shopDifferences(record, before, after, store.kit.dateText(clock.now()));
      const allowed = new Set(differences.flatMap(({ tables }) => tables));
      expect([...found.keys()].sort(), JSON.stringify([...found.values()])).toEqual([...allowed].sort());
    },
  );
});
