/** Sets or changes the stock of a product class by its id: codes may be missing, or shared by several classes. */
import type { Mutation } from '../../mutation.ts';
import { invalid, rowId, STOCK, STOCK_LIMIT } from '../arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { keepMoves, lockStock, writeStock } from './stock.ts';
import {
  CHANGE_FROM_STOCK,
  DELTA,
  judgeStock,
  REASON,
  REFERENCE,
  type StockArgs,
  wishedStock,
} from './stock-wish.ts';

export const updateProductClassStock: Mutation = {
  name: 'updateProductClassStock',
  scopes: ['read', 'write'],
  description: {
    ja: '商品規格IDで指定した商品規格の在庫を、在庫数（stock）または増減（delta）で更新します。商品コードが未登録、または重複している場合にも使えます。',
    en: 'Sets the stock of a product class by its ID, or changes it by a number, also where product codes are missing or not unique.',
  },
  example: `mutation {
  updateProductClassStock(
    product_class_id: 4
    delta: 20
    reason: "入荷"
    reference: "ASN-2026-1101"
  ) {
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
    stock_unlimited: STOCK_LIMIT,
    delta: DELTA,
    changeFromStock: CHANGE_FROM_STOCK,
    reason: REASON,
    reference: REFERENCE,
    ...preconditions('ProductClass'),
  },
  type: 'ProductClass',
  run: async (context, given) => {
    const args = given as StockArgs & Precondition & { product_class_id: string };
    const id = rowId(args.product_class_id);
    const row = (await lockStock(context, [id])).get(id);
    if (!row) throw invalid('product_class_id', 'No ProductClass found', 'NOT_FOUND');
    await judgeUnchanged(context, 'ProductClass', id, args);
    const wish = judgeStock(args);
    await keepMoves(context, [[await writeStock(context, row, wishedStock(row, wish)), wish]]);
    return id;
  },
};
