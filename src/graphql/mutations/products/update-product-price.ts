/** Sets the prices of a product class. Amounts come as text: a float cannot hold them. */
import { priceDigits, type ReadPrice, readPrice } from '../../../shop/price.ts';
import { differing } from '../../../shop/rows/differing.ts';
import { lockRows, updateRows } from '../../../shop/rows/write.ts';
import type { Mutation } from '../../mutation.ts';
import { CODE, invalid, PRODUCT_CLASS_ID } from '../arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { type ClassChoice, chosenClassId, classIdsOf, noClass } from './product-class.ts';

type PriceArgs = ClassChoice & Precondition & { price01?: string | null; price02?: string | null };
type Prices = { price01?: string | null; price02?: string };

export const updateProductPrice: Mutation = {
  name: 'updateProductPrice',
  scopes: ['read', 'write'],
  description: {
    ja: '商品規格の通常価格と販売価格（いずれも税抜）を更新します。指定した価格だけが変わります。code と product_class_id のどちらか一方を指定します。',
    en: 'Sets the list price and the selling price of a product class, both without tax. Only what is given changes. Choose the class by either code or product_class_id.',
  },
  example: `mutation {
  updateProductPrice(code: "CHA-02", price01: "1300", price02: "1150") {
    code
    price01
    price02
  }
}`,
  args: {
    product_class_id: PRODUCT_CLASS_ID,
    code: CODE,
    price01: {
      type: 'String',
      description: {
        ja: '通常価格（税抜、文字列で指定。例: "1200"。null で未設定に戻す）',
        en: 'List price without tax, as text ("1200"); null clears it',
      },
    },
    price02: {
      type: 'String',
      description: {
        ja: '販売価格（税抜、文字列で指定。例: "1000"）',
        en: 'Selling price without tax, as text ("1000")',
      },
    },
    ...preconditions('ProductClass'),
  },
  type: 'ProductClass',
  run: async (context, given) => {
    const args = given as PriceArgs;
    const codes = typeof args.code === 'string' ? [args.code] : [];
    const id = chosenClassId(await classIdsOf(context, codes), args);
    const wanted = judgePrices(args, context.currency);
    const [row] = await lockRows(context, 'ProductClass', ['price01', 'price02'], { id });
    if (!row) throw noClass(args);
    await judgeUnchanged(context, 'ProductClass', id, args);
    await updateRows(context, 'ProductClass', { id }, differing(context, 'ProductClass', row, wanted));
    return id;
  },
};

function judgePrices(args: PriceArgs, currency: string): Prices {
  if (args.price01 === undefined && args.price02 === undefined) {
    throw invalid('price02', 'Give price01, price02 or both');
  }
  if (args.price02 === null) throw invalid('price02', 'price02 must not be null');
  const { price01, price02 } = args;
  return {
    ...(price01 !== undefined && { price01: price01 === null ? null : judge('price01', price01, currency) }),
    ...(price02 !== undefined && { price02: judge('price02', price02, currency) }),
  };
}

function judge(argument: string, text: string, currency: string): string {
  const read = readPrice(text, currency);
  if ('price' in read) return read.price;
  throw invalid(argument, faultText(read.fault, currency));
}

function faultText(fault: Extract<ReadPrice, { fault: string }>['fault'], currency: string): string {
  if (fault === 'range') return 'The price must be between 0 and 2147483647';
  if (fault === 'no number') return 'The price must be a decimal number such as "1200"';
  const digits = priceDigits(currency);
  return `A price in ${currency} has at most ${digits} decimal place${digits === 1 ? '' : 's'}`;
}
