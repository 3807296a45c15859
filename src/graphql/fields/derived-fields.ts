/**
 * Fields that are made from a row when it is shown: addresses of images, prices with tax, taxes of an order. Which columns
 * each needs is said with its entity; what it has to look up is read for all rows of a list at once.
 */
import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  GraphQLFloat,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLString,
} from 'graphql';
import type { Clock } from '../../base/clock.ts';
import { imageAddress } from '../../shop/images/image-store.ts';
import type { Key, Row } from '../../shop/rows/statement.ts';
import { parseDatabaseDate } from '../../shop/shop-time.ts';
import { taxLines } from '../../shop/store/tax-lines.ts';
import { classTaxRules, ruleAt, shopTaxRules, type TaxRule } from '../../shop/store/tax-rules.ts';
import {
  type Decimal,
  hundredths,
  priceWithTax,
  type RateTotal,
  type TaxLine,
  totalsByRate,
} from '../../shop/tax.ts';
import type { Locale, Text } from '../../shop/text.ts';
import type { KeyedReader, RequestContext } from '../request/context.ts';
import { clientDataFields } from './client-data-fields.ts';

type Field = GraphQLFieldConfig<Row, RequestContext>;

/** Entity → its derived fields. */
export type DerivedFields = Readonly<Record<string, Readonly<Record<string, Field>>>>;

export type DerivedDeps = {
  readonly clock: Clock;
  readonly locale: Locale;
  /** The address below which the shop's product images lie, without a slash at its end. */
  readonly imageUrl: string;
};

const TEXTS = {
  url: { ja: '画像のURL', en: 'Address of the image' },
  price01: {
    ja: '通常価格（税込）。いま適用されている税率設定で計算します',
    en: 'Normal price with tax, by the tax rule that is in force now',
  },
  price02: {
    ja: '販売価格（税込）。いま適用されている税率設定で計算します',
    en: 'Sale price with tax, by the tax rule that is in force now',
  },
  rate: {
    ja: 'いま適用されている税率（%）。商品別税率機能が有効なら商品の税率',
    en: 'Tax rate in force now, in percent: the product’s own where the shop uses such',
  },
  taxByRate: {
    ja: '税率ごとの合計と税額。税額の合計は tax と同じです',
    en: 'Totals and taxes by tax rate; the taxes add up to tax',
  },
  taxRate: { ja: '税率（%）', en: 'Tax rate, in percent' },
  total: {
    ja: '税込の合計。不課税の値引きとポイントは、税率ごとの金額の比で按分して差し引いた後',
    en: 'Total with tax, less the share of discounts and points without tax',
  },
  taxable: { ja: '税抜の合計（total − tax）', en: 'Total without tax (total − tax)' },
  tax: { ja: '消費税額', en: 'Tax in it' },
  reduced: {
    ja: '軽減税率か（受注日の標準税率と違う税率）',
    en: 'Whether the rate is a reduced one: another than the shop’s own when the order was made',
  },
} as const satisfies Record<string, Text>;

export function derivedFields(needs: DerivedDeps): DerivedFields {
  const { imageUrl, locale } = needs;
  return {
    ProductImage: {
      url: {
        type: GraphQLString,
        description: TEXTS.url[locale],
        resolve: (row, _args, contextValue, info) =>
          shown(contextValue, info, imageAddress(imageUrl, String(row.file_name))),
      },
    },
    ProductClass: { ...classFields(needs), ...clientDataFields('ProductClass', locale) },
    Order: { TaxByRate: taxByRateField(needs), ...clientDataFields('Order', locale) },
    Product: clientDataFields('Product', locale),
    Customer: clientDataFields('Customer', locale),
    Category: clientDataFields('Category', locale),
  };
}

function classFields({ clock, locale }: DerivedDeps): Record<string, Field> {
  const rules: KeyedReader<TaxRule> = {
    byKeys: (keys, { store }) => classTaxRules(store, keys, clock.now()),
  };
  const ruleOf = (row: Row, contextValue: RequestContext): Promise<TaxRule | undefined> =>
    contextValue.gather(rules, row.id as Key);
  const withTax = (column: 'price01' | 'price02'): Field => ({
    type: GraphQLFloat,
    description: TEXTS[column][locale],
    resolve: async (row, _args, contextValue, info) => {
      const price = row[column] as Decimal | null;
      const rule = price === null ? undefined : await ruleOf(row, contextValue);
      return shown(contextValue, info, price !== null && rule ? priceWithTax(price, rule) : null);
    },
  });
  return {
    price01_inc_tax: withTax('price01'),
    price02_inc_tax: withTax('price02'),
    tax_rate: {
      type: GraphQLFloat,
      description: TEXTS.rate[locale],
      resolve: async (row, _args, contextValue, info) =>
        shown(contextValue, info, (await ruleOf(row, contextValue))?.tax_rate ?? null),
    },
  };
}

function taxByRateField({ locale }: DerivedDeps): Field {
  const lines: KeyedReader<TaxLine[]> = {
    byKeys: async (keys, contextValue) => {
      const found = await taxLines(contextValue.store, keys);
      for (const own of found.values()) contextValue.count(own.length);
      return found;
    },
  };
  const standard: KeyedReader<TaxRule[]> = {
    byKeys: async ([key], { store }) => new Map([[key ?? 0, await shopTaxRules(store.db)]]),
  };
  return {
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(taxByRateType(locale)))),
    description: TEXTS.taxByRate[locale],
    resolve: async (row, _args, contextValue) => {
      const [own, rules] = await Promise.all([
        contextValue.gather(lines, row.id as Key),
        contextValue.gather(standard, 0),
      ]);
      const usual = ruleAt(rules ?? [], parseDatabaseDate(String(row.create_date)) ?? 0);
      const totals = totalsByRate(own ?? []);
      contextValue.count(totals.length);
      return totals.map((total) => ({ ...total, reduced: isReduced(total, usual) }));
    },
  };
}

const isReduced = ({ tax_rate }: RateTotal, usual: TaxRule | undefined): boolean =>
  usual !== undefined && hundredths(usual.tax_rate) !== hundredths(tax_rate);

function taxByRateType(locale: Locale): GraphQLObjectType {
  const field = (type: typeof GraphQLFloat | typeof GraphQLBoolean, text: Text): Field => ({
    type: new GraphQLNonNull(type),
    description: text[locale],
    resolve: (row, _args, contextValue, info) => shown(contextValue, info, row[info.fieldName]),
  });
  return new GraphQLObjectType({
    name: 'TaxByRate',
    fields: {
      tax_rate: field(GraphQLFloat, TEXTS.taxRate),
      reduced: field(GraphQLBoolean, TEXTS.reduced),
      total: field(GraphQLFloat, TEXTS.total),
      taxable: field(GraphQLFloat, TEXTS.taxable),
      tax: field(GraphQLFloat, TEXTS.tax),
    },
  });
}

function shown<V>(contextValue: RequestContext, { path }: GraphQLResolveInfo, value: V): V {
  contextValue.show(path.key, value);
  return value;
}
