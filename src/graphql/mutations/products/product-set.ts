/** `productSet` and `bulkProductSet`: products with everything that hangs on them, made or changed in one go. */
import type { Mutation, OwnType } from '../../mutation.ts';
import { invalid } from '../arguments.ts';
import {
  ERROR_POLICY,
  ERROR_POLICY_ARGUMENT,
  type ErrorPolicy,
  ROW_RESULT,
  runRows,
} from '../row-results.ts';
import { readClassMasters } from './class-masters.ts';
import { awaitTurn } from './find-product.ts';
import { PRODUCT_CLASS_VALUES, PRODUCT_VALUES, type ProductValues } from './product-input.ts';
import { type ProductDeps, setProduct } from './set-product.ts';

const MOST_PRODUCTS = 100;
const MOST_CLASSES = 1000; // of all products of one list: what fits into the time of a request
const SCOPES = ['read', 'write'];
const TYPES = [PRODUCT_VALUES, PRODUCT_CLASS_VALUES];

const productSet = (deps: ProductDeps): Mutation => ({
  name: 'productSet',
  scopes: SCOPES,
  description: {
    ja: '商品を、規格・カテゴリ・タグ・画像ごと登録または更新します。指定した項目だけが変わり、指定した一覧（規格・カテゴリ・タグ・画像）は置き換わります。EC-CUBE の商品登録画面・商品規格登録画面で登録したのと同じ内容になります。',
    en: 'Makes or changes a product with its classes, categories, tags and images. Only what is given changes; a list that is given replaces the present one. The shop’s own pages show the result as if they had made it.',
  },
  example: `mutation {
  productSet(
    input: {
      name: "藍染の手ぬぐい"
      product_status_id: 1
      description_list: "<b>注染</b>の手ぬぐい。"
      category_ids: [2]
      tag_ids: [1]
      classes: [{ code: "TNG-NEW", price02: "1200", stock: 30 }]
    }
  ) {
    name
    version
    ProductClasses {
      code
      price02
      stock
    }
  }
}`,
  types: TYPES,
  args: {
    input: {
      type: 'ProductSetInput!',
      description: { ja: '商品', en: 'The product' },
      crosses: ['Product', 'ProductClass'],
    },
  },
  type: 'Product',
  run: async (context, args) => {
    const input = args.input as ProductValues;
    await awaitTurn(context, [input]);
    return setProduct(context, { ...deps, masters: await readClassMasters(context) }, input, 'input');
  },
});

const RESULT: OwnType = {
  kind: 'object',
  name: 'ProductSetResult',
  description: { ja: '商品1件分の結果', en: 'What came of one product' },
  fields: { ...ROW_RESULT, Product: { type: 'Product' } },
};

const bulkProductSet = (deps: ProductDeps): Mutation => ({
  name: 'bulkProductSet',
  scopes: SCOPES,
  description: {
    ja: `複数の商品を1トランザクションで登録または更新します（${MOST_PRODUCTS}件まで、規格は合わせて${MOST_CLASSES}件まで）。結果は指定した順に1件ずつ返します。`,
    en: `Makes or changes up to ${MOST_PRODUCTS} products, with up to ${MOST_CLASSES} classes in all, in one transaction, with one result for each, in the same order.`,
  },
  example: `mutation {
  bulkProductSet(
    errorPolicy: REJECT_ROWS
    items: [
      { code: "HSH-01", search_word: "箸 はし" }
      { name: "桜の箸置き", classes: [{ code: "HSO-01", price02: "600", stock_unlimited: true }] }
    ]
  ) {
    ok
    code
    field
    message
    Product {
      name
    }
  }
}`,
  types: [...TYPES, RESULT, ERROR_POLICY],
  args: {
    items: {
      type: '[ProductSetInput!]!',
      description: {
        ja: `商品の一覧（${MOST_PRODUCTS}件まで）`,
        en: `The products (at most ${MOST_PRODUCTS})`,
      },
      crosses: ['Product', 'ProductClass'],
    },
    errorPolicy: ERROR_POLICY_ARGUMENT,
  },
  type: '[ProductSetResult!]!',
  run: async (context, args) => {
    const rows = args.items as readonly ProductValues[];
    if (rows.length > MOST_PRODUCTS) {
      throw invalid('items', `At most ${MOST_PRODUCTS} rows are allowed`, 'LIMIT');
    }
    if (rows.reduce((sum, { classes }) => sum + (classes?.length ?? 0), 0) > MOST_CLASSES) {
      throw invalid('items', `At most ${MOST_CLASSES} classes are allowed in all`, 'LIMIT');
    }
    await awaitTurn(context, rows);
    const errorPolicy = args.errorPolicy as ErrorPolicy;
    const shared = { ...deps, masters: await readClassMasters(context) };
    const ran = await runRows(context, { argument: 'items', rows, errorPolicy }, (row, place) =>
      setProduct(context, shared, row, place),
    );
    return ran.map(({ result, value }) => ({ ...result, Product: value ?? null }));
  },
});

export const productSetMutations = (deps: ProductDeps): readonly Mutation[] => [
  productSet(deps),
  bulkProductSet(deps),
];
