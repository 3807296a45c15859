/**
 * Duplicates a product as the list of products does: hidden (非公開), with its classes and their stocks, categories, tags,
 * own tax rates and images. EC-CUBE copies the class without axes twice; here it comes once. Images are named by both
 * products instead of being copied as files: a file goes only when no row names it.
 */
import { addRow, type FieldValues, insertRow, lockRows, readRows } from '../../../shop/rows/write.ts';
import type { Mutation, MutationContext } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';

const HIDDEN = 2; // 非公開
const TEXTS = ['name', 'note', 'description_list', 'description_detail', 'search_word', 'free_area'];

const CLASS = [
  'id',
  'code',
  'stock',
  'stock_unlimited',
  'sale_limit',
  'price01',
  'price02',
  'delivery_fee',
  'visible',
  'point_rate',
  'SaleType',
  'DeliveryDuration',
  'ClassCategory1',
  'ClassCategory2',
];

export const productDuplicate: Mutation = {
  name: 'productDuplicate',
  scopes: ['read', 'write'],
  description: {
    ja: '商品を複製します。規格・在庫数・カテゴリ・タグ・画像も複製し、非公開で登録します。',
    en: 'Duplicates a product with its classes, stocks, categories, tags and images; the copy is hidden.',
  },
  example: `mutation {
  productDuplicate(id: 1) {
    name
    Status {
      id
    }
    ProductClasses {
      code
      stock
    }
  }
}`,
  args: {
    id: {
      type: 'ID!',
      description: { ja: '複製する商品のID', en: 'ID of the product to duplicate' },
      crosses: ['Product', 'ProductClass'],
    },
  },
  type: 'Product',
  run: async (context, args) => {
    const id = rowId(args.id as string);
    const [row] = await lockRows(context, 'Product', TEXTS, { id });
    if (!row) throw invalid('id', 'No Product found', 'NOT_FOUND');
    const copy = await addRow(context, 'Product', { ...row, Status: HIDDEN });
    await copyLinks(context, id, copy);
    await copyClasses(context, id, copy);
    return copy;
  },
};

async function copyLinks(context: MutationContext, from: number, to: number): Promise<void> {
  for (const { category_id } of await readRows(context, 'ProductCategory', ['category_id'], {
    product_id: from,
  })) {
    await insertRow(context, 'ProductCategory', { product_id: to, category_id });
  }
  await copyRows(context, 'ProductTag', ['Tag'], from, to);
  await copyRows(context, 'ProductImage', ['file_name', 'sort_no'], from, to);
}

async function copyRows(
  context: MutationContext,
  entity: string,
  fields: readonly string[],
  from: number,
  to: number,
): Promise<void> {
  for (const row of await readRows(context, entity, fields, { Product: from })) {
    await insertRow(context, entity, { ...row, Product: to });
  }
}

async function copyClasses(context: MutationContext, from: number, to: number): Promise<void> {
  for (const { id, ...row } of await readRows(context, 'ProductClass', CLASS, { Product: from })) {
    const ProductClass = await addRow(context, 'ProductClass', { ...(row as FieldValues), Product: to });
    const stocks = await readRows(context, 'ProductStock', ['stock'], { ProductClass: Number(id) });
    await insertRow(context, 'ProductStock', { ProductClass, stock: stocks[0]?.stock ?? null });
    const taxes = ['tax_rate', 'tax_adjust', 'apply_date', 'RoundingType'];
    for (const tax of await readRows(context, 'TaxRule', taxes, { ProductClass: Number(id) })) {
      await insertRow(context, 'TaxRule', { ...tax, Product: to, ProductClass });
    }
  }
}
