/**
 * EC-CUBE's 商品CSV: a row is a class of a product. A row with 商品ID changes that product and the one class that its 規格分類
 * name, or adds it; other classes stay. Rows without 商品ID that stand together, with the same 商品名 and different 規格分類,
 * are one new product.
 */
import type { CsvFormat, CsvJob, CsvLine, CsvRow, CsvVerdict } from './csv-job.ts';
import { CsvRowReader } from './csv-row-reader.ts';
import { csvTexts } from './csv-texts.ts';

const [ID, NAME, FIRST, SECOND] = ['商品ID', '商品名', '規格分類1(ID)', '規格分類2(ID)'] as const;
const [STATUS, SALE_TYPE, PRICE] = ['公開ステータス(ID)', '販売種別(ID)', '販売価格'] as const;
const [DELETED, STOCK, UNLIMITED] = ['商品削除フラグ', '在庫数', '在庫数無制限フラグ'] as const;
const MOST_CLASSES = 500; // of one new product

const document = `mutation set($input: ProductSetInput!, $validateOnly: Boolean!) {
  productSet(input: $input, validateOnly: $validateOnly) { id }
}
mutation remove($id: ID!, $validateOnly: Boolean!) {
  productDelete(id: $id, validateOnly: $validateOnly)
}`;

const TEXTS = {
  note: 'ショップ用メモ欄',
  description_list: '商品説明(一覧)',
  description_detail: '商品説明(詳細)',
  search_word: '検索ワード',
  free_area: 'フリーエリア',
} as const;

const FIELDS = {
  ...TEXTS,
  id: ID,
  name: NAME,
  product_status_id: STATUS,
  images: '商品画像',
  category_ids: '商品カテゴリ(ID)',
  tag_ids: 'タグ(ID)',
  sale_type_id: SALE_TYPE,
  class_category_id1: FIRST,
  class_category_id2: SECOND,
  delivery_duration_id: '発送日目安(ID)',
  code: '商品コード',
  stock: STOCK,
  stock_unlimited: UNLIMITED,
  sale_limit: '販売制限数',
  price01: '通常価格',
  price02: PRICE,
  delivery_fee: '送料',
  tax_rate: '税率',
  visible: '商品規格表示フラグ',
} as const;

function read(job: CsvJob, line: CsvLine): CsvVerdict {
  const readers = line.map((row) => new CsvRowReader(job, row));
  const [head] = readers as [CsvRowReader];
  const { validateOnly } = job;
  const id = head.id(ID);
  if (head.is(DELETED)) {
    if (!id && head.errors.length === 0) head.fault(ID, csvTexts.missing);
    return verdict(readers, { operationName: 'remove', variables: { id, validateOnly } });
  }
  const product = productOf(head, id);
  const input = { ...product, keep_other_classes: true, classes: readers.map(classOf) };
  return verdict(readers, { operationName: 'set', variables: { input, validateOnly } });
}

function verdict(
  readers: readonly CsvRowReader[],
  request: Extract<CsvVerdict, { ok: true }>['request'],
): CsvVerdict {
  const errors = readers.flatMap((reader) => reader.errors);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, request };
}

function productOf(row: CsvRowReader, id: string | null | undefined): Record<string, unknown> {
  const texts = Object.entries(TEXTS).map(([field, column]) => [field, row.nullable(column)]);
  const images = row.list(FIELDS.images);
  for (const name of images ?? []) {
    if (name.includes('../') || name.endsWith('/')) row.fault(FIELDS.images, csvTexts.imagePath);
  }
  return {
    ...(id && { id }),
    name: row.needed(NAME),
    product_status_id: row.neededId(STATUS),
    ...Object.fromEntries(texts),
    category_ids: row.ids(FIELDS.category_ids),
    tag_ids: row.ids(FIELDS.tag_ids),
    // An empty cell keeps the images.
    ...(images && images.length > 0 && { images }),
  };
}

function classOf(row: CsvRowReader): Record<string, unknown> {
  const [first, second] = [row.id(FIRST), row.id(SECOND)];
  if (second && row.text(FIRST) === '') row.fault(SECOND, csvTexts.unknown);
  if (first && first === second) row.fault(FIRST, csvTexts.sameClass);
  const visible = row.text(FIELDS.visible);
  const duration = row.id(FIELDS.delivery_duration_id);
  return {
    ...(first && { class_category_id1: first }),
    ...(second && { class_category_id2: second }),
    code: row.nullable(FIELDS.code),
    price01: row.amount(FIELDS.price01),
    price02: row.needed(PRICE) === undefined ? undefined : row.amount(PRICE),
    sale_limit: row.whole(FIELDS.sale_limit),
    sale_type_id: row.neededId(SALE_TYPE),
    ...(duration && { delivery_duration_id: duration }),
    ...stockOf(row),
    delivery_fee: row.amount(FIELDS.delivery_fee),
    tax_rate: row.whole(FIELDS.tax_rate),
    ...(visible && { visible: visible !== '0' }),
  };
}

function stockOf(row: CsvRowReader): Record<string, unknown> {
  const unlimited = row.text(UNLIMITED) ?? '';
  if (unlimited === '1') return { stock_unlimited: true };
  if (unlimited !== '' && unlimited !== '0') row.fault(UNLIMITED, csvTexts.missing);
  const stock = row.needed(STOCK) === undefined ? undefined : row.whole(STOCK);
  return { stock, stock_unlimited: false };
}

function joins({ columns }: Pick<CsvJob, 'columns'>, line: CsvLine, row: CsvRow): boolean {
  const [head] = line;
  const cell = ({ cells }: CsvRow, column: string) => cells[columns.indexOf(column)]?.trim() ?? '';
  const isNewClass = (one: CsvRow) =>
    one.cells.length === columns.length &&
    cell(one, ID) === '' &&
    cell(one, FIRST) !== '' &&
    cell(one, DELETED) !== '1';
  if (!head || line.length >= MOST_CLASSES || !isNewClass(head) || !isNewClass(row)) return false;
  const combination = (one: CsvRow) => `${cell(one, FIRST)} ${cell(one, SECOND)}`;
  const isOther = line.every((one) => combination(one) !== combination(row));
  return isOther && cell(row, NAME) !== '' && cell(row, NAME) === cell(head, NAME);
}

export const productCsv: CsvFormat = {
  columns: [
    ID,
    STATUS,
    NAME,
    ...Object.values(TEXTS),
    DELETED,
    FIELDS.images,
    FIELDS.category_ids,
    FIELDS.tag_ids,
    SALE_TYPE,
    FIRST,
    SECOND,
    FIELDS.delivery_duration_id,
    FIELDS.code,
    STOCK,
    UNLIMITED,
    FIELDS.sale_limit,
    FIELDS.price01,
    PRICE,
    FIELDS.delivery_fee,
    FIELDS.tax_rate,
    FIELDS.visible,
  ],
  required: [STATUS, NAME, SALE_TYPE, PRICE],
  exportedToo: [
    '公開ステータス(名称)',
    '商品規格ID',
    '販売種別(名称)',
    '規格分類1(名称)',
    '規格分類2(名称)',
    '発送日目安(名称)',
    '商品カテゴリ(名称)',
    'タグ(名称)',
  ],
  document,
  operation: 'productSet',
  fields: FIELDS,
  read,
  joins,
};
