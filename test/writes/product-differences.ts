/**
 * Where the API writes other rows than the recorded pages of products, categories, customers and masters, on purpose. A record
 * without a difference may not be here.
 */
export type ShopDifference = {
  readonly records: readonly string[];
  /** `table.column`, or the table where rows come or go. */
  readonly tables: readonly string[];
  /** The code of a refusal where EC-CUBE's page went through; null: we go through where it refused. */
  readonly code?: string | null;
  readonly en: string;
  readonly ja: string;
};

const FOREIGN_KEYS = {
  code: 'IN_USE',
  en: 'On SQLite EC-CUBE deletes rows in use and leaves ids that lead nowhere; what PostgreSQL refuses is refused on every database.',
  ja: 'SQLite では EC-CUBE は使用中の行も削除し、参照先のないIDが残ります。API は PostgreSQL で削除できないものを、どのデータベースでも削除しません。',
} as const;

export const LEVELS = {
  en: 'The CSV leaves the place of a moved category, and the levels of those below it, as they were; here the whole subtree moves, with its levels.',
  ja: 'カテゴリCSVでは、移動したカテゴリの並び順と、その下のカテゴリの階層が元のまま残ります。API では下のカテゴリごと移動し、階層も正しくなります。',
} as const;

export const SHOP_DIFFERENCES: readonly ShopDifference[] = [
  {
    records: ['sqlite-category-delete-with-children'],
    tables: ['dtb_category', 'dtb_category.sort_no'],
    ...FOREIGN_KEYS,
  },
  {
    records: ['sqlite-category-delete-with-products'],
    tables: ['dtb_category', 'dtb_category.sort_no'],
    ...FOREIGN_KEYS,
  },
  {
    records: ['sqlite-classname-delete-in-use'],
    tables: ['dtb_class_name', 'dtb_class_name.sort_no'],
    ...FOREIGN_KEYS,
  },
  {
    records: ['category-csv-move-subtree-to-root'],
    tables: ['dtb_category.hierarchy', 'dtb_category.sort_no', 'dtb_category.update_date'],
    ...LEVELS,
  },
  { records: ['category-csv-move-under-parent'], tables: ['dtb_category.sort_no'], ...LEVELS },
  {
    records: ['product-create-checks/taxrate'],
    tables: ['dtb_product', 'dtb_product_class', 'dtb_product_stock'],
    code: 'INVALID',
    en: 'Where the shop has not switched on tax rates of products, EC-CUBE’s form drops one that is posted; here it is refused, because a program that sends one believes in it.',
    ja: '商品別税率機能が無効なショップでは、EC-CUBE の画面は送られた税率を無視します。API は、指定した税率が使われないことに気づけるよう、エラーにします。',
  },
  {
    records: ['product-create-price-comma-decimal'],
    tables: ['dtb_product', 'dtb_product_class', 'dtb_product_stock'],
    code: 'INVALID',
    en: 'A form rounds 1,234.5 yen to 1235; a program that sends half a yen has made an error, which should not become a price.',
    ja: 'EC-CUBE の画面は 1,234.5 円を 1,235 円に丸めます。API は、誤った価格がそのまま登録されないよう、通貨の桁に合わない金額をエラーにします。',
  },
  {
    records: ['product-create-noclass'],
    tables: ['dtb_product_tag.tag_id'],
    en: 'EC-CUBE inserts tags by their order in the list of tags; here they come as they are named. Pages sort them anyway.',
    ja: 'EC-CUBE はタグの並び順にタグを登録しますが、API は指定した順に登録します。画面の表示順は変わりません。',
  },
  {
    records: ['product-create-noclass', 'product-edit-purify'],
    tables: ['dtb_product.description_detail'],
    en: 'The same HTML with colours and last semicolons of styles as they were written.',
    ja: 'HTML の内容は同じですが、スタイルの色の表記や末尾のセミコロンは入力されたままになります。',
  },
  {
    records: ['product-edit-purify'],
    tables: ['dtb_product.free_area'],
    en: 'Twig in an address stays as it is written: EC-CUBE percent-encodes it, so that it leads nowhere.',
    ja: 'EC-CUBE はURL内の Twig をエスケープしてしまいリンクが壊れますが、API では入力されたままになります。',
  },
  {
    records: ['product-duplicate-1axis', 'product-duplicate-2axis'],
    tables: ['dtb_product_class', 'dtb_product_stock'],
    en: 'EC-CUBE copies the hidden default class twice, by a fault; here it comes once.',
    ja: 'EC-CUBE は不具合により非表示の初期規格を2件複製しますが、API では1件だけ複製します。',
  },
  {
    records: ['product-duplicate-noclass'],
    tables: ['dtb_product_image.file_name'],
    en: 'EC-CUBE copies the files of images; here both products name the same files, which go when no row names them.',
    ja: 'EC-CUBE は画像ファイルを複製しますが、API では両方の商品が同じファイルを使います。どの商品からも使われなくなったときに削除されます。',
  },
  {
    records: ['productclass-edit-recheck'],
    tables: ['dtb_product_class.currency_code'],
    en: 'A combination that is shown again loses its currency_code in EC-CUBE, by a fault; here it keeps it.',
    ja: 'EC-CUBE は不具合により、再び有効にした規格の currency_code を空にしますが、API では元の値が残ります。',
  },
  {
    records: ['customer-checks/pwnone'],
    tables: ['dtb_customer'],
    code: null,
    en: 'The form needs a password; a program may leave it out, so that the customer asks for a new one.',
    ja: 'EC-CUBE の画面ではパスワードが必須ですが、API では省略できます。会員はパスワードの再発行でログインできるようになります。',
  },
  {
    records: [
      'sqlite-product-edit-price',
      'product-edit-categories-none',
      'product-edit-category-middle',
      'product-edit-code-back',
      'product-edit-code-empty',
      'product-edit-delivery-duration-none',
      'product-edit-description-searchword',
      'product-edit-empty-texts',
      'product-edit-name',
      'product-edit-nochange',
      'product-edit-price',
      'product-edit-purify',
      'product-edit-sale-limit-none',
      'product-edit-sale-type',
      'product-edit-status-abolished',
      'product-edit-status-hidden',
      'product-edit-tags-none',
      'product-image-add',
      'product-image-reorder',
      'product-own-tax-checks/taxoff',
      'productclass-edit-nochange',
      'productclass-edit-recheck',
      'productclass-edit-uncheck',
      'mariadb-product-edit-nochange',
    ],
    tables: ['dtb_product_stock.update_date'],
    en: 'Saving EC-CUBE’s page dates rows in which nothing has changed; a row that stays as it is, is not written.',
    ja: 'EC-CUBE の画面は変更のない行も更新日時を変えますが、API は変更のない行には書き込みません。',
  },
  {
    records: [
      'product-edit-categories-none',
      'product-edit-category-middle',
      'product-edit-description-searchword',
      'product-edit-empty-texts',
      'product-edit-name',
      'product-edit-nochange',
      'product-edit-status-abolished',
      'product-edit-status-hidden',
      'product-edit-tags-none',
      'product-image-add',
      'product-image-reorder',
      'product-own-tax-checks/taxoff',
      'productclass-edit-nochange',
      'productclass-edit-price-stock',
      'productclass-edit-recheck',
      'productclass-edit-uncheck',
      'mariadb-product-edit-nochange',
    ],
    tables: ['dtb_product_class.update_date'],
    en: 'Saving EC-CUBE’s page dates rows in which nothing has changed; a row that stays as it is, is not written.',
    ja: 'EC-CUBE の画面は変更のない行も更新日時を変えますが、API は変更のない行には書き込みません。',
  },
  {
    records: ['product-edit-nochange', 'mariadb-product-edit-nochange'],
    tables: ['dtb_product.update_date'],
    en: 'Saving EC-CUBE’s page dates rows in which nothing has changed; a row that stays as it is, is not written.',
    ja: 'EC-CUBE の画面は変更のない行も更新日時を変えますが、API は変更のない行には書き込みません。',
  },
  {
    records: ['customer-edit-nochange', 'customer-edit-normalisation'],
    tables: ['dtb_customer.update_date'],
    en: 'Saving EC-CUBE’s page dates rows in which nothing has changed; a row that stays as it is, is not written.',
    ja: 'EC-CUBE の画面は変更のない行も更新日時を変えますが、API は変更のない行には書き込みません。',
  },
  {
    records: [
      'productclass-clear',
      'productclass-create-1axis',
      'productclass-edit-price-stock',
      'productclass-edit-recheck',
      'productclass-edit-uncheck',
    ],
    tables: ['dtb_product.update_date'],
    en: 'EC-CUBE’s class matrix leaves the product’s update_date; here it tells of all that hangs on the product, because programs poll by it.',
    ja: 'EC-CUBE の商品規格登録画面は商品の更新日時を変えませんが、更新日時で差分を取得できるよう、API は規格の変更でも商品の更新日時を変えます。',
  },
  {
    records: [
      'product-edit-categories-none',
      'product-edit-category-middle',
      'product-edit-code-back',
      'product-edit-code-empty',
      'product-edit-delivery-duration-none',
      'product-edit-description-searchword',
      'product-edit-empty-texts',
      'product-edit-name',
      'product-edit-nochange',
      'product-edit-price',
      'product-edit-sale-limit-none',
      'product-edit-sale-type',
      'product-edit-status-abolished',
      'product-edit-status-hidden',
      'product-edit-stock',
      'product-edit-stock-limited',
      'product-edit-stock-unlimited',
      'product-edit-with-classes',
      'mariadb-product-edit-nochange',
    ],
    tables: ['dtb_product_tag'],
    en: 'EC-CUBE deletes all tags of a product and inserts them again at every save; here tags that stay keep their rows.',
    ja: 'EC-CUBE は保存のたびに商品のタグをすべて削除して登録し直しますが、API では変わらないタグの行がそのまま残ります。',
  },
  {
    records: [
      'customer-checks/name16',
      'customer-checks/postal6',
      'customer-checks/emaildots',
      'customer-checks/emaildupcase',
      'customer-checks/phone14',
      'customer-checks/birthold',
      'customer-checks/status3',
      'customer-create-full',
      'mariadb-customer-create',
      'mariadb-customer-email-other-case',
    ],
    tables: ['dtb_customer.point'],
    en: 'Points are no field of a customer here: a new one has none, and gets some with a reason (customerPointChange).',
    ja: 'API ではポイントは会員の項目ではなく、登録時は 0 です。付与は理由を付けて customerPointChange で行います。',
  },
  {
    records: ['delivery-add-time', 'delivery-show-time'],
    tables: ['dtb_delivery_time.update_date'],
    en: 'EC-CUBE’s page dates every time slot of the delivery; a row that stays as it is, is not written.',
    ja: 'EC-CUBE の画面は配送方法のすべてのお届け時間の更新日時を変えますが、API は変更のない行には書き込みません。',
  },
];

/** Refused for the same reason in other words. */
export const OTHER_WORDS: ReadonlySet<string> = new Set([
  'product-create-checks/freetwig',
  'product-create-checks/free99999',
  'product-create-checks/status9',
  'product-create-checks/category999',
  'product-delete-again-ajax',
  'customer-delete-again',
  'news-checks/desc99999',
]);
