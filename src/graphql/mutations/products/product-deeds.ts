/** What the list of products does with whole products: show and hide them, delete. */
import { deleteRows, lockRows, readRows, updateRows } from '../../../shop/rows/write.ts';
import { keysByExternalId } from '../../../shop/store/client-data.ts';
import { noteUnnamedImage } from '../../../shop/store/unnamed-images.ts';
import type { Mutation, MutationContext } from '../../mutation.ts';
import { invalid, notFound, rowId, tooMany } from '../arguments.ts';
import { DELETED_ID, refuseInUse } from '../catalogue/deletion.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { lockStock } from '../stock/stock.ts';
import { existing } from './product-links.ts';

const MOST_PRODUCTS = 1000;
const SCOPES = ['read', 'write'];

export const bulkProductStatus: Mutation = {
  name: 'bulkProductStatus',
  scopes: SCOPES,
  description: {
    ja: `複数の商品の公開ステータスを変更します（${MOST_PRODUCTS}件まで）。すでにそのステータスの商品は変わりません。商品はIDか外部ID、またはその両方で指定します。存在しないIDが1つでもあれば、どの商品も変わりません。`,
    en: `Sets the status of up to ${MOST_PRODUCTS} products. One that has it already stays as it is; they are named by ID, by external ID, or both. An ID without a product takes all back.`,
  },
  example: `mutation {
  bulkProductStatus(ids: [1, 2], product_status_id: 2) {
    id
    Status {
      name
    }
  }
}`,
  args: {
    ids: {
      type: '[ID!]',
      description: {
        ja: `商品ID（external_ids と合わせて${MOST_PRODUCTS}件まで）`,
        en: `IDs of the products (at most ${MOST_PRODUCTS}, external_ids included)`,
      },
      crosses: ['Product'],
    },
    external_ids: {
      type: '[String!]',
      description: {
        ja: 'このアプリが商品に付けた外部ID',
        en: 'External IDs that this client has given to products',
      },
      crosses: ['Product'],
    },
    product_status_id: {
      type: 'ID!',
      description: {
        ja: '公開ステータス（1 公開、2 非公開、3 廃止）',
        en: 'Status (1 shown, 2 hidden, 3 abolished)',
      },
      crosses: [],
    },
  },
  type: '[Product!]!',
  run: async (context, args) => {
    const ids = await namedProducts(context, args);
    const [Status] = await existing(context, 'ProductStatus', 'product_status_id', [
      args.product_status_id as string,
    ]);
    const rows = await lockRows(context, 'Product', ['id', 'Status'], { id: [...ids.keys()] });
    const there = new Set(rows.map((row) => Number(row.id)));
    const missing = [...ids].flatMap(([id, given]) => (there.has(id) ? [] : [given]));
    if (missing.length > 0) throw notFound('Product', 'ids', missing);
    const other = rows.filter((row) => Number(row.Status) !== Status).map(({ id }) => Number(id));
    if (other.length > 0) await updateRows(context, 'Product', { id: other }, { Status: Status as number });
    return [...ids.keys()];
  },
};

/** Key → what it was named by, each once. */
async function namedProducts(
  context: MutationContext,
  args: Readonly<Record<string, unknown>>,
): Promise<Map<number, string>> {
  const { ids, external_ids: externalIds } = args as NamedProducts;
  if (!ids && !externalIds) throw invalid('ids', 'Give ids or external_ids');
  const externals = [...new Set(externalIds)];
  const named = new Map((ids ?? []).map((id) => [rowId(id), id]));
  if (named.size + externals.length > MOST_PRODUCTS) throw tooMany('ids', MOST_PRODUCTS);
  const namespace = { clientId: context.principal.clientId, entity: 'Product' };
  const keys = await keysByExternalId(context, namespace, externals);
  const missing = externals.filter((id) => !keys.has(id));
  if (missing.length > 0) throw notFound('Product', 'external_ids', missing);
  for (const [id, [key = 0]] of keys) named.set(key, id);
  return named;
}

type NamedProducts = {
  readonly ids?: readonly string[] | null;
  readonly external_ids?: readonly string[] | null;
};

export const productDelete: Mutation = {
  name: 'productDelete',
  scopes: SCOPES,
  description: {
    ja: '商品を削除します。受注・カート・お気に入りにある商品は削除できません（廃止にはできます）。',
    en: 'Deletes a product; refused while orders, carts or favourites hold it, which leaves abolishing it.',
  },
  example: `mutation {
  productDelete(id: 15)
}`,
  args: {
    id: {
      type: 'ID!',
      description: { ja: '商品ID', en: 'ID of the product' },
      crosses: ['Product'],
    },
    ...preconditions('Product'),
  },
  type: DELETED_ID,
  run: async (context, args) => {
    const id = rowId(args.id as string);
    await deleteProduct(context, id, args as Precondition);
    return id;
  },
};

async function deleteProduct(context: MutationContext, id: number, expected: Precondition): Promise<void> {
  const classes = await readRows(context, 'ProductClass', ['id'], { Product: id });
  const ids = classes.map((row) => Number(row.id));
  if (ids.length > 0) await lockStock(context, ids);
  const [row] = await lockRows(context, 'Product', ['name'], { id });
  if (!row) throw invalid('id', 'No Product found', 'NOT_FOUND');
  await judgeUnchanged(context, 'Product', id, expected);
  const name = String(row.name);
  for (const entity of ['OrderItem', 'CustomerFavoriteProduct']) {
    await refuseInUse(context, name, entity, { Product: id });
  }
  if (ids.length > 0) await refuseInUse(context, name, 'CartItem', { ProductClass: ids });
  await deleteParts(context, id, ids);
  await deleteRows(context, 'Product', { id });
}

async function deleteParts(context: MutationContext, id: number, classes: readonly number[]): Promise<void> {
  for (const image of await readRows(context, 'ProductImage', ['file_name'], { Product: id })) {
    await noteUnnamedImage(context, String(image.file_name), context.now);
  }
  for (const entity of ['ProductImage', 'ProductTag', 'TaxRule'])
    await deleteRows(context, entity, { Product: id });
  await deleteRows(context, 'ProductCategory', { product_id: id });
  if (classes.length === 0) return;
  await deleteRows(context, 'ProductStock', { ProductClass: classes });
  await deleteRows(context, 'ProductClass', { id: classes });
}
