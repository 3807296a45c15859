/**
 * What EC-CUBE's CSV pages of products and categories wrote, done again by jobs that take the same files: the same rows come
 * of it, or the record is on the list of differences with its reason (csv-differences.ts).
 */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { noteUnnamedImage } from '../../src/shop/store/unnamed-images.ts';
import { embeddedShopApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { CSV_DIFFERENCES, CSV_OTHER_WORDS } from './csv-differences.ts';
import { csvJobs, csvKindOf } from './csv-jobs.ts';
import { csvReplays, shippingCsvReplays } from './replays.ts';
import { readShop, shopDifferences } from './shop-compare.ts';
import { bringShop, passSequences, type ShopRecord } from './shop-records.ts';

const RECORDS = csvReplays;
const listed = ({ record }: ShopRecord) => CSV_DIFFERENCES.filter(({ records }) => records.includes(record));
const DONE = 'CSVファイルをアップロードしました';
const IMAGES = {
  save: async () => {},
  has: async (name: string) => /^\w{1,50}\.(png|jpg)$/.test(name),
  remove: async () => {},
};

describe('the list of differences', () => {
  test('has only records of these files, each with its reason in both languages', () => {
    const names = new Set([...RECORDS, ...shippingCsvReplays].map(({ record }) => record));
    for (const { records, en, ja } of CSV_DIFFERENCES) {
      expect(records.filter((record) => !names.has(record))).toEqual([]);
      expect(en).toMatch(/^[A-Z].*\.$/s);
      expect(ja).toMatch(/[ぁ-ん].*。$/s);
    }
    const different = RECORDS.filter((record) => listed(record).length > 0).length;
    console.info(
      `replayed ${RECORDS.length} CSV files: ${RECORDS.length - different} the same, ${different} on the list`,
    );
    expect(RECORDS.length).toBeGreaterThanOrEqual(75);
  });
});

eachDatabase((database) => {
  const clock = fixedClock(Date.UTC(2027, 0, 1) / 1000);
  let store: Store;
  let upload: ReturnType<typeof csvJobs>;
  beforeAll(async () => {
    store = await database.openMigrated();
    const registry = buildRegistry(coreEntities);
    const shop = await embeddedShopApi(store, { clock, images: IMAGES });
    await shop.close();
    await passSequences(store, database.name);
    upload = csvJobs({ store, clock, registry, api: shop.api });
  });

  test.each(RECORDS.map((record) => [record.record, record] as const))('%s', async (_name, record) => {
    await bringShop(store, database.name, record);
    await switchFees(store, database.name, record);
    await noteImages(store, record.csv);
    const before = await readShop(store.db);
    const { codes, says } = await upload(csvKindOf(record.path), record.csv, record.encoding);
    const differences = listed(record);
    const code = differences.find((one) => one.code !== undefined)?.code;
    const isRefused = code === undefined ? !record.says.includes(DONE) : code !== null;
    expect(codes.length > 0, JSON.stringify({ says, eccube: record.says })).toBe(isRefused);
    if (typeof code === 'string') expect(codes[0]).toBe(code);
    else if (isRefused && !CSV_OTHER_WORDS.has(record.record))
      expect(says.join('\n')).toContain((record.says[0] ?? '').replace(/。$/, ''));
    const after = await readShop(store.db);
    const found = shopDifferences(record, before, after, store.kit.dateText(clock.now()));
    const allowed = new Set(differences.flatMap(({ tables }) => tables));
    expect([...found.keys()].sort(), JSON.stringify([...found.values()])).toEqual([...allowed].sort());
  });
});

/** The records of own tax rates were made with fees of products switched on too. */
async function switchFees({ db }: Store, name: string, { record }: ShopRecord): Promise<void> {
  const isOn = record.startsWith('product-csv-own-tax') || record.endsWith('own-tax-removed');
  const options = ['option_product_delivery_fee', 'option_product_tax_rule'];
  const value = sql.lit(name === 'postgres' ? isOn : Number(isOn));
  for (const option of options) await sql`update dtb_base_info set ${sql.ref(option)} = ${value}`.execute(db);
}

/** As POST /api/images leaves them: noted until a product names them. */
async function noteImages(store: Store, csv: string): Promise<void> {
  for (const [name] of csv.matchAll(/\w+\.(png|jpg)/g)) await noteUnnamedImage(store, name, 0);
}
