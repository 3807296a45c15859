/** The arguments of `products` (docs/eccube/graphql.md, Products). */
import { dateArguments, type Search } from './search.ts';

export const productSearch: Search = {
  name: 'products',
  entity: 'Product',
  arguments: [
    {
      kind: 'keyword',
      name: 'id',
      label: { ja: '商品名・商品ID・商品コード', en: 'Product name, product ID, product code' },
      id: 'id',
      idCleaning: 'as it is',
      places: [
        { fields: ['name'], cleaning: 'as it is' },
        { fields: ['ProductClasses.code'], cleaning: 'as it is' },
      ],
      escaped: true,
    },
    {
      kind: 'choice',
      name: 'category_id',
      label: { ja: 'カテゴリ', en: 'Category' },
      field: 'ProductCategories.Category',
      among: 'Category',
      tree: true,
      some: ['ProductCategories'],
    },
    {
      kind: 'choices',
      name: 'status',
      label: { ja: '公開ステータス', en: 'Status' },
      field: 'Status',
      among: 'ProductStatus',
      default: ['1', '2'],
    },
    {
      kind: 'halves',
      name: 'stock',
      label: { ja: '在庫数', en: 'Stock' },
      of: 'stock',
      fields: ['ProductClasses.stock_unlimited', 'ProductClasses.stock'],
    },
    {
      kind: 'choice',
      name: 'tag_id',
      label: { ja: 'タグ', en: 'Tag' },
      field: 'ProductTag.Tag',
      among: 'Tag',
      some: ['ProductTag'],
    },
    ...dateArguments(
      'create_date',
      { ja: '登録日', en: 'Created' },
      { day: 'create_date', instant: 'create_datetime' },
    ),
    ...dateArguments(
      'update_date',
      { ja: '更新日', en: 'Updated' },
      { day: 'update_date', instant: 'update_datetime' },
    ),
  ],
  lookUps: [
    {
      name: 'ids',
      label: {
        ja: '商品ID。指定した順に返します（1,000件まで）',
        en: 'Product IDs; the products come as they are named (1,000 at the most)',
      },
      by: 'key',
    },
  ],
  joins: [{ relation: 'ProductClasses', required: true, only: 'visible' }],
  sortKeys: {
    product_id: 'id',
    name: 'name',
    product_code: 'ProductClasses.code',
    code: 'ProductClasses.code',
    stock: 'ProductClasses.stock',
    status: 'Status',
    create_date: 'create_date',
    update_date: 'update_date',
  },
};
