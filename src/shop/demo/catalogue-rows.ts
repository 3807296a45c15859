/** Makes rows of the catalogue: categories, options, products with their classes, stocks, images and tags. */
import type { ShopRow, ShopRows } from '../row.ts';
import { axes, categoryTree, type ProductSpec, products, tags, type Variant } from './catalogue.ts';
import { SALE_TYPE } from './settings.ts';

const DAY = 86_400; // seconds

/** A product class as an order needs it. */
export type SoldClass = {
  id: number;
  productId: number;
  productName: string;
  saleTypeId: number;
  axes: readonly string[];
  variant: Variant;
};

type Dates = { create_date: number; update_date: number };

const categories = Object.entries(categoryTree).flatMap(([parent, children]) => [
  { name: parent, parent: undefined },
  ...children.map((name) => ({ name, parent })),
]);

const options = Object.entries(axes).flatMap(([axis, values]) => values.map((value) => ({ axis, value })));

/** 1-based place of the first match; every demo row's id is its place. */
const idOf = <T>(list: readonly T[], matches: (item: T) => boolean): number => {
  const place = list.findIndex(matches);
  if (place < 0) throw new Error('the demo catalogue names something that it does not have');
  return place + 1;
};

const categoryId = (name: string): number => idOf(categories, (category) => category.name === name);

const optionId = (axis: string | undefined, value: string | undefined): number | null =>
  value === undefined ? null : idOf(options, (option) => option.axis === axis && option.value === value);

type ClassSpec = { product: ProductSpec; productId: number; variant: Variant; hidden: boolean };

/** EC-CUBE keeps, of a product with options, a hidden base class without options before the visible ones. */
const classes: readonly ClassSpec[] = products.flatMap((product, place) => {
  const productId = place + 1;
  const visible = product.variants.map((variant) => ({ product, productId, variant, hidden: false }));
  const [first] = product.variants;
  if (!product.axes || !first) return visible;
  const base: Variant = { code: '', price: first.price, stock: null };
  return [{ product, productId, variant: base, hidden: true }, ...visible];
});

/** Finds a visible product class by its code. */
export function soldClass(code: string): SoldClass {
  const id = idOf(classes, ({ variant, hidden }) => !hidden && variant.code === code);
  const found = classes[id - 1];
  if (!found) throw new Error(`no product class ${code}`);
  const { product, productId, variant } = found;
  return {
    id,
    productId,
    productName: product.name,
    saleTypeId: saleType(product),
    axes: product.axes ?? [],
    variant,
  };
}

const saleType = (product: ProductSpec): number => (product.download ? SALE_TYPE.download : SALE_TYPE.goods);

/** `openedAt`: epoch seconds; each later product came a day later. */
export function catalogueRows(openedAt: number, currency: string): ShopRows {
  const dates: Dates = { create_date: openedAt, update_date: openedAt };
  return {
    Tag: tags.map((name, place) => ({ id: place + 1, name, sort_no: place + 1 })),
    Category: categories.map(({ name, parent }, place) => ({
      id: place + 1,
      parent_category_id: parent === undefined ? null : categoryId(parent),
      category_name: name,
      hierarchy: parent === undefined ? 1 : 2,
      sort_no: categories.length - place,
      ...dates,
    })),
    ...optionRows(dates),
    ...productRows(openedAt),
    ProductClass: classes.map((spec, place) =>
      classRow(spec, place + 1, currency, productDates(openedAt, spec.productId)),
    ),
    ProductStock: classes.map(({ variant, productId }, place) => ({
      id: place + 1,
      product_class_id: place + 1,
      stock: variant.stock,
      ...productDates(openedAt, productId),
    })),
  };
}

const productDates = (openedAt: number, productId: number): Dates => {
  const at = openedAt + productId * DAY;
  return { create_date: at, update_date: at };
};

function optionRows(dates: Dates): ShopRows {
  const names = Object.keys(axes);
  return {
    ClassName: names.map((name, place) => ({
      id: place + 1,
      backend_name: name,
      name,
      sort_no: names.length - place,
      ...dates,
    })),
    ClassCategory: options.map(({ axis, value }, place) => ({
      id: place + 1,
      class_name_id: names.indexOf(axis) + 1,
      backend_name: value,
      name: value,
      sort_no: options.length - place,
      visible: true,
      ...dates,
    })),
  };
}

function classRow(
  { product, productId, variant, hidden }: ClassSpec,
  id: number,
  currency: string,
  dates: Dates,
): ShopRow {
  const [first, second] = variant.options ?? [];
  return {
    id,
    product_id: productId,
    sale_type_id: saleType(product),
    class_category_id1: optionId(product.axes?.[0], first),
    class_category_id2: optionId(product.axes?.[1], second),
    delivery_duration_id: product.download || hidden ? null : 2,
    product_code: hidden ? null : variant.code,
    stock: variant.stock,
    stock_unlimited: variant.stock === null,
    sale_limit: variant.limit ?? null,
    price01: variant.listPrice ?? null,
    price02: variant.price,
    visible: !hidden,
    currency_code: currency,
    ...dates,
  };
}

function productRows(openedAt: number): ShopRows {
  const of = <T>(pick: (product: ProductSpec) => readonly T[]) =>
    products.flatMap((product, place) =>
      pick(product).map((value, at) => ({
        product_id: place + 1,
        value,
        sort_no: at + 1,
        ...productDates(openedAt, place + 1),
      })),
    );
  return {
    Product: products.map(({ name, status, text, searchWord = null }, place) => ({
      id: place + 1,
      product_status_id: status,
      name,
      description_list: text.slice(0, text.indexOf('。') + 1),
      description_detail: text,
      search_word: searchWord,
      ...productDates(openedAt, place + 1),
    })),
    ProductImage: of(({ images }) => images).map(({ product_id, value, sort_no, create_date }, place) => ({
      id: place + 1,
      product_id,
      file_name: value,
      sort_no,
      create_date,
    })),
    ProductTag: of((product) => product.tags ?? []).map(({ product_id, value, create_date }, place) => ({
      id: place + 1,
      product_id,
      tag_id: tags.indexOf(value) + 1,
      create_date,
    })),
    ProductCategory: of(withParents).map(({ product_id, value }) => ({
      product_id,
      category_id: categoryId(value),
    })),
  };
}

/** A product stands in its categories and in all above them. */
function withParents(product: ProductSpec): string[] {
  const parents = product.categories.flatMap(
    (name) => categories.find((category) => category.name === name)?.parent ?? [],
  );
  return [...new Set([...product.categories, ...parents])];
}
