/** Sets the stock of a product class by its id: codes may be missing, or shared by several classes. */
import type { Mutation } from '../mutation.ts';
import { invalid, rowId, STOCK, STOCK_UNLIMITED } from './arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from './precondition.ts';
import { judgeStock, lockStock, type StockArgs, writeStock } from './stock.ts';

export const updateProductClassStock: Mutation = {
  name: 'updateProductClassStock',
  scopes: ['read', 'write'],
  description: {
    ja: '商品規格IDで指定した商品規格の在庫を更新します。商品コードが未登録、または重複している場合にも使えます。',
    en: 'Sets the stock of a product class by its ID, also where product codes are missing or not unique.',
  },
  example: `mutation {
  updateProductClassStock(product_class_id: 4, stock: 100, stock_unlimited: false) {
    id
    stock
    ProductStock {
      stock
    }
  }
}`,
  args: {
    product_class_id: { type: 'ID!', description: { ja: '商品規格ID', en: 'ID of the product class' } },
    stock: STOCK,
    stock_unlimited: STOCK_UNLIMITED,
    ...preconditions('ProductClass'),
  },
  type: 'ProductClass',
  run: async (context, given) => {
    const args = given as StockArgs & Precondition & { product_class_id: string };
    const id = rowId(args.product_class_id);
    const row = (await lockStock(context, [id])).get(id);
    if (!row) throw invalid('product_class_id', 'No ProductClass found', 'NOT_FOUND');
    await judgeUnchanged(context, 'ProductClass', id, args);
    await writeStock(context, row, judgeStock(args));
    return id;
  },
};
