/** EC-CUBE's own export of parcels (配送CSV): its columns, and which of its rows say nothing that the one before has not said. */
import type { CsvRow } from './csv-job.ts';

const ORDERER = ['お名前(姓)', 'お名前(名)', 'お名前(セイ)', 'お名前(メイ)', '会社名', '郵便番号'];
const PLACE = ['都道府県(ID)', '都道府県(名称)', '住所1', '住所2'];
const [ORDER, ITEM] = ['注文ID', '注文詳細ID'] as const;

/** What it has beside a parcel's id, number and date; 送料 even twice. */
export const EXPORTED_SHIPPING_COLUMNS: readonly string[] = [
  ...[ORDER, '注文番号', '会員ID', ...ORDERER, ...PLACE, 'メールアドレス', 'TEL'],
  ...['性別(ID)', '性別(名称)', '職業(ID)', '職業(名称)', '誕生日', 'ショップ用メモ欄'],
  ...['小計', '値引き', '送料', '税金', '合計', '支払合計', '対応状況(ID)', '対応状況(名称)'],
  ...['支払方法(ID)', '支払方法(名称)', '受注日', '入金日'],
  ...[
    ITEM,
    '商品ID',
    '商品規格ID',
    '商品名',
    '商品コード',
    '規格名1',
    '規格名2',
    '規格分類名1',
    '規格分類名2',
  ],
  ...['価格', '個数', '税率', '税率ルール(ID)', '明細区分(ID)', '明細区分(名称)'],
  ...[...ORDERER, ...PLACE, 'TEL'].map((name) => `配送先_${name}`),
  ...['配送業者(ID)', '配送業者(名称)', 'お届け時間ID', 'お届け時間(名称)', 'お届け希望日'],
  ...['配達用メモ', '出荷メール送信日'],
];

/**
 * The export has a row for each item of an order: of those of one parcel the first is enough, as long as `told` (its id, number
 * and date) is the same, and items of the whole order (points, discounts, charges) have no parcel.
 */
export function repeatedParcels(
  columns: readonly string[],
  parcel: string,
  told: readonly string[],
): (row: CsvRow) => boolean {
  if (!columns.includes(ITEM)) return () => false;
  const place = (name: string) => columns.indexOf(name);
  const cell = ({ cells }: CsvRow, at: number): string => cells[at]?.trim() ?? '';
  const [ofOrder, ofParcel, ...ofTold] = [ORDER, parcel, ...told].map(place);
  let order: string | undefined;
  let seen = new Set<string>();
  return (row) => {
    if (row.cells.length !== columns.length) return false;
    const id = cell(row, ofParcel ?? -1);
    if (id === '') return true;
    const next = ofOrder === -1 ? id : cell(row, ofOrder ?? -1);
    if (next !== order) [order, seen] = [next, new Set()];
    const said = JSON.stringify([id, ...ofTold.map((at) => cell(row, at))]);
    if (seen.has(said)) return true;
    seen.add(said);
    return false;
  };
}
