/** What product classes choose from, read once a mutation. */
import { readChoices } from '../../../shop/rows/choices.ts';
import { lockRows, readRows } from '../../../shop/rows/write.ts';
import type { Choices } from '../../../shop/search/reading.ts';
import { readShopRow } from '../../../shop/store/shop-row.ts';
import type { MutationContext } from '../../mutation.ts';

export type ClassMasters = {
  readonly choices: Readonly<Record<'ClassCategory' | 'DeliveryDuration' | 'SaleType', Choices>>;
  /** Class category → its class name. */
  readonly axisOf: ReadonlyMap<number, number>;
  /** 商品別税率機能 */
  readonly hasOwnTaxRates: boolean;
};

export async function readClassMasters(context: MutationContext): Promise<ClassMasters> {
  const { registry } = context;
  const [ClassCategory, DeliveryDuration, SaleType] = [
    await readChoices(context, registry, 'ClassCategory'),
    await readChoices(context, registry, 'DeliveryDuration'),
    await readChoices(context, registry, 'SaleType'),
  ];
  const shop = await readShopRow(context, ['option_product_tax_rule']);
  return {
    choices: { ClassCategory, DeliveryDuration, SaleType },
    axisOf: await axes(context, [...ClassCategory.keys()]),
    hasOwnTaxRates: shop?.option_product_tax_rule === true,
  };
}

async function axes(context: MutationContext, ids: readonly number[]): Promise<Map<number, number>> {
  const rows =
    ids.length === 0 ? [] : await readRows(context, 'ClassCategory', ['id', 'ClassName'], { id: ids });
  return new Map(rows.map((row) => [Number(row.id), Number(row.ClassName)]));
}

/** The rows of a product's classes, locked by key. */
const CLASS_FIELDS = [
  'id',
  'code',
  'price01',
  'price02',
  'delivery_fee',
  'sale_limit',
  'visible',
  'SaleType',
  'DeliveryDuration',
  'ClassCategory1',
  'ClassCategory2',
] as const;

export type StoredClass = Awaited<ReturnType<typeof lockClasses>>[number];

export const lockClasses = (context: MutationContext, ids: readonly number[]) =>
  ids.length === 0 ? Promise.resolve([]) : lockRows(context, 'ProductClass', CLASS_FIELDS, { id: ids });
