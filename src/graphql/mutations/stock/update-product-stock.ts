/** Sets the stock of the one product class that has a code (docs/eccube/graphql.md, updateProductStock). */
import type { Mutation } from '../../mutation.ts';
import { invalid, STOCK, STOCK_UNLIMITED } from '../arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { classIdIn, classIdsOf } from '../products/product-class.ts';
import { keepMoves, lockStock, writeStock } from './stock.ts';
import { judgeStock, type StockArgs, wishedStock } from './stock-wish.ts';

export const updateProductStock: Mutation = {
  name: 'updateProductStock',
  scopes: ['read', 'write'],
  description: {
    ja: '商品コードで指定した商品規格の在庫を更新します。',
    en: 'Sets the stock of the product class that has a product code.',
  },
  example: `mutation {
  updateProductStock(code: "YNM-01", stock: 30, stock_unlimited: false) {
    code
    stock
    stock_unlimited
  }
}`,
  args: {
    code: { type: 'String!', description: { ja: '商品コード', en: 'Product code' } },
    stock: STOCK,
    stock_unlimited: STOCK_UNLIMITED,
    ...preconditions('ProductClass'),
  },
  type: 'ProductClass',
  run: async (context, given) => {
    const args = given as StockArgs & Precondition & { code: string };
    // As the plugin answers, word for word.
    const id = classIdIn(await classIdsOf(context, [args.code], { hiddenAlike: true }), args.code);
    const row = (await lockStock(context, [id])).get(id);
    if (!row) throw invalid('code', 'No ProductClass found', 'NOT_FOUND');
    await judgeUnchanged(context, 'ProductClass', id, args);
    const wish = judgeStock(args);
    await keepMoves(context, [[await writeStock(context, row, wishedStock(row, wish)), wish]]);
    return id;
  },
};
