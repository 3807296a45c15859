/** The pages of a product and of its classes, and what the list of products does. */
import type { ShopRecord } from '../shop-records.ts';
import type { Counterpart } from './counterpart.ts';
import {
  deletion,
  idsIn,
  listOf,
  refusal,
  rowsOf,
  type ShopCounterpartOf,
  textOf,
} from './shop-counterpart.ts';

const SET = 'mutation($input: ProductSetInput!) { productSet(input: $input) { id } }';
const STATUS = `mutation($ids: [ID!]!, $status: ID!) {
  bulkProductStatus(ids: $ids, product_status_id: $status) { id } }`;
const DUPLICATE = 'mutation($id: ID!) { productDuplicate(id: $id) { id } }';

const BY_TYPE = 'a text where a whole number belongs is refused by GraphQL itself';
const AXES = 'axes are not posted by themselves: class categories say on which axes they lie';

const WITHOUT: Readonly<Record<string, string>> = {
  'productclass-axis-checks/sameaxis': AXES,
  'productclass-axis-checks/onlysecond': AXES,
  'productclass-axis-checks/none': AXES,
  'productclass-checks/uncheckederror': 'rows that are not sold are not sent',
  'productclass-edit-check-all': 'the record leaves out which field was missing',
  'product-own-tax-checks/taxalpha': BY_TYPE,
  'product-own-tax-checks/taxdec':
    'a tax rate is a whole number here: the column keeps no digits behind the point',
};

export const productCounterpart: ShopCounterpartOf = (record) => {
  const { path } = record;
  const why = WITHOUT[record.record];
  if (why !== undefined) return why;
  const [id] = idsIn(path);
  if (path.endsWith('/delete')) return deletion(record, 'productDelete');
  if (path.endsWith('/copy')) return { document: DUPLICATE, variables: { id }, ...refusal(record) };
  if (path.includes('/bulk/')) {
    return { document: STATUS, variables: { ids: listOf(record, 'ids'), status: id }, ...refusal(record) };
  }
  if (path.includes('/product/class/')) return matrix(record);
  return form(record, path.endsWith('/edit') ? id : undefined);
};

const WHOLE = /^-?\d+$/;
const HIGHEST = 2_147_483_647;

/** Narrower codes than a refused form has. */
const REFUSED: Readonly<Record<string, string>> = {
  'product-create-checks/stocknegative': 'STOCK_NEGATIVE',
  'product-create-checks/tag999': 'NOT_FOUND',
  'product-create-checks/free99999': 'LIMIT',
  'productclass-checks/stockneg': 'STOCK_NEGATIVE',
};

function outcome(record: ShopRecord): { refused?: string } {
  const refused = REFUSED[record.record];
  return refused === undefined ? refusal(record) : { refused };
}

/** undefined: GraphQL knows no such number. */
function whole(text: string | null | undefined): number | null | undefined {
  if (text === null || text === undefined) return null;
  const plain = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  return WHOLE.test(plain) && Math.abs(Number(plain)) <= HIGHEST ? Number(plain) : undefined;
}

const NULLED = ['name', 'description_list', 'description_detail', 'search_word', 'note', 'free_area'];

function form(record: ShopRecord, id: string | undefined): Counterpart | string {
  const texts = NULLED.map((name) => [name, textOf(record, name) ?? null]);
  const images = Object.keys(record.fields).filter((name) => /^product_image\b/.test(name));
  const added = Object.keys(record.fields).filter((name) => name.startsWith('add_images'));
  const named = images.length > 0 ? images : added;
  const hasClass = 'class.sale_type' in record.fields || 'class.price02' in record.fields;
  const read = classOf((name) => textOf(record, `class.${name}`), 'class.tax_rate' in record.fields);
  if (typeof read === 'string') return read;
  const input = {
    ...(id !== undefined && { id }),
    ...Object.fromEntries(texts),
    product_status_id: textOf(record, 'Status') ?? null,
    category_ids: listOf(record, 'Category'),
    tag_ids: listOf(record, 'Tag'),
    ...(named.length > 0 && { images: named.flatMap((name) => listOf(record, name)) }),
    ...(hasClass && { classes: [read] }),
  };
  return { document: SET, variables: { input }, ...outcome(record) };
}

/** Clearing leaves the class without axes, as it is. */
function matrix(record: ShopRecord): Counterpart | string {
  const [id] = idsIn(record.path);
  const isCleared = record.path.endsWith('/clear');
  const rows = isCleared ? [] : rowsOf(record).filter((row) => row.checked === '1');
  const read = rows.map((row) => classOf((name) => (row[name] === '' ? null : row[name]), false));
  const why = read.find((one) => typeof one === 'string');
  if (typeof why === 'string') return why;
  const classes = isCleared
    ? [{}]
    : read.map((one, i) => ({
        ...(one as object),
        class_category_id1: rows[i]?.ClassCategory1,
        class_category_id2: rows[i]?.ClassCategory2 || null,
      }));
  return { document: SET, variables: { input: { id, classes } }, ...outcome(record) };
}

function classOf(
  read: (name: string) => string | null | undefined,
  hasTaxRate: boolean,
): Record<string, unknown> | string {
  const isUnlimited = read('stock_unlimited') === '1';
  const [stock, limit, taxRate] = [whole(read('stock')), whole(read('sale_limit')), whole(read('tax_rate'))];
  if ([stock, limit, taxRate].includes(undefined)) return BY_TYPE;
  return {
    code: read('code') ?? null,
    price01: read('price01') ?? null,
    price02: read('price02') ?? null,
    ...(isUnlimited ? { stock_unlimited: true } : { stock, stock_unlimited: false }),
    sale_limit: limit,
    sale_type_id: read('sale_type') ?? null,
    delivery_duration_id: read('delivery_duration') ?? null,
    ...(read('delivery_fee') !== undefined && { delivery_fee: read('delivery_fee') }),
    ...(hasTaxRate && { tax_rate: taxRate }),
  };
}
