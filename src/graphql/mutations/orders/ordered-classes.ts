/** The product classes of new lines: what a line copies from them, and how they are taxed. */
import { type FieldValue, readRows } from '../../../shop/rows/write.ts';
import { classTaxRules, ruleAt, shopTaxRules, type TaxRule } from '../../../shop/store/tax-rules.ts';
import type { MutationContext } from '../../mutation.ts';
import { rowId } from '../arguments.ts';
import type { Given } from '../customers/person-form.ts';
import { chosenClassId, classIdsOf } from '../products/product-class.ts';

/** Fields of an `OrderItem` that a product class gives. */
export type OrderedClass = {
  readonly id: number;
  readonly price: string;
  readonly rule: TaxRule | undefined;
  readonly fields: Readonly<Record<string, FieldValue>>;
};

export type OrderedClasses = {
  /** The class that a line means; throws AMBIGUOUS or INVALID, undefined when there is none. */
  of(given: Given): OrderedClass | undefined;
  /** Of fees, charges and discounts. */
  readonly shopRule: TaxRule | undefined;
};

const FIELDS = ['id', 'code', 'price02', 'Product', 'ClassCategory1', 'ClassCategory2'] as const;

export async function readOrderedClasses(
  context: MutationContext,
  given: readonly Given[],
): Promise<OrderedClasses> {
  const codes = given.flatMap(({ product_code: code }) => (typeof code === 'string' ? [code] : []));
  const byCode = await classIdsOf(context, codes);
  const ids = given.flatMap(({ product_class_id: id }) => (typeof id === 'string' ? [rowId(id)] : []));
  const classes = await readClasses(context, [...new Set([...ids, ...[...byCode.values()].flat()])]);
  return {
    of: ({ product_class_id, product_code }) =>
      classes.get(
        chosenClassId(byCode, {
          product_class_id: product_class_id as string | null,
          code: product_code as string | null,
        }),
      ),
    shopRule: ruleAt(await shopTaxRules(context.db), context.now),
  };
}

async function readClasses(
  context: MutationContext,
  ids: readonly number[],
): Promise<ReadonlyMap<number, OrderedClass>> {
  const rows = ids.length === 0 ? [] : await readRows(context, 'ProductClass', FIELDS, { id: ids });
  if (rows.length === 0) return new Map();
  const found = rows.map(({ id }) => Number(id));
  const rules = await classTaxRules(context, found, context.now);
  const [products, categories] = [
    await names(
      context,
      'Product',
      rows.map(({ Product }) => Product),
    ),
    await categoryNames(
      context,
      rows.flatMap((row) => [row.ClassCategory1, row.ClassCategory2]),
    ),
  ];
  return new Map(
    rows.map((row) => {
      const id = Number(row.id);
      const [first, second] = [
        categories.get(Number(row.ClassCategory1)),
        categories.get(Number(row.ClassCategory2)),
      ];
      const fields = {
        Product: row.Product,
        ProductClass: id,
        product_name: products.get(Number(row.Product)) ?? null,
        product_code: row.code,
        class_name1: first?.className ?? null,
        class_name2: second?.className ?? null,
        class_category_name1: first?.name ?? null,
        class_category_name2: second?.name ?? null,
      };
      return [id, { id, price: String(row.price02), rule: rules.get(id), fields }];
    }),
  );
}

async function names(
  context: MutationContext,
  entity: 'Product' | 'ClassName',
  keys: readonly FieldValue[],
): Promise<ReadonlyMap<number, FieldValue>> {
  const ids = present(keys);
  const rows = ids.length === 0 ? [] : await readRows(context, entity, ['id', 'name'], { id: ids });
  return new Map(rows.map(({ id, name }) => [Number(id), name]));
}

async function categoryNames(context: MutationContext, keys: readonly FieldValue[]) {
  const ids = present(keys);
  const rows =
    ids.length === 0
      ? []
      : await readRows(context, 'ClassCategory', ['id', 'name', 'ClassName'], { id: ids });
  const classNames = await names(
    context,
    'ClassName',
    rows.map(({ ClassName }) => ClassName),
  );
  return new Map(
    rows.map(({ id, name, ClassName }) => [
      Number(id),
      { name, className: classNames.get(Number(ClassName)) ?? null },
    ]),
  );
}

const present = (keys: readonly FieldValue[]): number[] => [
  ...new Set(keys.flatMap((one) => (one === null ? [] : [Number(one)]))),
];
