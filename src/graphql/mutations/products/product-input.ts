/** What `productSet` and `bulkProductSet` take. A field that is absent is left as it is; null empties it. */
import type { Argument, OwnType } from '../../mutation.ts';
import { preconditions } from '../precondition.ts';

export type ProductClassValues = {
  readonly class_category_id1?: string | null;
  readonly class_category_id2?: string | null;
  readonly code?: string | null;
  readonly price01?: string | null;
  readonly price02?: string | null;
  readonly stock?: number | null;
  readonly stock_unlimited?: boolean | null;
  readonly sale_limit?: number | null;
  readonly sale_type_id?: string | null;
  readonly delivery_duration_id?: string | null;
  readonly delivery_fee?: string | null;
  readonly tax_rate?: number | null;
  readonly visible?: boolean | null;
};

export type ProductValues = {
  readonly id?: string | null;
  readonly external_id?: string | null;
  readonly code?: string | null;
  readonly name?: string | null;
  readonly product_status_id?: string | null;
  readonly description_list?: string | null;
  readonly description_detail?: string | null;
  readonly search_word?: string | null;
  readonly note?: string | null;
  readonly free_area?: string | null;
  readonly category_ids?: readonly string[] | null;
  readonly tag_ids?: readonly string[] | null;
  readonly images?: readonly string[] | null;
  readonly classes?: readonly ProductClassValues[] | null;
  readonly keep_other_classes?: boolean | null;
  readonly ifUpdateDate?: number | null;
  readonly ifVersion?: string | null;
};

const field = (type: string, ja: string, en: string, longest?: number): Argument => ({
  type,
  description: { ja, en },
  ...(longest !== undefined && { longest }),
});

export const PRODUCT_CLASS_VALUES: OwnType = {
  kind: 'input',
  name: 'ProductClassSetInput',
  description: {
    ja: '商品規格1件分。規格のない商品では class_category_id1 を指定しない1件だけにします。',
    en: 'One product class. A product without classes has exactly one, without class_category_id1.',
  },
  fields: {
    class_category_id1: field('ID', '規格分類1のID', 'ID of the class category on the first axis'),
    class_category_id2: field('ID', '規格分類2のID', 'ID of the class category on the second axis'),
    code: field('String', '商品コード', 'Product code'),
    price01: field('String', '通常価格（税抜、文字列）', 'List price without tax, as text'),
    price02: field('String', '販売価格（税抜、文字列）', 'Selling price without tax, as text'),
    stock: field('Int', '在庫数', 'Stock'),
    stock_unlimited: field('Boolean', '在庫無制限', 'Unlimited stock'),
    sale_limit: field('Int', '販売制限数', 'Most that one order may hold'),
    sale_type_id: field('ID', '販売種別のID（新規の既定は 1）', 'ID of the sale type (1 for a new one)'),
    delivery_duration_id: field('ID', 'お届け可能日のID', 'ID of the delivery duration'),
    delivery_fee: field('String', '商品送料（文字列）', 'Delivery fee of its own, as text'),
    tax_rate: field(
      'Int',
      '個別の税率（%）。null で共通の税率に戻します。商品別税率機能が有効なショップだけで使えます',
      'Tax rate of its own in percent; null returns to the shop’s. Only where the shop has switched such rates on',
    ),
    visible: field(
      'Boolean',
      '販売するか（既定は true）。false で非表示のまま登録・更新します',
      'Whether it is sold (true without); false makes or keeps it hidden',
    ),
  },
};

export const PRODUCT_VALUES: OwnType = {
  kind: 'input',
  name: 'ProductSetInput',
  description: {
    ja: '商品1件分。id、external_id、code の順に既存の商品を選びます。どれもないとき、または該当する商品がないときは新しく登録します（id は必ず存在する商品）。',
    en: 'One product. id, external_id or code chooses one that there is, in this order; without any, or when no product has it, a new one is made (an id must be there).',
  },
  fields: {
    id: field('ID', '商品ID', 'ID of the product'),
    external_id: field(
      'String',
      '外部ID。この外部IDの商品を更新します。なければ code で選んだ商品か新しい商品に、この外部IDを付けます',
      'ID of this client’s own: the product that has it; without one, the product that id or code chooses, or the new one, gets it',
    ),
    code: field(
      'String',
      '商品コード。この商品コードの規格をもつ商品を更新します。なければ新規登録し、規格のない商品の商品コードになります',
      'Product code: the product with a class of this code; of a new product without classes it becomes the code',
    ),
    name: field('String', '商品名', 'Name'),
    product_status_id: field(
      'ID',
      '公開ステータス（1 公開、2 非公開、3 廃止。新規の既定は 2）',
      'Status (1 shown, 2 hidden, 3 abolished; 2 for a new one)',
    ),
    description_list: field('String', '商品説明（一覧）', 'Description in lists'),
    description_detail: field('String', '商品説明', 'Description'),
    search_word: field('String', '検索ワード', 'Search words'),
    note: field('String', 'ショップ用メモ欄', 'Note of the shop'),
    free_area: field('String', 'フリーエリア', 'Free area', 99_999),
    category_ids: field(
      '[ID!]',
      'カテゴリID（親カテゴリにも登録されます。登録済みのカテゴリを置き換えます）',
      'IDs of all its categories, replacing the present ones; it is put into those above them too',
    ),
    tag_ids: field(
      '[ID!]',
      'タグID（登録済みのタグを置き換えます）',
      'IDs of all its tags, replacing the present ones',
    ),
    images: field(
      '[String!]',
      '画像のファイル名を表示順に（100件まで。登録済みの画像を置き換えます）。POST /api/images が返した名前か、すでにある名前',
      'File names of its images in order (at most 100), replacing the present ones: names that POST /api/images gave, or that the shop has',
    ),
    classes: field(
      '[ProductClassSetInput!]',
      '販売するすべての規格。ここにない規格は非表示になり、非表示の規格を指定すると再び表示されます',
      'All classes that are sold: those that are not named are hidden, hidden ones that are named are shown again',
    ),
    keep_other_classes: field(
      'Boolean',
      'true で、classes にない規格をそのまま残します（規格を1つずつ追加・更新するとき）',
      'True leaves classes that are not named as they are, so that one can be added or changed by itself',
    ),
    ...preconditions('Product'),
  },
};
