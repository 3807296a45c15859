/**
 * What EC-CUBE's 出荷CSV page wrote, done again by jobs that take the same files; and files that its own export has made
 * (配送CSV), which has a row for each item of an order.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { embeddedShopApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { differences, snapshot } from './compare.ts';
import { CSV_DIFFERENCES } from './csv-differences.ts';
import { csvJobs } from './csv-jobs.ts';
import { DIFFERENCES } from './differences.ts';
import { bring, type EccubeRecord, rowNow } from './records.ts';
import { shippingCsvReplays } from './replays.ts';

const RECORDS = shippingCsvReplays;
const DONE = 'CSVファイルをアップロードしました';
/** Said otherwise: the id before, EC-CUBE's names of the states; and what stands around the words. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  'shipping-csv-checks/already-delivered': '2行目の出荷ID: Already shipped',
  'shipping-csv-checks/norows': 'CSVデータが存在しません',
};
const allowedFor = ({ record }: EccubeRecord): string[] => [
  ...DIFFERENCES.filter((one) => one.replayed && one.records.includes(record)).flatMap(({ where }) => where),
  ...CSV_DIFFERENCES.filter(({ records }) => records.includes(record)).flatMap(({ tables }) => tables),
];

/** As EC-CUBE 4.3 names them. */
const EXPORTED =
  '注文ID,注文番号,会員ID,お名前(姓),お名前(名),お名前(セイ),お名前(メイ),会社名,郵便番号,都道府県(ID),都道府県(名称),住所1,住所2,メールアドレス,TEL,性別(ID),性別(名称),職業(ID),職業(名称),誕生日,ショップ用メモ欄,小計,値引き,送料,税金,合計,支払合計,対応状況(ID),対応状況(名称),支払方法(ID),支払方法(名称),受注日,入金日,注文詳細ID,商品ID,商品規格ID,商品名,商品コード,規格名1,規格名2,規格分類名1,規格分類名2,価格,個数,税率,税率ルール(ID),明細区分(ID),明細区分(名称),出荷ID,配送先_お名前(姓),配送先_お名前(名),配送先_お名前(セイ),配送先_お名前(メイ),配送先_会社名,配送先_郵便番号,配送先_都道府県(ID),配送先_都道府県(名称),配送先_住所1,配送先_住所2,配送先_TEL,配送業者(ID),配送業者(名称),お届け時間ID,お届け時間(名称),お届け希望日,送料,発送日,出荷伝票番号,配達用メモ,出荷メール送信日'.split(
    ',',
  );
const exportedRow = (cells: Readonly<Record<string, string>>): string =>
  EXPORTED.map((name) => cells[name] ?? '').join(',');

describe('the recorded files', () => {
  test('are there', () => {
    const different = RECORDS.filter((record) => allowedFor(record).length > 0).length;
    console.info(
      `replayed ${RECORDS.length} shipping CSV files: ${RECORDS.length - different} the same, ${different} on the list`,
    );
    expect(RECORDS.length).toBeGreaterThanOrEqual(12);
  });
});

eachDatabase((database) => {
  const clock = fixedClock(Date.UTC(2027, 0, 1) / 1000);
  let store: Store;
  let upload: ReturnType<typeof csvJobs>;
  beforeAll(async () => {
    store = await database.openShop();
    const shop = await embeddedShopApi(store, { clock });
    await shop.close();
    upload = csvJobs({ store, clock, registry: buildRegistry(coreEntities), api: shop.api });
  });

  test.each(RECORDS.map((record) => [record.record, record] as const))('%s', async (name, record) => {
    await bring(store, database.name, record);
    const before = await snapshot(store.db, record);
    const { codes, says } = await upload('shippings', record.csv ?? '');
    const eccube = (record as EccubeRecord & { readonly says: readonly string[] }).says;
    const isRefused = !eccube.includes(DONE) || name === 'shipping-csv-checks/date-0231';
    expect(codes.length > 0, JSON.stringify({ says, eccube })).toBe(isRefused);
    const words = OTHER_WORDS[name] ?? (eccube.includes(DONE) ? '' : (eccube[0] ?? ''));
    if (isRefused) expect(says.join('\n')).toContain(words);
    const found = await differences(store.db, record, before, store.kit.dateText(clock.now()));
    expect([...found.keys()].sort(), JSON.stringify([...found.values()])).toEqual(allowedFor(record).sort());
  });

  describe('a file of EC-CUBE’s own export', () => {
    const parcel = { id: 65, order: '58' };
    beforeAll(async () => {
      const record = RECORDS.find(({ csv }) => csv?.includes('\r\n65,'));
      if (record) await bring(store, database.name, record);
    });
    const fileOf = (...rows: readonly Readonly<Record<string, string>>[]): string =>
      [EXPORTED.join(','), ...rows.map(exportedRow), ''].join('\r\n');
    const item = { 注文ID: parcel.order, 注文詳細ID: '1' };
    const shipped = {
      ...item,
      出荷ID: String(parcel.id),
      出荷伝票番号: 'EX-1',
      発送日: '2026-12-01 09:30:00',
    };

    test('says what is wrong with a row in the names of its columns', async () => {
      const { says } = await upload(
        'shippings',
        fileOf(
          { ...shipped, 発送日: '' },
          { ...shipped, 発送日: '2026-12-01 24:00:00' },
          { ...shipped, 出荷伝票番号: '番号' },
        ),
      );
      expect(says).toEqual([
        '2行目の発送日が設定されていません',
        '3行目の発送日の日付フォーマットが異なります',
        '4行目の出荷伝票番号のフォーマットが異なります',
      ]);
      expect((await rowNow(store.db, { table: 'dtb_shipping', id: parcel.id })).shipping_date).toBeNull();
    });

    test('has its parcels shipped once, however many items they hold', async () => {
      const { says } = await upload(
        'shippings',
        fileOf(shipped, { ...shipped, 注文詳細ID: '2' }, { ...item, 注文詳細ID: '3' }),
      );
      expect(says).toEqual([]);
      const row = await rowNow(store.db, { table: 'dtb_shipping', id: parcel.id });
      expect([row.tracking_number, row.shipping_date]).toEqual(['EX-1', '2026-12-01 00:30:00']);
    });

    test('is refused when it names the date in both ways', async () => {
      const { says } = await upload('shippings', '出荷ID,出荷日,発送日\r\n65,2026-12-01,2026-12-01\r\n');
      expect(says[0]).toContain('同じ項目が2つあります: 出荷日');
    });
  });
});
