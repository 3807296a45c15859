// Generated from the schema by `npm run -s docs`. Do not edit.
import { rootField } from '../operation.ts';
import type * as Schema from './schema.ts';

export const customer = /*#__PURE__*/ rootField<'customer', Schema.CustomerArgs, Schema.Customer | null>('query', 'customer', {
  id: 'ID!',
});

export const customers = /*#__PURE__*/ rootField<'customers', Schema.CustomersArgs, Schema.CustomerConnection | null>('query', 'customers', {
  multi: 'String',
  customer_status: '[String]',
  sex: '[String]',
  birth_month: 'String',
  birth_start: 'String',
  birth_end: 'String',
  pref: 'String',
  phone_number: 'String',
  buy_product_name: 'String',
  buy_total_start: 'String',
  buy_total_end: 'String',
  buy_times_start: 'Int',
  buy_times_end: 'Int',
  create_date_start: 'String',
  create_datetime_start: 'DateTime',
  create_date_end: 'String',
  create_datetime_end: 'DateTime',
  update_date_start: 'String',
  update_datetime_start: 'DateTime',
  update_date_end: 'String',
  update_datetime_end: 'DateTime',
  last_buy_start: 'String',
  last_buy_datetime_start: 'DateTime',
  last_buy_end: 'String',
  last_buy_datetime_end: 'DateTime',
  sortkey: 'String',
  sorttype: 'String',
  page: 'Int',
  limit: 'Int',
  first: 'Int',
  after: 'String',
  external_ids: '[String!]',
});

export const order = /*#__PURE__*/ rootField<'order', Schema.OrderArgs, Schema.Order | null>('query', 'order', {
  id: 'ID!',
});

export const orders = /*#__PURE__*/ rootField<'orders', Schema.OrdersArgs, Schema.OrderConnection | null>('query', 'orders', {
  multi: 'String',
  status: '[String]',
  name: 'String',
  kana: 'String',
  company_name: 'String',
  email: 'String',
  order_no: 'String',
  phone_number: 'String',
  tracking_number: 'String',
  shipping_mail: '[String]',
  payment: '[String]',
  order_date_start: 'String',
  order_datetime_start: 'DateTime',
  order_date_end: 'String',
  order_datetime_end: 'DateTime',
  payment_date_start: 'String',
  payment_datetime_start: 'DateTime',
  payment_date_end: 'String',
  payment_datetime_end: 'DateTime',
  update_date_start: 'String',
  update_datetime_start: 'DateTime',
  update_date_end: 'String',
  update_datetime_end: 'DateTime',
  shipping_delivery_date_start: 'String',
  shipping_delivery_datetime_start: 'DateTime',
  shipping_delivery_date_end: 'String',
  shipping_delivery_datetime_end: 'DateTime',
  payment_total_start: 'String',
  payment_total_end: 'String',
  buy_product_name: 'String',
  sortkey: 'String',
  sorttype: 'String',
  page: 'Int',
  limit: 'Int',
  first: 'Int',
  after: 'String',
  ids: '[ID!]',
  order_nos: '[String!]',
  external_ids: '[String!]',
});

export const product = /*#__PURE__*/ rootField<'product', Schema.ProductArgs, Schema.Product | null>('query', 'product', {
  id: 'ID!',
});

export const products = /*#__PURE__*/ rootField<'products', Schema.ProductsArgs, Schema.ProductConnection | null>('query', 'products', {
  id: 'String',
  category_id: 'String',
  status: '[String]',
  stock: '[String]',
  tag_id: 'String',
  create_date_start: 'String',
  create_datetime_start: 'DateTime',
  create_date_end: 'String',
  create_datetime_end: 'DateTime',
  update_date_start: 'String',
  update_datetime_start: 'DateTime',
  update_date_end: 'String',
  update_datetime_end: 'DateTime',
  sortkey: 'String',
  sorttype: 'String',
  page: 'Int',
  limit: 'Int',
  first: 'Int',
  after: 'String',
  ids: '[ID!]',
  external_ids: '[String!]',
});

/**
 * 商品・受注・会員に起きた変更を、コミットの順に返します
 *
 * What has happened to products, orders and customers, in the order of the commits
 */
export const changes = /*#__PURE__*/ rootField<'changes', Schema.ChangesArgs, Schema.ChangeConnection | null>('query', 'changes', {
  after: 'String',
  first: 'Int',
  entities: '[String]',
  excludeOwn: 'Boolean',
  parts: '[ChangePart!]',
  status: '[ID!]',
});

/**
 * 商品規格をID・商品コード・外部IDで取得します（合わせて1000件まで、完全一致）。非表示の規格、廃止の商品の規格も対象です
 *
 * Product classes by id, code or external id (1000 in all, exact); hidden ones and those of abolished products too
 */
export const productClasses = /*#__PURE__*/ rootField<'productClasses', Schema.ProductClassesArgs, Schema.ProductClassLookup>('query', 'productClasses', {
  ids: '[ID!]',
  codes: '[String!]',
  external_ids: '[String!]',
});

/**
 * 店舗の基本情報。適格請求書発行事業者の登録番号、ポイントと税率の設定を含みます
 *
 * The shop itself: address, registration number for invoices, options of points and taxes
 */
export const shop = /*#__PURE__*/ rootField<'shop', object, Schema.BaseInfo | null>('query', 'shop');

/**
 * 支払方法の一覧
 *
 * The ways to pay
 */
export const payments = /*#__PURE__*/ rootField<'payments', Schema.PaymentsArgs, Schema.Payment[]>('query', 'payments', {
  visible: 'Boolean',
});

/**
 * 配送方法の一覧。都道府県別の送料（DeliveryFees）とお届け時間（DeliveryTimes）を含みます
 *
 * The ways to deliver, with the fee for each prefecture (DeliveryFees) and the time slots (DeliveryTimes)
 */
export const deliveries = /*#__PURE__*/ rootField<'deliveries', Schema.DeliveriesArgs, Schema.Delivery[]>('query', 'deliveries', {
  visible: 'Boolean',
});

/**
 * カテゴリの一覧。管理画面の並び順（親のすぐ下に子）で返します。tree: true なら最上位だけを返し、下は Children で取得します
 *
 * The categories in the order of the admin, each child behind its parent. With tree: true only the topmost; those below are their Children
 */
export const categories = /*#__PURE__*/ rootField<'categories', Schema.CategoriesArgs, Schema.Category[]>('query', 'categories', {
  tree: 'Boolean',
});

/**
 * タグの一覧
 *
 * The tags of products
 */
export const tags = /*#__PURE__*/ rootField<'tags', object, Schema.Tag[]>('query', 'tags');

/**
 * 規格の一覧。規格分類（ClassCategories）を含みます
 *
 * The axes along which products vary, with their values (ClassCategories)
 */
export const classNames = /*#__PURE__*/ rootField<'classNames', object, Schema.ClassName[]>('query', 'classNames');

/**
 * 対応状況の一覧
 *
 * The statuses that an order can have
 */
export const orderStatuses = /*#__PURE__*/ rootField<'orderStatuses', object, Schema.OrderStatus[]>('query', 'orderStatuses');

/**
 * ショップの税率設定の一覧。適用日時の新しい順。商品別の税率は ProductClass.TaxRule で取得します
 *
 * The tax rules of the shop, the newest first. A product’s own is its ProductClass.TaxRule
 */
export const taxRules = /*#__PURE__*/ rootField<'taxRules', object, Schema.TaxRule[]>('query', 'taxRules');

/**
 * お知らせの一覧。公開日時の新しい順
 *
 * What the shop announces, the newest first
 */
export const news = /*#__PURE__*/ rootField<'news', Schema.NewsArgs, Schema.News[]>('query', 'news', {
  visible: 'Boolean',
  page: 'Int',
  limit: 'Int',
});

/**
 * 日ごとの売上（400日まで）。EC-CUBEのホームと同じく、注文取消し・決済処理中・購入処理中・返品の受注は数えません
 *
 * Sales for each day (400 at the most). As on EC-CUBE’s home page, orders that are cancelled, pending, in checkout or returned do not count
 */
export const salesByDay = /*#__PURE__*/ rootField<'salesByDay', Schema.SalesByDayArgs, Schema.SalesDay[]>('query', 'salesByDay', {
  from: 'String!',
  to: 'String!',
  by: 'SalesGroupKind',
});

/**
 * API による在庫の変更を新しい順に返します。EC-CUBE の画面や注文による変更は含みません（変更フィードをご利用ください）。履歴は90日間保存されます。
 *
 * What the API has done to stocks, newest first. What EC-CUBE itself does is told by the change feed. The history is kept for 90 days.
 */
export const stockChanges = /*#__PURE__*/ rootField<'stockChanges', Schema.StockChangesArgs, Schema.StockChangeConnection>('query', 'stockChanges', {
  product_class_id: 'ID',
  code: 'String',
  client_id: 'String',
  from: 'DateTime',
  to: 'DateTime',
  first: 'Int',
  after: 'String',
});

/**
 * API（customerPointChange）によるポイントの増減を新しい順に返します。EC-CUBE の画面や注文による増減は含みません（変更フィードの points をご利用ください）。
 *
 * The points that customerPointChange has given or taken, newest first. What EC-CUBE itself does is told by the change feed, part points.
 */
export const pointChanges = /*#__PURE__*/ rootField<'pointChanges', Schema.PointChangesArgs, Schema.PointChangeConnection>('query', 'pointChanges', {
  customer_id: 'ID',
  first: 'Int',
  after: 'String',
});

/**
 * 呼び出したクライアントの一括処理1件の進み具合を返します。ほかのクライアントのものは null です。
 *
 * How one bulk job of the calling client gets on; null for those of others.
 */
export const job = /*#__PURE__*/ rootField<'job', Schema.JobArgs, Schema.BulkJob | null>('query', 'job', {
  id: 'ID!',
});

/**
 * 呼び出したクライアントの一括処理を新しい順に返します。結果は終了から7日間保存されます。
 *
 * The bulk jobs of the calling client, newest first. They are kept for seven days from their end.
 */
export const jobs = /*#__PURE__*/ rootField<'jobs', Schema.JobsArgs, Schema.BulkJobConnection>('query', 'jobs', {
  first: 'Int',
  after: 'String',
});

/**
 * 呼び出したクライアント自身が登録した通知先（WebHook）を返します。シークレットは含みません。
 *
 * The webhooks that the calling client has registered; without their secrets.
 */
export const webhooks = /*#__PURE__*/ rootField<'webhooks', object, Schema.Webhook[]>('query', 'webhooks');

/**
 * 商品コードで指定した商品規格の在庫を更新します。
 *
 * Sets the stock of the product class that has a product code.
 */
export const updateProductStock = /*#__PURE__*/ rootField<'updateProductStock', Schema.UpdateProductStockArgs, Schema.ProductClass | null>('mutation', 'updateProductStock', {
  code: 'String!',
  stock: 'Int',
  stock_unlimited: 'Boolean!',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 出荷情報を出荷済みに更新します。受注のすべての出荷が済むと、受注は発送済みになり、会員に加算ポイントが付与されます。メールを送信できなかった場合はエラー MAIL_FAILED を返します。extensions.saved が true のときは出荷済みの更新は保存されており、メールは自動で再送されます。
 *
 * Marks a shipping as shipped. When all shippings of its order are, the order becomes 発送済み and the customer gets the points. A mail that could not be sent is told as the error MAIL_FAILED; with extensions.saved true the parcel is shipped all the same, and the mail is tried again.
 */
export const updateShipped = /*#__PURE__*/ rootField<'updateShipped', Schema.UpdateShippedArgs, Schema.Shipping | null>('mutation', 'updateShipped', {
  id: 'ID!',
  shipping_date: 'DateTime',
  shipping_delivery_name: 'String',
  tracking_number: 'String',
  note: 'String',
  is_send_mail: 'Boolean',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 商品規格IDで指定した商品規格の在庫を、在庫数（stock）または増減（delta）で更新します。商品コードが未登録、または重複している場合にも使えます。
 *
 * Sets the stock of a product class by its ID, or changes it by a number, also where product codes are missing or not unique.
 */
export const updateProductClassStock = /*#__PURE__*/ rootField<'updateProductClassStock', Schema.UpdateProductClassStockArgs, Schema.ProductClass | null>('mutation', 'updateProductClassStock', {
  product_class_id: 'ID!',
  stock: 'Int',
  stock_unlimited: 'Boolean',
  delta: 'Int',
  changeFromStock: 'Int',
  reason: 'String',
  reference: 'String',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 複数の商品規格の在庫を、在庫数または増減でまとめて更新します（1000件まで、1トランザクション）。結果は指定した順に1件ずつ返します。更新できない行があっても、ほかの行は保存されます。
 *
 * Sets or changes the stock of up to 1000 product classes in one transaction. There is one result per row, in the same order; rows that fail change nothing, the others are saved.
 */
export const bulkUpdateProductStock = /*#__PURE__*/ rootField<'bulkUpdateProductStock', Schema.BulkUpdateProductStockArgs, Schema.ProductStockResult[]>('mutation', 'bulkUpdateProductStock', {
  items: '[ProductStockInput!]!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 商品規格の通常価格と販売価格（いずれも税抜）を更新します。指定した価格だけが変わります。code と product_class_id のどちらか一方を指定します。
 *
 * Sets the list price and the selling price of a product class, both without tax. Only what is given changes. Choose the class by either code or product_class_id.
 */
export const updateProductPrice = /*#__PURE__*/ rootField<'updateProductPrice', Schema.UpdateProductPriceArgs, Schema.ProductClass | null>('mutation', 'updateProductPrice', {
  product_class_id: 'ID',
  code: 'String',
  price01: 'String',
  price02: 'String',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 商品の情報を更新します。指定した項目だけが変わります。カテゴリは、EC-CUBE の商品登録画面と同じく、指定したカテゴリとそのすべての親カテゴリに登録します。
 *
 * Changes a product; only what is given changes. As in EC-CUBE’s product form, the product is put into the chosen categories and into all of their parents.
 */
export const updateProduct = /*#__PURE__*/ rootField<'updateProduct', Schema.UpdateProductArgs, Schema.Product | null>('mutation', 'updateProduct', {
  id: 'ID!',
  name: 'String',
  description_list: 'String',
  description_detail: 'String',
  search_word: 'String',
  note: 'String',
  free_area: 'String',
  product_status_id: 'ID',
  category_ids: '[ID!]',
  tag_ids: '[ID!]',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 受注の対応状況を変更します。EC-CUBE の管理画面と同じ遷移だけが許され、在庫・ポイント・入金日も同じように更新されます。発送済みにすると、未出荷の出荷情報に出荷日が入ります。すでに指定の状況にある受注は何も変わりません。
 *
 * Changes the status of an order. Only the transitions of EC-CUBE’s admin are allowed, with the same effects on stock, points and the date of payment. 発送済み (5) also dates shippings that are not shipped yet. An order that already has the status stays as it is.
 */
export const updateOrderStatus = /*#__PURE__*/ rootField<'updateOrderStatus', Schema.UpdateOrderStatusArgs, Schema.Order | null>('mutation', 'updateOrderStatus', {
  id: 'ID!',
  order_status_id: 'ID!',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 複数の出荷情報をまとめて出荷済みに更新します（200件まで、1トランザクション）。結果は指定した順に1件ずつ返します。更新できない行があっても、ほかの行は保存されます。メールだけを送信できなかった行は ok が true、code が MAIL_FAILED になります。
 *
 * Marks up to 200 shippings as shipped in one transaction. There is one result per row, in the same order; rows that fail change nothing, the others are saved. Where only the mail could not be sent, ok is true and code is MAIL_FAILED.
 */
export const bulkUpdateShipped = /*#__PURE__*/ rootField<'bulkUpdateShipped', Schema.BulkUpdateShippedArgs, Schema.ShippedResult[]>('mutation', 'bulkUpdateShipped', {
  items: '[ShippedInput!]!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 出荷情報（お問い合わせ番号、配送業者、お届け日、お届け時間、出荷用メモ）を更新します。出荷前の登録にも、出荷後の訂正にも使えます。指定した項目だけが変わり、受注の更新日時も変わります。
 *
 * Corrects or presets the tracking number, carrier, delivery date, time slot and memo of a shipping, before it has left or afterwards. Only what is given changes; the order is dated with it.
 */
export const updateShipping = /*#__PURE__*/ rootField<'updateShipping', Schema.UpdateShippingArgs, Schema.Shipping | null>('mutation', 'updateShipping', {
  id: 'ID!',
  tracking_number: 'String',
  delivery_id: 'ID',
  shipping_delivery_date: 'DateTime',
  time_id: 'ID',
  note: 'String',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 受注の SHOP用メモ欄を更新します。金額・在庫・ポイントは変わりません。
 *
 * Writes the shop’s memo of an order. Amounts, stock and points stay as they are.
 */
export const updateOrder = /*#__PURE__*/ rootField<'updateOrder', Schema.UpdateOrderArgs, Schema.Order | null>('mutation', 'updateOrder', {
  id: 'ID!',
  note: 'String',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 商品を、規格・カテゴリ・タグ・画像ごと登録または更新します。指定した項目だけが変わり、指定した一覧（規格・カテゴリ・タグ・画像）は置き換わります。EC-CUBE の商品登録画面・商品規格登録画面で登録したのと同じ内容になります。
 *
 * Makes or changes a product with its classes, categories, tags and images. Only what is given changes; a list that is given replaces the present one. The shop’s own pages show the result as if they had made it.
 */
export const productSet = /*#__PURE__*/ rootField<'productSet', Schema.ProductSetArgs, Schema.Product | null>('mutation', 'productSet', {
  input: 'ProductSetInput!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 複数の商品を1トランザクションで登録または更新します（100件まで、規格は合わせて1000件まで）。結果は指定した順に1件ずつ返します。
 *
 * Makes or changes up to 100 products, with up to 1000 classes in all, in one transaction, with one result for each, in the same order.
 */
export const bulkProductSet = /*#__PURE__*/ rootField<'bulkProductSet', Schema.BulkProductSetArgs, Schema.ProductSetResult[]>('mutation', 'bulkProductSet', {
  items: '[ProductSetInput!]!',
  errorPolicy: 'ErrorPolicy',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 複数の商品の公開ステータスを変更します（1000件まで）。すでにそのステータスの商品は変わりません。商品はIDか外部ID、またはその両方で指定します。存在しないIDが1つでもあれば、どの商品も変わりません。
 *
 * Sets the status of up to 1000 products. One that has it already stays as it is; they are named by ID, by external ID, or both. An ID without a product takes all back.
 */
export const bulkProductStatus = /*#__PURE__*/ rootField<'bulkProductStatus', Schema.BulkProductStatusArgs, Schema.Product[]>('mutation', 'bulkProductStatus', {
  ids: '[ID!]',
  external_ids: '[String!]',
  product_status_id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 商品を複製します。規格・在庫数・カテゴリ・タグ・画像も複製し、非公開で登録します。
 *
 * Duplicates a product with its classes, stocks, categories, tags and images; the copy is hidden.
 */
export const productDuplicate = /*#__PURE__*/ rootField<'productDuplicate', Schema.ProductDuplicateArgs, Schema.Product | null>('mutation', 'productDuplicate', {
  id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 商品を削除します。受注・カート・お気に入りにある商品は削除できません（廃止にはできます）。
 *
 * Deletes a product; refused while orders, carts or favourites hold it, which leaves abolishing it.
 */
export const productDelete = /*#__PURE__*/ rootField<'productDelete', Schema.ProductDeleteArgs, string>('mutation', 'productDelete', {
  id: 'ID!',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * カテゴリを登録します。親の下（最上位なら全体）の先頭に並びます。5階層まで作れます。
 *
 * Adds a category, first below its parent, or first of all at the top. There are five levels at most.
 */
export const categoryCreate = /*#__PURE__*/ rootField<'categoryCreate', Schema.CategoryCreateArgs, Schema.Category | null>('mutation', 'categoryCreate', {
  name: 'String!',
  parent_id: 'ID',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * カテゴリの名前と親を変更します。親を変えると、下のカテゴリも一緒に移り、中の商品の親カテゴリも付け替えられます。
 *
 * Renames a category, or moves it with all that is below it; its products come into the categories above it.
 */
export const categoryUpdate = /*#__PURE__*/ rootField<'categoryUpdate', Schema.CategoryUpdateArgs, Schema.Category | null>('mutation', 'categoryUpdate', {
  id: 'ID!',
  name: 'String',
  parent_id: 'ID',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * カテゴリを削除します。子カテゴリや商品があるカテゴリは削除できません。
 *
 * Deletes a category; refused while it has categories below it or products.
 */
export const categoryDelete = /*#__PURE__*/ rootField<'categoryDelete', Schema.CategoryDeleteArgs, string>('mutation', 'categoryDelete', {
  id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 同じ親の下のカテゴリを並べ替えます。指定したものどうしが、指定した順に入れ替わります。
 *
 * Puts categories of one level in order: those that are named change places among themselves.
 */
export const categoryReorder = /*#__PURE__*/ rootField<'categoryReorder', Schema.CategoryReorderArgs, Schema.Category[]>('mutation', 'categoryReorder', {
  parent_id: 'ID',
  ids: '[ID!]!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 規格を登録します。一覧の先頭に並びます。
 *
 * Adds a class name, first in the list.
 */
export const classNameCreate = /*#__PURE__*/ rootField<'classNameCreate', Schema.ClassNameCreateArgs, Schema.ClassName | null>('mutation', 'classNameCreate', {
  name: 'String!',
  backend_name: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 規格名・管理名を変更します。
 *
 * Renames a class name.
 */
export const classNameUpdate = /*#__PURE__*/ rootField<'classNameUpdate', Schema.ClassNameUpdateArgs, Schema.ClassName | null>('mutation', 'classNameUpdate', {
  id: 'ID!',
  name: 'String',
  backend_name: 'String',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 規格を削除します。規格分類がある規格は削除できません。
 *
 * Deletes a class name; refused while it has class categories.
 */
export const classNameDelete = /*#__PURE__*/ rootField<'classNameDelete', Schema.ClassNameDeleteArgs, string>('mutation', 'classNameDelete', {
  id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 規格分類を登録します。その規格の先頭に並びます。
 *
 * Adds a class category, first among those of its class name.
 */
export const classCategoryCreate = /*#__PURE__*/ rootField<'classCategoryCreate', Schema.ClassCategoryCreateArgs, Schema.ClassCategory | null>('mutation', 'classCategoryCreate', {
  class_name_id: 'ID!',
  name: 'String!',
  backend_name: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 規格分類の名前、管理名、表示・非表示を変更します。
 *
 * Renames a class category, or shows or hides it.
 */
export const classCategoryUpdate = /*#__PURE__*/ rootField<'classCategoryUpdate', Schema.ClassCategoryUpdateArgs, Schema.ClassCategory | null>('mutation', 'classCategoryUpdate', {
  id: 'ID!',
  name: 'String',
  backend_name: 'String',
  visible: 'Boolean',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 規格分類を削除します。商品規格で使われている規格分類は削除できません（非表示にはできます）。
 *
 * Deletes a class category; refused while a product class uses it, which leaves hiding it.
 */
export const classCategoryDelete = /*#__PURE__*/ rootField<'classCategoryDelete', Schema.ClassCategoryDeleteArgs, string>('mutation', 'classCategoryDelete', {
  id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * タグを登録します。一覧の先頭に並びます。
 *
 * Adds a tag, first in the list.
 */
export const tagCreate = /*#__PURE__*/ rootField<'tagCreate', Schema.TagCreateArgs, Schema.Tag | null>('mutation', 'tagCreate', {
  name: 'String!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * タグ名を変更します。
 *
 * Renames a tag.
 */
export const tagUpdate = /*#__PURE__*/ rootField<'tagUpdate', Schema.TagUpdateArgs, Schema.Tag | null>('mutation', 'tagUpdate', {
  id: 'ID!',
  name: 'String!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * タグを削除します。商品に付いているタグも外れます。
 *
 * Deletes a tag, and takes it off the products that have it.
 */
export const tagDelete = /*#__PURE__*/ rootField<'tagDelete', Schema.TagDeleteArgs, string>('mutation', 'tagDelete', {
  id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * タグを並べ替えます。指定したものどうしが、指定した順に入れ替わります。ほかの並びは変わりません。
 *
 * Puts tags in order: those that are named change places among themselves, the others keep theirs.
 */
export const tagReorder = /*#__PURE__*/ rootField<'tagReorder', Schema.TagReorderArgs, Schema.Tag[]>('mutation', 'tagReorder', {
  ids: '[ID!]!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 規格を並べ替えます。指定したものどうしが、指定した順に入れ替わります。ほかの並びは変わりません。
 *
 * Puts class names in order: those that are named change places among themselves, the others keep theirs.
 */
export const classNameReorder = /*#__PURE__*/ rootField<'classNameReorder', Schema.ClassNameReorderArgs, Schema.ClassName[]>('mutation', 'classNameReorder', {
  ids: '[ID!]!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 規格分類を並べ替えます。指定したものどうしが、指定した順に入れ替わります。ほかの並びは変わりません。
 *
 * Puts class categories of one class name in order: those that are named change places among themselves, the others keep theirs.
 */
export const classCategoryReorder = /*#__PURE__*/ rootField<'classCategoryReorder', Schema.ClassCategoryReorderArgs, Schema.ClassCategory[]>('mutation', 'classCategoryReorder', {
  class_name_id: 'ID!',
  ids: '[ID!]!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 会員を登録します。EC-CUBE の会員登録画面と同じく、メールは送信されません。
 *
 * Adds a customer. As in EC-CUBE’s admin, no mail goes out.
 */
export const customerCreate = /*#__PURE__*/ rootField<'customerCreate', Schema.CustomerCreateArgs, Schema.Customer | null>('mutation', 'customerCreate', {
  input: 'CustomerInput!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 会員の情報を更新します。指定した項目だけが変わります。ポイントは customerPointChange で変更します。
 *
 * Changes a customer; only what is given changes. Points are changed by customerPointChange.
 */
export const customerUpdate = /*#__PURE__*/ rootField<'customerUpdate', Schema.CustomerUpdateArgs, Schema.Customer | null>('mutation', 'customerUpdate', {
  id: 'ID!',
  input: 'CustomerInput!',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 会員をお届け先・お気に入りごと削除します。受注やカートがある会員は削除できません（退会にはできます）。
 *
 * Deletes a customer with addresses and favourites; refused while there are orders or a cart, which leaves withdrawing.
 */
export const customerDelete = /*#__PURE__*/ rootField<'customerDelete', Schema.CustomerDeleteArgs, string>('mutation', 'customerDelete', {
  id: 'ID!',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 会員のお届け先を追加します（20件まで）。
 *
 * Adds an address to a customer’s address book (at most 20).
 */
export const customerAddressCreate = /*#__PURE__*/ rootField<'customerAddressCreate', Schema.CustomerAddressCreateArgs, Schema.CustomerAddress | null>('mutation', 'customerAddressCreate', {
  customer_id: 'ID!',
  input: 'CustomerAddressInput!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 会員のお届け先を更新します。指定した項目だけが変わります。
 *
 * Changes an address; only what is given changes.
 */
export const customerAddressUpdate = /*#__PURE__*/ rootField<'customerAddressUpdate', Schema.CustomerAddressUpdateArgs, Schema.CustomerAddress | null>('mutation', 'customerAddressUpdate', {
  id: 'ID!',
  input: 'CustomerAddressInput!',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 会員のお届け先を削除します。
 *
 * Deletes an address.
 */
export const customerAddressDelete = /*#__PURE__*/ rootField<'customerAddressDelete', Schema.CustomerAddressDeleteArgs, string>('mutation', 'customerAddressDelete', {
  id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 会員のポイントを増減します。理由は履歴に残ります。0 を下回る変更はできません。
 *
 * Gives points to a customer, or takes some away, with a reason that is kept. They never fall below 0 by it.
 */
export const customerPointChange = /*#__PURE__*/ rootField<'customerPointChange', Schema.CustomerPointChangeArgs, Schema.Customer | null>('mutation', 'customerPointChange', {
  id: 'ID!',
  delta: 'Int!',
  reason: 'String!',
  reference: 'String',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 受注を登録します（会員またはゲスト）。税・合計・加算ポイントは明細から計算され、在庫と利用ポイントが減ります。送料・手数料は明細の行で指定します。メールは送信されません。
 *
 * Adds an order of a customer or a guest. Taxes, totals and points are computed from the lines; stock and used points are taken. Fees are lines of their own. No mail goes out.
 */
export const orderCreate = /*#__PURE__*/ rootField<'orderCreate', Schema.OrderCreateArgs, Schema.Order | null>('mutation', 'orderCreate', {
  customer_id: 'ID',
  input: 'OrderInput',
  shippings: '[OrderShippingInput!]!',
  items: '[OrderItemInput!]!',
  use_point: 'Int',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 受注を更新します。指定した項目だけが変わります。明細や利用ポイントを変えると、税・合計・加算ポイントが計算し直され、在庫・会員のポイント・購入履歴も差分だけ変わります。対応状況は updateOrderStatus で変更します。
 *
 * Changes an order; only what is given changes. With lines or used points the taxes, totals and earned points are computed again, and stock, the customer’s points and purchases follow by the difference. The status is changed by updateOrderStatus.
 */
export const orderUpdate = /*#__PURE__*/ rootField<'orderUpdate', Schema.OrderUpdateArgs, Schema.Order | null>('mutation', 'orderUpdate', {
  id: 'ID!',
  input: 'OrderInput',
  shippings: '[OrderShippingInput!]',
  items: '[OrderItemInput!]',
  use_point: 'Int',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 発送前の受注の一部の商品を数量で取り消します。在庫が戻り、税・合計・加算ポイント・購入履歴が計算し直されます。数量が 0 になった行は削除されます。すべてを取り消すには updateOrderStatus で注文取消しにします。
 *
 * Cancels pieces of an order that is not sent yet. Their stock is given back; taxes, totals, earned points and the customer’s purchases are computed again. A line without pieces goes. To cancel all, set the status to cancelled (updateOrderStatus).
 */
export const orderCancelItems = /*#__PURE__*/ rootField<'orderCancelItems', Schema.OrderCancelItemsArgs, Schema.Order | null>('mutation', 'orderCancelItems', {
  id: 'ID!',
  items: '[CancelledItemInput!]!',
  use_point: 'Int',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 受注を明細・出荷・メール履歴ごと削除します。既定では、取り消しまたは返品のときと同じだけ在庫とポイントを戻し、会員の購入履歴を計算し直します（EC-CUBE の一括削除は何も戻しません）。元に戻せません。
 *
 * Deletes an order with its lines, shippings and mail history, for good. By default stock and points are given back as when it was cancelled or returned; the customer’s purchases are counted again. (EC-CUBE’s bulk delete gives nothing back.)
 */
export const orderDelete = /*#__PURE__*/ rootField<'orderDelete', Schema.OrderDeleteArgs, string>('mutation', 'orderDelete', {
  id: 'ID!',
  restoreStock: 'Boolean',
  restorePoints: 'Boolean',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 注文者にメールを送り、受注のメール送信履歴に残します。件名には [ショップ名] が付きます。本文はそのまま送られます（テンプレートの本文は EC-CUBE のファイルにあるため使えません）。送信できなかったときはエラー MAIL_FAILED を返し、履歴にも残しません。もう一度送るときは新しい clientMutationId を使ってください。
 *
 * Mails the orderer, and keeps the mail in the order’s history. The subject begins with [name of the shop]; the body goes out as it is, because the bodies of templates are files of EC-CUBE. A mail that could not be sent is the error MAIL_FAILED and is not kept; to send it again use a new clientMutationId.
 */
export const sendOrderMail = /*#__PURE__*/ rootField<'sendOrderMail', Schema.SendOrderMailArgs, Schema.Order | null>('mutation', 'sendOrderMail', {
  id: 'ID!',
  template_id: 'ID',
  subject: 'String',
  body: 'String!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 商品・規格・受注・会員・カテゴリに外部IDを付けます（1000件まで）。外部IDはクライアントごとに管理され、ほかのクライアントからは見えません。変わった行の数を返します。
 *
 * Gives products, product classes, orders, customers and categories IDs of the client’s own (at most 1000), which no other client sees. Answers how many rows have changed theirs.
 */
export const setExternalIds = /*#__PURE__*/ rootField<'setExternalIds', Schema.SetExternalIdsArgs, number>('mutation', 'setExternalIds', {
  items: '[ExternalIdInput!]!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 商品・規格・受注・会員・カテゴリに任意の値（JSON、1件16KBまで）を保存します（一度に1000件、クライアントごとに100,000件まで）。値はクライアントごとに管理され、ほかのクライアントからは見えません。変わった行の数を返します。
 *
 * Keeps a JSON value (at most 16 KB) about products, product classes, orders, customers and categories (at most 1000 at once, 100,000 of one client), which no other client sees. Answers how many rows have changed theirs.
 */
export const setMetadata = /*#__PURE__*/ rootField<'setMetadata', Schema.SetMetadataArgs, number>('mutation', 'setMetadata', {
  items: '[MetadataInput!]!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * お知らせを登録します。公開日時を過ぎると、ショップのトップページに表示されます。
 *
 * Adds news; the shop’s home page shows it from its date of publication on.
 */
export const newsCreate = /*#__PURE__*/ rootField<'newsCreate', Schema.NewsCreateArgs, Schema.News | null>('mutation', 'newsCreate', {
  title: 'String!',
  publish_date: 'DateTime!',
  url: 'String',
  description: 'String',
  link_method: 'Boolean',
  visible: 'Boolean',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * お知らせを更新します。指定した項目だけが変わります。
 *
 * Changes news; only what is given changes.
 */
export const newsUpdate = /*#__PURE__*/ rootField<'newsUpdate', Schema.NewsUpdateArgs, Schema.News | null>('mutation', 'newsUpdate', {
  id: 'ID!',
  title: 'String',
  publish_date: 'DateTime',
  url: 'String',
  description: 'String',
  link_method: 'Boolean',
  visible: 'Boolean',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * お知らせを削除します。
 *
 * Deletes news.
 */
export const newsDelete = /*#__PURE__*/ rootField<'newsDelete', Schema.NewsDeleteArgs, string>('mutation', 'newsDelete', {
  id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 支払方法を表示または非表示にします。非表示の支払方法は、購入時に選べません。
 *
 * Shows or hides a way to pay; a hidden one cannot be chosen at the checkout.
 */
export const paymentVisibility = /*#__PURE__*/ rootField<'paymentVisibility', Schema.PaymentVisibilityArgs, Schema.Payment | null>('mutation', 'paymentVisibility', {
  id: 'ID!',
  visible: 'Boolean!',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 配送方法を表示または非表示にします。非表示の配送方法は、購入時に選べません。
 *
 * Shows or hides a way to deliver; a hidden one cannot be chosen at the checkout.
 */
export const deliveryVisibility = /*#__PURE__*/ rootField<'deliveryVisibility', Schema.DeliveryVisibilityArgs, Schema.Delivery | null>('mutation', 'deliveryVisibility', {
  id: 'ID!',
  visible: 'Boolean!',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * お届け時間を追加します。配送方法の最後に並びます。
 *
 * Adds a time slot, last among those of its way to deliver.
 */
export const deliveryTimeCreate = /*#__PURE__*/ rootField<'deliveryTimeCreate', Schema.DeliveryTimeCreateArgs, Schema.DeliveryTime | null>('mutation', 'deliveryTimeCreate', {
  delivery_id: 'ID!',
  delivery_time: 'String!',
  visible: 'Boolean',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * お届け時間の表記と、表示・非表示を変更します。
 *
 * Renames a time slot, or shows or hides it.
 */
export const deliveryTimeUpdate = /*#__PURE__*/ rootField<'deliveryTimeUpdate', Schema.DeliveryTimeUpdateArgs, Schema.DeliveryTime | null>('mutation', 'deliveryTimeUpdate', {
  id: 'ID!',
  delivery_time: 'String',
  visible: 'Boolean',
  ifUpdateDate: 'DateTime',
  ifVersion: 'String',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 配送方法のお届け時間を並べ替えます。指定したものどうしが、指定した順に入れ替わります。
 *
 * Puts time slots of one way to deliver in order: those that are named change places among themselves.
 */
export const deliveryTimeReorder = /*#__PURE__*/ rootField<'deliveryTimeReorder', Schema.DeliveryTimeReorderArgs, Schema.DeliveryTime[]>('mutation', 'deliveryTimeReorder', {
  delivery_id: 'ID!',
  ids: '[ID!]!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * お届け時間を削除します。受注に登録済みのお届け時間の表記は残ります。
 *
 * Deletes a time slot; orders keep the words of theirs.
 */
export const deliveryTimeDelete = /*#__PURE__*/ rootField<'deliveryTimeDelete', Schema.DeliveryTimeDeleteArgs, string>('mutation', 'deliveryTimeDelete', {
  id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 変更の通知先（WebHook）を登録します。通知されるのは、トークンで読み取れるものに限ります。
 *
 * Registers a webhook of the calling client. It hears of what the token may read.
 */
export const webhookCreate = /*#__PURE__*/ rootField<'webhookCreate', Schema.WebhookCreateArgs, Schema.WebhookResult | null>('mutation', 'webhookCreate', {
  url: 'String!',
  topics: '[String!]',
  parts: '[ChangePart!]',
  orderStatuses: '[ID!]',
  productStatuses: '[ID!]',
  excludeOwn: 'Boolean',
  query: 'String',
  secret: 'String',
  description: 'String',
  enabled: 'Boolean',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 自分が登録した通知先を変更します。省略した項目は変わりません。以後は、呼び出したトークンの許可の範囲で通知し、停止していれば再開します。
 *
 * Changes an own webhook; what is left out stays. From then on it hears with the access of the calling token, and goes on if it was paused.
 */
export const webhookUpdate = /*#__PURE__*/ rootField<'webhookUpdate', Schema.WebhookUpdateArgs, Schema.WebhookResult | null>('mutation', 'webhookUpdate', {
  id: 'ID!',
  url: 'String',
  topics: '[String!]',
  parts: '[ChangePart!]',
  orderStatuses: '[ID!]',
  productStatuses: '[ID!]',
  excludeOwn: 'Boolean',
  query: 'String',
  secret: 'String',
  description: 'String',
  enabled: 'Boolean',
  rotateSecret: 'Boolean',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});

/**
 * 自分が登録した通知先を削除します。送信待ちの通知も削除されます。
 *
 * Deletes an own webhook, and with it what waits to be sent.
 */
export const webhookDelete = /*#__PURE__*/ rootField<'webhookDelete', Schema.WebhookDeleteArgs, string | null>('mutation', 'webhookDelete', {
  id: 'ID!',
  clientMutationId: 'String',
  validateOnly: 'Boolean',
});
