/** Where a job of CSV rows writes other rows than EC-CUBE's CSV pages did with the same file, on purpose. */
import { LEVELS, type ShopDifference } from './product-differences.ts';

const PRODUCT = ['dtb_product', 'dtb_product_class', 'dtb_product_stock'];

const ROW_BY_ROW = {
  en: 'One bad row of EC-CUBE’s CSV cancels the whole file; in a job the good rows are saved, and the bad ones say why. A dry run beforehand tells of all bad rows.',
  ja: 'EC-CUBE のCSV登録は1行でもエラーがあると全体を取り消しますが、一括処理では正しい行を登録し、エラーの行は理由を示します。事前の確認（登録しない）で全行のエラーがわかります。',
};

const SHIPPED = [
  'dtb_order.order_status_id',
  'dtb_order.update_date',
  'dtb_shipping.shipping_date',
  'dtb_shipping.tracking_number',
  'dtb_shipping.update_date',
];

export const CSV_DIFFERENCES: readonly ShopDifference[] = [
  {
    records: ['product-csv-insert-full'],
    tables: [...PRODUCT, 'dtb_product_category', 'dtb_product_image', 'dtb_product_tag'],
    code: 'INVALID',
    en: 'EC-CUBE’s CSV stores 1,500.5 yen; a price that the currency has no digits for is an error of the row.',
    ja: 'EC-CUBE の商品CSVは 1,500.5 円をそのまま登録しますが、通貨の桁に合わない金額は行のエラーにします。',
  },
  {
    records: ['product-csv-checks/limit0'],
    tables: PRODUCT,
    code: 'INVALID',
    en: 'EC-CUBE’s CSV stores a 販売制限数 of 0, which its form refuses and which nobody can buy; it is an error of the row.',
    ja: 'EC-CUBE の商品CSVは販売制限数 0 を登録しますが、商品登録画面では入力できず購入もできないため、行のエラーにします。',
  },
  {
    records: ['product-csv-checks/list3001'],
    tables: PRODUCT,
    code: 'INVALID',
    en: 'EC-CUBE’s CSV takes more than 3,000 characters for 商品説明(一覧), which its form refuses at the next save; it is an error of the row.',
    ja: 'EC-CUBE の商品CSVは商品説明(一覧)に 3,000 文字を超える文章を登録しますが、商品登録画面では保存できなくなるため、行のエラーにします。',
  },
  {
    records: ['product-csv-checks/imageext'],
    tables: [...PRODUCT, 'dtb_product_image'],
    code: 'NOT_FOUND',
    en: 'EC-CUBE’s CSV stores names of images without looking for the files; a name that is not there is an error of the row.',
    ja: 'EC-CUBE の商品CSVはファイルの有無を確認せずに画像のファイル名を登録しますが、存在しない画像は行のエラーにします。',
  },
  {
    records: ['product-csv-own-tax-checks/taxdec'],
    tables: [...PRODUCT, 'dtb_tax_rule'],
    code: 'INVALID',
    en: 'EC-CUBE’s CSV takes a tax rate of 7.5 and its column keeps 8; a rate that would be rounded is an error of the row.',
    ja: 'EC-CUBE の商品CSVは税率 7.5 を受け付け、8 として登録します。丸められてしまう税率は行のエラーにします。',
  },
  {
    records: ['product-csv-insert-before-empty-cells'],
    tables: ['dtb_product_image.sort_no'],
    en: 'EC-CUBE’s CSV counts the places of images from 1, its form from 0; here they count from 0 everywhere.',
    ja: 'EC-CUBE の商品CSVは画像の並び順を 1 から、商品登録画面は 0 から付けます。ここでは常に 0 から付けます。',
  },
  {
    records: ['product-csv-update-images-categories-tags'],
    tables: ['dtb_product_image'],
    en: 'EC-CUBE’s CSV deletes all images of a product and inserts them again; here images that stay keep their rows.',
    ja: 'EC-CUBE の商品CSVは商品の画像をすべて削除して登録し直しますが、変わらない画像の行はそのまま残ります。',
  },
  {
    records: ['product-csv-add-class-row', 'product-csv-update-class-row'],
    tables: ['dtb_product.update_date'],
    en: 'EC-CUBE’s CSV leaves the product’s update_date when only a class changes; here it tells of all that hangs on the product, because programs poll by it.',
    ja: 'EC-CUBE の商品CSVは規格だけの変更では商品の更新日時を変えませんが、更新日時で差分を取得できるよう、商品の更新日時も変えます。',
  },
  {
    records: ['category-csv-move-subtree-to-root'],
    tables: ['dtb_category.hierarchy', 'dtb_category.sort_no', 'dtb_category.update_date'],
    ...LEVELS,
  },
  { records: ['category-csv-move-under-parent'], tables: ['dtb_category.sort_no'], ...LEVELS },
  {
    records: ['product-csv-one-bad-row'],
    tables: PRODUCT,
    ...ROW_BY_ROW,
  },
  { records: ['shipping-csv-checks/one-bad-row'], tables: SHIPPED, ...ROW_BY_ROW },
  {
    records: ['shipping-csv-checks/date-0231'],
    tables: SHIPPED,
    code: 'INVALID',
    en: 'EC-CUBE’s 出荷CSV takes 2026-02-31 as the third of March; a day that does not exist is an error of the row.',
    ja: 'EC-CUBE の出荷CSVは 2026-02-31 を3月3日として登録しますが、存在しない日付は行のエラーにします。',
  },
  {
    records: ['category-csv-checks/delnew'],
    tables: [],
    code: 'INVALID',
    en: 'EC-CUBE’s CSV silently passes over a deletion flag without an id; it is an error of the row.',
    ja: 'EC-CUBE のカテゴリCSVはIDのない削除フラグを何も言わずに読み飛ばしますが、行のエラーにします。',
  },
];

/** Refused for the same reason in other words. */
export const CSV_OTHER_WORDS: ReadonlySet<string> = new Set([
  'product-csv-checks/noname',
  'product-csv-checks/category999',
  'product-csv-checks/tag999',
  'product-csv-checks/classsamename',
  'product-csv-checks/detail3001',
  'product-csv-delete-with-orders',
  'product-csv-one-bad-row',
  'category-csv-checks/noname',
  'category-csv-delete-with-children',
  'category-csv-level6',
  'category-csv-checks/id999',
]);
