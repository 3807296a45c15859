// Generated from the schema by `npm run -s docs`. Do not edit.

/** `extensions.code` */
export type ErrorCode =
  /**
   * クエリの文法が正しくありません
   *
   * The document cannot be parsed
   */
  | 'SYNTAX'
  /**
   * クエリまたは変数がスキーマに合っていません
   *
   * The document, or a variable, does not fit the schema
   */
  | 'VALIDATION'
  /**
   * 引数の値が受け付けられません
   *
   * The value of an argument is not accepted
   */
  | 'INVALID'
  /**
   * 指定された行がありません
   *
   * There is no such row
   */
  | 'NOT_FOUND'
  /**
   * 該当する行が複数あります。ID で指定してください
   *
   * Several rows are meant; choose one by its ID
   */
  | 'AMBIGUOUS'
  /**
   * 他の更新が先にありました。現在の状態を読み直してください
   *
   * The row has changed in the meantime; read it again
   */
  | 'CONFLICT'
  /**
   * このカーソルより後の変更の一部は削除済みです。全件を取得し直してください
   *
   * Changes behind this cursor are no longer kept; read everything again
   */
  | 'CURSOR_EXPIRED'
  /**
   * このトークンではできません
   *
   * The token does not allow it
   */
  | 'FORBIDDEN'
  /**
   * 有効なアクセストークンがありません
   *
   * There is no access token, or it is no longer valid
   */
  | 'UNAUTHENTICATED'
  /**
   * HTTP リクエストの形式が正しくありません
   *
   * The HTTP request is malformed, or of a kind that is not taken
   */
  | 'BAD_REQUEST'
  /**
   * ハッシュだけのクエリには対応していません。クエリの本文を送ってください
   *
   * Send the text of the query; hashes alone are not known here
   */
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  /**
   * 在庫数が想定と違います。extensions.current に現在の在庫数があります
   *
   * The stock is not what the caller expected; extensions.current says what it is
   */
  | 'STOCK_STALE'
  /**
   * 在庫数が 0 を下回ります
   *
   * The stock would fall below 0
   */
  | 'STOCK_NEGATIVE'
  /**
   * 在庫無制限の商品規格には増減を指定できません
   *
   * A product class with unlimited stock has none to change
   */
  | 'STOCK_UNLIMITED'
  /**
   * お問い合わせ番号に使えない文字があるか、長すぎます
   *
   * The tracking number holds other characters than letters, digits and hyphens, or is too long
   */
  | 'BAD_TRACKING_NUMBER'
  /**
   * 現在の状態からは変更できません
   *
   * The present state does not allow this change
   */
  | 'BAD_TRANSITION'
  /**
   * 関連するデータがあります
   *
   * Other rows depend on it
   */
  | 'IN_USE'
  /**
   * メールを送信できませんでした
   *
   * The mail could not be sent
   */
  | 'MAIL_FAILED'
  /**
   * 上限（深さ・件数・文字数・大きさ）を超えています
   *
   * Too deep, too large, too many
   */
  | 'LIMIT'
  /**
   * 時間がかかりすぎました
   *
   * Too slow
   */
  | 'TIMEOUT'
  /**
   * サーバーが混み合っています。しばらくしてから同じリクエストを送ってください
   *
   * The server has too much in hand; the same request may be answered later
   */
  | 'BUSY'
  /**
   * リクエストが多すぎます。Retry-After の秒数だけ待ってください
   *
   * Too many requests; wait as long as Retry-After says
   */
  | 'THROTTLED'
  /**
   * データベースに接続できないか、サーバーが停止中です。しばらくしてから再度お試しください
   *
   * The database is away, or the server stops; try again later
   */
  | 'UNAVAILABLE'
  /**
   * サーバー内部のエラーです。ログを extensions.requestId で調べてください
   *
   * A fault of the server; look for extensions.requestId in its log
   */
  | 'INTERNAL'
  /**
   * リクエストが先に終わったため、このミューテーションは実行されていません
   *
   * A mutation that was not begun, because the request had ended
   */
  | 'NOT_RUN'
  /**
   * 実行中にリクエストが終わりました。保存された可能性があります
   *
   * A mutation that was under way when the request ended: it may yet be saved
   */
  | 'UNKNOWN'
  /**
   * リクエストが終わる前に保存されたミューテーション
   *
   * A mutation that was saved before the request ended
   */
  | 'DONE';

/**
 * 重複している商品コード
 *
 * A code that is no one’s alone
 */
export interface AmbiguousProductCode {
  /**
   * 商品コード
   *
   * Product code
   */
  code: string;
  ProductClasses: ProductClass[];
}

export interface Authority {
  id: string;
  name: string;
  sort_no: number;
}

export interface BaseInfo {
  id: string;
  company_name: string | null;
  company_kana: string | null;
  postal_code: string | null;
  addr01: string | null;
  addr02: string | null;
  phone_number: string | null;
  business_hour: string | null;
  email01: string | null;
  email02: string | null;
  email03: string | null;
  email04: string | null;
  shop_name: string | null;
  shop_kana: string | null;
  shop_name_eng: string | null;
  update_date: string;
  good_traded: string | null;
  message: string | null;
  delivery_free_amount: number | null;
  delivery_free_quantity: number | null;
  option_mypage_order_status_display: boolean;
  option_nostock_hidden: boolean;
  option_favorite_product: boolean;
  option_product_delivery_fee: boolean;
  invoice_registration_number: string | null;
  option_product_tax_rule: boolean;
  option_customer_activate: boolean;
  option_remember_me: boolean;
  option_point: boolean;
  basic_point_rate: number | null;
  point_conversion_rate: number | null;
  Country: Country | null;
  Pref: Pref | null;
}

/**
 * 一括処理1件
 *
 * One bulk job
 */
export interface BulkJob {
  /**
   * 一括処理のID
   *
   * ID of the job
   */
  id: string;
  /**
   * 状態（queued、running、completed、failed、cancelled）
   *
   * queued, running, completed, failed or cancelled
   */
  status: string;
  /**
   * mutation または query
   *
   * mutation or query
   */
  type: string;
  /**
   * 実行するミューテーションまたは一覧
   *
   * The mutation or list that it runs
   */
  operation: string;
  /**
   * CSV の種類（products、categories、shippings）。CSV でなければ null
   *
   * Whose CSV rows it runs (products, categories, shippings); null = none
   */
  csv: string | null;
  /**
   * 確認だけ行い、登録しないか
   *
   * Whether rows are only tried
   */
  validate_only: boolean;
  /**
   * 全件数（一覧の取得では完了まで null）
   *
   * How many there are; null until an export ends
   */
  total: number | null;
  /**
   * 処理した件数
   *
   * How many are done
   */
  processed: number;
  /**
   * 成功した件数
   *
   * How many of them succeeded
   */
  succeeded: number;
  /**
   * 失敗した件数
   *
   * How many of them failed
   */
  failed: number;
  /**
   * 受付日時
   *
   * When it was taken in
   */
  created_at: string;
  /**
   * 開始日時
   *
   * When it began
   */
  started_at: string | null;
  /**
   * 終了日時
   *
   * When it ended
   */
  ended_at: string | null;
  /**
   * 結果が削除される日時
   *
   * When its result goes
   */
  expires_at: string | null;
  /**
   * 失敗した理由のコード
   *
   * Why it failed, as a code
   */
  error_code: string | null;
  /**
   * 失敗した理由
   *
   * Why it failed
   */
  error_message: string | null;
}

/**
 * 一括処理の一覧
 *
 * Bulk jobs
 */
export interface BulkJobConnection {
  /**
   * 一括処理（新しい順）
   *
   * The jobs, newest first
   */
  nodes: BulkJob[];
  /**
   * 続きを取得するカーソル（なければ null）
   *
   * Where to go on; null = no more
   */
  endCursor: string | null;
}

/**
 * 取り消す商品の行と数量
 *
 * A line of a product, and how many pieces are cancelled
 */
export interface CancelledItemInput {
  /**
   * 受注明細ID
   *
   * ID of the line
   */
  id: string | number;
  /**
   * 取り消す数量
   *
   * Pieces to cancel
   */
  quantity: number;
}

export interface Category {
  id: string;
  name: string;
  hierarchy: number;
  sort_no: number;
  create_date: string;
  update_date: string;
  ProductCategories: (ProductCategory | null)[] | null;
  Children: (Category | null)[] | null;
  Parent: Category | null;
  Creator: Member | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
  /**
   * このクライアントが setExternalIds で登録した外部ID
   *
   * The ID that this client has given it with setExternalIds
   */
  external_id: string | null;
  /**
   * このクライアントが setMetadata で登録した値（JSON）
   *
   * The value that this client has kept with setMetadata, as JSON
   */
  metadata: string | null;
}

export interface Change {
  entity: string;
  id: string;
  action: string;
  changed_at: string;
  /**
   * 変更が触れた部分。不明な場合（以前のバージョンのトリガーによる記録）はnull
   *
   * What of it was touched; null = not known (a trigger of an earlier version wrote it)
   */
  parts: ChangePart[] | null;
  /**
   * 変更を書き込んだAPIクライアントのID。ショップ自身の変更、または複数の書き手による変更はnull
   *
   * The API client whose mutations alone wrote it; null = the shop itself, or several
   */
  origin: string | null;
}

export interface ChangeConnection {
  edges: (ChangeEdge | null)[] | null;
  nodes: (Change | null)[] | null;
  pageInfo: ChangePageInfo;
  /**
   * 最新の変更の直後を指すカーソル。全件取得の前に控えておくと、その後の変更を漏れなく追えます
   *
   * Behind the newest change: taken before everything is read once, it leads to all that follows
   */
  latestCursor: string;
}

export interface ChangeEdge {
  node: Change | null;
  cursor: string;
}

export interface ChangePageInfo {
  hasNextPage: boolean;
  endCursor: string;
}

export type ChangePart = 'product' | 'class' | 'stock' | 'price' | 'images' | 'category' | 'tags' | 'order' | 'status' | 'items' | 'shipping' | 'payment' | 'totals' | 'mail' | 'customer' | 'address' | 'points' | 'purchases' | 'favorites' | 'login' | 'other';

export interface ClassCategory {
  id: string;
  backend_name: string | null;
  name: string;
  sort_no: number;
  visible: boolean;
  create_date: string;
  update_date: string;
  ClassName: ClassName | null;
  Creator: Member | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
}

export interface ClassName {
  id: string;
  backend_name: string | null;
  name: string;
  sort_no: number;
  create_date: string;
  update_date: string;
  ClassCategories: (ClassCategory | null)[] | null;
  Creator: Member | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
}

/**
 * 対象の種類
 *
 * What kind of row
 */
export type ClientDataEntity = 'Product' | 'ProductClass' | 'Order' | 'Customer' | 'Category';

export interface Country {
  id: string;
  name: string;
  sort_no: number;
}

export interface Customer {
  id: string;
  name01: string;
  name02: string;
  kana01: string | null;
  kana02: string | null;
  company_name: string | null;
  postal_code: string | null;
  addr01: string | null;
  addr02: string | null;
  email: string;
  phone_number: string | null;
  birth: string | null;
  first_buy_date: string | null;
  last_buy_date: string | null;
  buy_times: number | null;
  buy_total: number | null;
  note: string | null;
  reset_expire: string | null;
  point: number;
  create_date: string;
  update_date: string;
  CustomerFavoriteProducts: (CustomerFavoriteProduct | null)[] | null;
  CustomerAddresses: (CustomerAddress | null)[] | null;
  Orders: (Order | null)[] | null;
  Status: CustomerStatus | null;
  Sex: Sex | null;
  Job: Job | null;
  Country: Country | null;
  Pref: Pref | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
  /**
   * このクライアントが setExternalIds で登録した外部ID
   *
   * The ID that this client has given it with setExternalIds
   */
  external_id: string | null;
  /**
   * このクライアントが setMetadata で登録した値（JSON）
   *
   * The value that this client has kept with setMetadata, as JSON
   */
  metadata: string | null;
}

export interface CustomerAddress {
  id: string;
  name01: string;
  name02: string;
  kana01: string | null;
  kana02: string | null;
  company_name: string | null;
  postal_code: string | null;
  addr01: string | null;
  addr02: string | null;
  phone_number: string | null;
  create_date: string;
  update_date: string;
  Customer: Customer | null;
  Country: Country | null;
  Pref: Pref | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
}

/**
 * お届け先1件分
 *
 * An address
 */
export interface CustomerAddressInput {
  /**
   * 姓
   *
   * Family name
   */
  name01?: string | null | undefined;
  /**
   * 名
   *
   * Given name
   */
  name02?: string | null | undefined;
  /**
   * セイ
   *
   * Family name in kana
   */
  kana01?: string | null | undefined;
  /**
   * メイ
   *
   * Given name in kana
   */
  kana02?: string | null | undefined;
  /**
   * 会社名
   *
   * Company
   */
  company_name?: string | null | undefined;
  /**
   * 郵便番号（ハイフンはなくてもよい）
   *
   * Postal code, with or without its hyphen
   */
  postal_code?: string | null | undefined;
  /**
   * 都道府県ID
   *
   * ID of the prefecture
   */
  pref_id?: string | number | null | undefined;
  /**
   * 市区町村名
   *
   * City
   */
  addr01?: string | null | undefined;
  /**
   * 番地・ビル名
   *
   * Street and building
   */
  addr02?: string | null | undefined;
  /**
   * 電話番号（ハイフンはなくてもよい）
   *
   * Telephone number, with or without hyphens
   */
  phone_number?: string | null | undefined;
}

export interface CustomerConnection {
  edges: (CustomerEdge | null)[] | null;
  nodes: (Customer | null)[] | null;
  pageInfo: CustomerPageInfo;
  totalCount: number;
  /**
   * 指定したIDや番号のうち、この検索で見つからなかったもの。指定しなければ null
   *
   * Of the IDs and numbers that were named, those that this search does not find; null when none were named
   */
  missing: string[] | null;
}

export interface CustomerEdge {
  node: Customer | null;
  cursor: string;
}

export interface CustomerFavoriteProduct {
  id: string;
  create_date: string;
  update_date: string;
  Customer: Customer | null;
  Product: Product | null;
}

/**
 * 会員1人分。更新では、指定した項目だけが変わります。
 *
 * A customer; of one that there is, only what is given changes.
 */
export interface CustomerInput {
  /**
   * 姓
   *
   * Family name
   */
  name01?: string | null | undefined;
  /**
   * 名
   *
   * Given name
   */
  name02?: string | null | undefined;
  /**
   * セイ
   *
   * Family name in kana
   */
  kana01?: string | null | undefined;
  /**
   * メイ
   *
   * Given name in kana
   */
  kana02?: string | null | undefined;
  /**
   * 会社名
   *
   * Company
   */
  company_name?: string | null | undefined;
  /**
   * 郵便番号（ハイフンはなくてもよい）
   *
   * Postal code, with or without its hyphen
   */
  postal_code?: string | null | undefined;
  /**
   * 都道府県ID
   *
   * ID of the prefecture
   */
  pref_id?: string | number | null | undefined;
  /**
   * 市区町村名
   *
   * City
   */
  addr01?: string | null | undefined;
  /**
   * 番地・ビル名
   *
   * Street and building
   */
  addr02?: string | null | undefined;
  /**
   * 電話番号（ハイフンはなくてもよい）
   *
   * Telephone number, with or without hyphens
   */
  phone_number?: string | null | undefined;
  /**
   * メールアドレス
   *
   * E-mail address
   */
  email?: string | null | undefined;
  /**
   * パスワード（12〜50文字、英字と数字を含む）。登録で省略すると、会員が再発行するまでログインできません
   *
   * Password (12 to 50 characters, letters and digits). A new customer without one cannot log in until they ask for a new one
   */
  password?: string | null | undefined;
  /**
   * 生年月日（YYYY-MM-DD）
   *
   * Date of birth (YYYY-MM-DD)
   */
  birth?: string | null | undefined;
  /**
   * 性別ID
   *
   * ID of the sex
   */
  sex_id?: string | number | null | undefined;
  /**
   * 職業ID
   *
   * ID of the job
   */
  job_id?: string | number | null | undefined;
  /**
   * 会員ステータスID（1 仮会員、2 本会員、3 退会。登録の既定は 2）。退会にするとメールアドレスが消え、元に戻せません
   *
   * ID of the status (1 provisional, 2 regular, 3 withdrawn; 2 for a new one). Withdrawing erases the e-mail address for good
   */
  customer_status_id?: string | number | null | undefined;
  /**
   * ショップ用メモ欄
   *
   * Note of the shop
   */
  note?: string | null | undefined;
}

export interface CustomerOrderStatus {
  id: string;
  name: string;
  sort_no: number;
}

export interface CustomerPageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

export interface CustomerStatus {
  id: string;
  name: string;
  sort_no: number;
}

export interface Delivery {
  id: string;
  name: string | null;
  service_name: string | null;
  description: string | null;
  confirm_url: string | null;
  sort_no: number | null;
  visible: boolean;
  create_date: string;
  update_date: string;
  PaymentOptions: (PaymentOption | null)[] | null;
  DeliveryFees: (DeliveryFee | null)[] | null;
  DeliveryTimes: (DeliveryTime | null)[] | null;
  Creator: Member | null;
  SaleType: SaleType | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
}

export interface DeliveryDuration {
  id: string;
  name: string | null;
  duration: number;
  sort_no: number;
}

export interface DeliveryFee {
  id: string;
  fee: number;
  Delivery: Delivery | null;
  Pref: Pref | null;
}

export interface DeliveryTime {
  id: string;
  delivery_time: string;
  sort_no: number;
  visible: boolean;
  create_date: string;
  update_date: string;
  Delivery: Delivery | null;
}

export interface DeviceType {
  id: string;
  name: string;
  sort_no: number;
}

/**
 * 更新できない行があるときの扱い
 *
 * What becomes of the other rows when one cannot be saved
 */
export type ErrorPolicy = 'REJECT_ALL' | 'REJECT_ROWS';

/**
 * 外部ID 1件分
 *
 * One external ID
 */
export interface ExternalIdInput {
  /**
   * 対象の種類
   *
   * What kind of row
   */
  entity: ClientDataEntity;
  /**
   * 対象のID
   *
   * ID of the row
   */
  id: string | number;
  /**
   * 外部ID（255文字まで）。null で取り消します
   *
   * The ID (at most 255 characters); null takes it away
   */
  external_id?: string | null | undefined;
  /**
   * true にすると、別の行で使われている外部IDをこの行に移します
   *
   * If true, an ID that another row has is moved here
   */
  move?: boolean | null | undefined;
}

export interface Job {
  id: string;
  name: string;
  sort_no: number;
}

export interface MailHistory {
  id: string;
  send_date: string | null;
  mail_subject: string | null;
  mail_body: string | null;
  mail_html_body: string | null;
  Order: Order | null;
  Creator: Member | null;
}

export interface Member {
  id: string;
  name: string | null;
  department: string | null;
  login_id: string;
  sort_no: number;
  create_date: string;
  update_date: string;
  login_date: string | null;
  Work: Work | null;
  Authority: Authority | null;
  Creator: Member | null;
}

/**
 * 値 1件分
 *
 * One value
 */
export interface MetadataInput {
  /**
   * 対象の種類
   *
   * What kind of row
   */
  entity: ClientDataEntity;
  /**
   * 対象のID
   *
   * ID of the row
   */
  id: string | number;
  /**
   * 値（JSON、16KBまで）。null で削除します
   *
   * The value as JSON (at most 16 KB); null removes it
   */
  value?: string | null | undefined;
}

export interface News {
  id: string;
  publish_date: string | null;
  title: string;
  description: string | null;
  url: string | null;
  link_method: boolean;
  create_date: string;
  update_date: string;
  visible: boolean;
  Creator: Member | null;
}

export interface Order {
  id: string;
  pre_order_id: string | null;
  order_no: string | null;
  message: string | null;
  name01: string;
  name02: string;
  kana01: string | null;
  kana02: string | null;
  company_name: string | null;
  email: string | null;
  phone_number: string | null;
  postal_code: string | null;
  addr01: string | null;
  addr02: string | null;
  birth: string | null;
  subtotal: number;
  discount: number;
  delivery_fee_total: number;
  charge: number;
  tax: number;
  total: number;
  payment_total: number;
  payment_method: string | null;
  note: string | null;
  create_date: string;
  update_date: string;
  order_date: string | null;
  payment_date: string | null;
  currency_code: string | null;
  complete_message: string | null;
  complete_mail_message: string | null;
  add_point: number;
  use_point: number;
  OrderItems: (OrderItem | null)[] | null;
  Shippings: (Shipping | null)[] | null;
  MailHistories: (MailHistory | null)[] | null;
  Customer: Customer | null;
  Country: Country | null;
  Pref: Pref | null;
  Sex: Sex | null;
  Job: Job | null;
  Payment: Payment | null;
  DeviceType: DeviceType | null;
  CustomerOrderStatus: CustomerOrderStatus | null;
  OrderStatusColor: OrderStatusColor | null;
  OrderStatus: OrderStatus | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
  /**
   * 税率ごとの合計と税額。税額の合計は tax と同じです
   *
   * Totals and taxes by tax rate; the taxes add up to tax
   */
  TaxByRate: TaxByRate[];
  /**
   * このクライアントが setExternalIds で登録した外部ID
   *
   * The ID that this client has given it with setExternalIds
   */
  external_id: string | null;
  /**
   * このクライアントが setMetadata で登録した値（JSON）
   *
   * The value that this client has kept with setMetadata, as JSON
   */
  metadata: string | null;
}

export interface OrderConnection {
  edges: (OrderEdge | null)[] | null;
  nodes: (Order | null)[] | null;
  pageInfo: OrderPageInfo;
  totalCount: number;
  /**
   * 指定したIDや番号のうち、この検索で見つからなかったもの。指定しなければ null
   *
   * Of the IDs and numbers that were named, those that this search does not find; null when none were named
   */
  missing: string[] | null;
}

export interface OrderEdge {
  node: Order | null;
  cursor: string;
}

/**
 * 注文者と受注全体の内容。新規では、会員の受注で省略した注文者の項目は会員情報から補われます。
 *
 * The orderer and what concerns the whole order. What a new order of a customer leaves out of the orderer is taken from the customer.
 */
export interface OrderInput {
  /**
   * 姓
   *
   * Family name
   */
  name01?: string | null | undefined;
  /**
   * 名
   *
   * Given name
   */
  name02?: string | null | undefined;
  /**
   * セイ
   *
   * Family name in kana
   */
  kana01?: string | null | undefined;
  /**
   * メイ
   *
   * Given name in kana
   */
  kana02?: string | null | undefined;
  /**
   * 会社名
   *
   * Company
   */
  company_name?: string | null | undefined;
  /**
   * 郵便番号（ハイフンはなくてもよい）
   *
   * Postal code, with or without its hyphen
   */
  postal_code?: string | null | undefined;
  /**
   * 都道府県ID
   *
   * ID of the prefecture
   */
  pref_id?: string | number | null | undefined;
  /**
   * 市区町村名
   *
   * City
   */
  addr01?: string | null | undefined;
  /**
   * 番地・ビル名
   *
   * Street and building
   */
  addr02?: string | null | undefined;
  /**
   * 電話番号（ハイフンはなくてもよい）
   *
   * Telephone number, with or without hyphens
   */
  phone_number?: string | null | undefined;
  /**
   * メールアドレス
   *
   * E-mail address
   */
  email?: string | null | undefined;
  /**
   * お客様からのお問い合わせ
   *
   * Message of the customer
   */
  message?: string | null | undefined;
  /**
   * SHOP用メモ欄
   *
   * Note of the shop
   */
  note?: string | null | undefined;
  /**
   * お支払方法のID
   *
   * ID of the payment
   */
  payment_id?: string | number | null | undefined;
  /**
   * 注文日時（新規の既定は現在）
   *
   * Date of the order (now, for a new one)
   */
  order_date?: string | Date | null | undefined;
  /**
   * 入金日
   *
   * Date of the payment
   */
  payment_date?: string | Date | null | undefined;
}

export interface OrderItem {
  id: string;
  product_name: string;
  product_code: string | null;
  class_name1: string | null;
  class_name2: string | null;
  class_category_name1: string | null;
  class_category_name2: string | null;
  price: number;
  quantity: number;
  tax: number;
  tax_rate: number;
  tax_adjust: number;
  tax_rule_id: number | null;
  currency_code: string | null;
  processor_name: string | null;
  point_rate: number | null;
  Order: Order | null;
  Product: Product | null;
  ProductClass: ProductClass | null;
  Shipping: Shipping | null;
  RoundingType: RoundingType | null;
  TaxType: TaxType | null;
  TaxDisplayType: TaxDisplayType | null;
  OrderItemType: OrderItemType | null;
}

/**
 * 受注明細1行分。id のある行は、指定した項目だけが変わります。ポイントの行は use_point から計算されます。
 *
 * One line. Of a line with id only what is given changes. The line of used points is computed.
 */
export interface OrderItemInput {
  /**
   * 受注明細ID（登録済みの行）
   *
   * ID of the line, when it is there already
   */
  id?: string | number | null | undefined;
  /**
   * 明細種別（1 商品、2 送料、3 手数料、4 割引。既定は 1）
   *
   * Type of the line (1 product, 2 delivery fee, 3 charge, 4 discount; default 1)
   */
  order_item_type_id?: string | number | null | undefined;
  /**
   * 商品規格ID（新しい商品の行）
   *
   * ID of the product class of a new line
   */
  product_class_id?: string | number | null | undefined;
  /**
   * 商品コード（商品規格IDの代わりに）
   *
   * Product code, instead of the ID
   */
  product_code?: string | null | undefined;
  /**
   * 明細の名称（省略時は商品名など）
   *
   * Name of the line; by default that of the product
   */
  product_name?: string | null | undefined;
  /**
   * 単価（文字列）。商品と割引は税抜、送料と手数料は税込。割引は0以下。商品の既定は販売価格
   *
   * Price of one, as text: without tax for products and discounts, with tax for fees and charges; 0 or less for discounts. Default for products: their price
   */
  price?: string | null | undefined;
  /**
   * 数量
   *
   * Quantity
   */
  quantity?: number | null | undefined;
  /**
   * 税率（%）。既定は適用中の税率
   *
   * Tax rate in percent; by default the one in force
   */
  tax_rate?: number | null | undefined;
  /**
   * 課税区分（割引のみ。1 課税、2 不課税）
   *
   * Tax type, of discounts only (1 taxed, 2 untaxed)
   */
  tax_type_id?: string | number | null | undefined;
  /**
   * 出荷先の位置（0 から）。shippings を指定したときはその順、しないときは出荷IDの順
   *
   * Position of its shipping, from 0: in shippings, or, without them, among those of the order by ID
   */
  shipping?: number | null | undefined;
}

export interface OrderItemType {
  id: string;
  name: string;
  sort_no: number;
}

export interface OrderPageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

/**
 * お届け先1件分。id のあるお届け先は、指定した項目だけが変わります。新しいお届け先で省略した項目は注文者と同じになります。
 *
 * One shipping. Of one with id only what is given changes. What a new one leaves out of the person is that of the orderer.
 */
export interface OrderShippingInput {
  /**
   * 出荷ID（登録済みのお届け先）
   *
   * ID of the shipping, when it is there already
   */
  id?: string | number | null | undefined;
  /**
   * 姓
   *
   * Family name
   */
  name01?: string | null | undefined;
  /**
   * 名
   *
   * Given name
   */
  name02?: string | null | undefined;
  /**
   * セイ
   *
   * Family name in kana
   */
  kana01?: string | null | undefined;
  /**
   * メイ
   *
   * Given name in kana
   */
  kana02?: string | null | undefined;
  /**
   * 会社名
   *
   * Company
   */
  company_name?: string | null | undefined;
  /**
   * 郵便番号（ハイフンはなくてもよい）
   *
   * Postal code, with or without its hyphen
   */
  postal_code?: string | null | undefined;
  /**
   * 都道府県ID
   *
   * ID of the prefecture
   */
  pref_id?: string | number | null | undefined;
  /**
   * 市区町村名
   *
   * City
   */
  addr01?: string | null | undefined;
  /**
   * 番地・ビル名
   *
   * Street and building
   */
  addr02?: string | null | undefined;
  /**
   * 電話番号（ハイフンはなくてもよい）
   *
   * Telephone number, with or without hyphens
   */
  phone_number?: string | null | undefined;
  /**
   * 配送業者のID
   *
   * ID of the carrier
   */
  delivery_id?: string | number | null | undefined;
  /**
   * お届け時間のID
   *
   * ID of the time slot, one of the carrier’s
   */
  time_id?: string | number | null | undefined;
  /**
   * お届け日
   *
   * Delivery date
   */
  shipping_delivery_date?: string | Date | null | undefined;
  /**
   * お問い合わせ番号
   *
   * Tracking number
   */
  tracking_number?: string | null | undefined;
  /**
   * 出荷用メモ欄
   *
   * Note
   */
  note?: string | null | undefined;
}

export interface OrderStatus {
  display_order_count: boolean;
  id: string;
  name: string;
  sort_no: number;
}

export interface OrderStatusColor {
  id: string;
  name: string;
  sort_no: number;
}

export interface Payment {
  id: string;
  method: string | null;
  charge: number | null;
  rule_max: number | null;
  sort_no: number | null;
  fixed: boolean;
  payment_image: string | null;
  rule_min: number | null;
  method_class: string | null;
  visible: boolean;
  create_date: string;
  update_date: string;
  PaymentOptions: (PaymentOption | null)[] | null;
  Creator: Member | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
}

export interface PaymentOption {
  delivery_id: string;
  payment_id: string;
  Delivery: Delivery | null;
  Payment: Payment | null;
}

/**
 * API によるポイントの増減1件
 *
 * Points given or taken by the API, once
 */
export interface PointChange {
  /**
   * 増減のID（新しいほど大きい）
   *
   * ID, higher = newer
   */
  id: string;
  /**
   * 会員ID
   *
   * ID of the customer
   */
  customer_id: string;
  /**
   * 変更前のポイント
   *
   * Points before
   */
  point_before: number;
  /**
   * 変更後のポイント
   *
   * Points afterwards
   */
  point_after: number;
  /**
   * 増減
   *
   * The difference
   */
  delta: number;
  /**
   * 理由
   *
   * Why
   */
  reason: string;
  /**
   * 伝票番号など
   *
   * The caller’s own reference
   */
  reference: string | null;
  /**
   * クライアントID
   *
   * ID of the client
   */
  client_id: string;
  /**
   * 変更日時
   *
   * When
   */
  changed_at: string;
  /**
   * 会員（削除済みの場合は null）
   *
   * The customer; null = deleted
   */
  Customer: Customer | null;
}

/**
 * ポイントの増減の一覧
 *
 * Changes of points
 */
export interface PointChangeConnection {
  /**
   * 増減（新しい順）
   *
   * The changes, newest first
   */
  nodes: PointChange[];
  /**
   * 続きの有無
   *
   * Whether there is more
   */
  pageInfo: PointChangePageInfo;
}

/**
 * 続きの有無
 *
 * Whether there is more
 */
export interface PointChangePageInfo {
  /**
   * 続きがあるか
   *
   * Whether there is more
   */
  hasNextPage: boolean;
  /**
   * 続きを取得するカーソル
   *
   * Where to go on
   */
  endCursor: string | null;
}

export interface Pref {
  id: string;
  name: string;
  sort_no: number;
}

export interface Product {
  id: string;
  name: string;
  note: string | null;
  description_list: string | null;
  description_detail: string | null;
  search_word: string | null;
  free_area: string | null;
  create_date: string;
  update_date: string;
  ProductCategories: (ProductCategory | null)[] | null;
  ProductClasses: (ProductClass | null)[] | null;
  ProductImage: (ProductImage | null)[] | null;
  ProductTag: (ProductTag | null)[] | null;
  CustomerFavoriteProducts: (CustomerFavoriteProduct | null)[] | null;
  Creator: Member | null;
  Status: ProductStatus | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
  /**
   * このクライアントが setExternalIds で登録した外部ID
   *
   * The ID that this client has given it with setExternalIds
   */
  external_id: string | null;
  /**
   * このクライアントが setMetadata で登録した値（JSON）
   *
   * The value that this client has kept with setMetadata, as JSON
   */
  metadata: string | null;
}

export interface ProductCategory {
  product_id: string;
  category_id: string;
  Product: Product | null;
  Category: Category | null;
}

export interface ProductClass {
  id: string;
  code: string | null;
  stock: number | null;
  stock_unlimited: boolean;
  sale_limit: number | null;
  price01: number | null;
  price02: number;
  delivery_fee: number | null;
  visible: boolean;
  create_date: string;
  update_date: string;
  currency_code: string | null;
  point_rate: number | null;
  ProductStock: ProductStock | null;
  TaxRule: TaxRule | null;
  Product: Product | null;
  SaleType: SaleType | null;
  ClassCategory1: ClassCategory | null;
  ClassCategory2: ClassCategory | null;
  DeliveryDuration: DeliveryDuration | null;
  Creator: Member | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
  /**
   * 通常価格（税込）。いま適用されている税率設定で計算します
   *
   * Normal price with tax, by the tax rule that is in force now
   */
  price01_inc_tax: number | null;
  /**
   * 販売価格（税込）。いま適用されている税率設定で計算します
   *
   * Sale price with tax, by the tax rule that is in force now
   */
  price02_inc_tax: number | null;
  /**
   * いま適用されている税率（%）。商品別税率機能が有効なら商品の税率
   *
   * Tax rate in force now, in percent: the product’s own where the shop uses such
   */
  tax_rate: number | null;
  /**
   * このクライアントが setExternalIds で登録した外部ID
   *
   * The ID that this client has given it with setExternalIds
   */
  external_id: string | null;
  /**
   * このクライアントが setMetadata で登録した値（JSON）
   *
   * The value that this client has kept with setMetadata, as JSON
   */
  metadata: string | null;
}

/**
 * 商品規格の検索結果
 *
 * What was found by ids and codes
 */
export interface ProductClassLookup {
  /**
   * 見つかった商品規格。ids、codes、external_ids の順。1件が複数回現れることはありません
   *
   * What was found, in the order of ids, of codes, then of external_ids; each once
   */
  nodes: ProductClass[];
  /**
   * 該当のない ids、codes、external_ids
   *
   * The ids, codes and external_ids that nothing has, as they were given
   */
  missing: string[];
  /**
   * 複数の商品規格が持つ商品コード。いずれも nodes に含まれます
   *
   * Codes that more than one product class has; all of those are among the nodes
   */
  ambiguous: AmbiguousProductCode[];
}

/**
 * 商品規格1件分。規格のない商品では class_category_id1 を指定しない1件だけにします。
 *
 * One product class. A product without classes has exactly one, without class_category_id1.
 */
export interface ProductClassSetInput {
  /**
   * 規格分類1のID
   *
   * ID of the class category on the first axis
   */
  class_category_id1?: string | number | null | undefined;
  /**
   * 規格分類2のID
   *
   * ID of the class category on the second axis
   */
  class_category_id2?: string | number | null | undefined;
  /**
   * 商品コード
   *
   * Product code
   */
  code?: string | null | undefined;
  /**
   * 通常価格（税抜、文字列）
   *
   * List price without tax, as text
   */
  price01?: string | null | undefined;
  /**
   * 販売価格（税抜、文字列）
   *
   * Selling price without tax, as text
   */
  price02?: string | null | undefined;
  /**
   * 在庫数
   *
   * Stock
   */
  stock?: number | null | undefined;
  /**
   * 在庫無制限
   *
   * Unlimited stock
   */
  stock_unlimited?: boolean | null | undefined;
  /**
   * 販売制限数
   *
   * Most that one order may hold
   */
  sale_limit?: number | null | undefined;
  /**
   * 販売種別のID（新規の既定は 1）
   *
   * ID of the sale type (1 for a new one)
   */
  sale_type_id?: string | number | null | undefined;
  /**
   * お届け可能日のID
   *
   * ID of the delivery duration
   */
  delivery_duration_id?: string | number | null | undefined;
  /**
   * 商品送料（文字列）
   *
   * Delivery fee of its own, as text
   */
  delivery_fee?: string | null | undefined;
  /**
   * 個別の税率（%）。null で共通の税率に戻します。商品別税率機能が有効なショップだけで使えます
   *
   * Tax rate of its own in percent; null returns to the shop’s. Only where the shop has switched such rates on
   */
  tax_rate?: number | null | undefined;
  /**
   * 販売するか（既定は true）。false で非表示のまま登録・更新します
   *
   * Whether it is sold (true without); false makes or keeps it hidden
   */
  visible?: boolean | null | undefined;
}

export interface ProductConnection {
  edges: (ProductEdge | null)[] | null;
  nodes: (Product | null)[] | null;
  pageInfo: ProductPageInfo;
  totalCount: number;
  /**
   * 指定したIDや番号のうち、この検索で見つからなかったもの。指定しなければ null
   *
   * Of the IDs and numbers that were named, those that this search does not find; null when none were named
   */
  missing: string[] | null;
}

export interface ProductEdge {
  node: Product | null;
  cursor: string;
}

export interface ProductImage {
  id: string;
  file_name: string;
  sort_no: number;
  create_date: string;
  Product: Product | null;
  Creator: Member | null;
  /**
   * 画像のURL
   *
   * Address of the image
   */
  url: string | null;
}

export interface ProductPageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

/**
 * 商品1件分。id、external_id、code の順に既存の商品を選びます。どれもないとき、または該当する商品がないときは新しく登録します（id は必ず存在する商品）。
 *
 * One product. id, external_id or code chooses one that there is, in this order; without any, or when no product has it, a new one is made (an id must be there).
 */
export interface ProductSetInput {
  /**
   * 商品ID
   *
   * ID of the product
   */
  id?: string | number | null | undefined;
  /**
   * 外部ID。この外部IDの商品を更新します。なければ code で選んだ商品か新しい商品に、この外部IDを付けます
   *
   * ID of this client’s own: the product that has it; without one, the product that id or code chooses, or the new one, gets it
   */
  external_id?: string | null | undefined;
  /**
   * 商品コード。この商品コードの規格をもつ商品を更新します。なければ新規登録し、規格のない商品の商品コードになります
   *
   * Product code: the product with a class of this code; of a new product without classes it becomes the code
   */
  code?: string | null | undefined;
  /**
   * 商品名
   *
   * Name
   */
  name?: string | null | undefined;
  /**
   * 公開ステータス（1 公開、2 非公開、3 廃止。新規の既定は 2）
   *
   * Status (1 shown, 2 hidden, 3 abolished; 2 for a new one)
   */
  product_status_id?: string | number | null | undefined;
  /**
   * 商品説明（一覧）
   *
   * Description in lists
   */
  description_list?: string | null | undefined;
  /**
   * 商品説明
   *
   * Description
   */
  description_detail?: string | null | undefined;
  /**
   * 検索ワード
   *
   * Search words
   */
  search_word?: string | null | undefined;
  /**
   * ショップ用メモ欄
   *
   * Note of the shop
   */
  note?: string | null | undefined;
  /**
   * フリーエリア
   *
   * Free area
   */
  free_area?: string | null | undefined;
  /**
   * カテゴリID（親カテゴリにも登録されます。登録済みのカテゴリを置き換えます）
   *
   * IDs of all its categories, replacing the present ones; it is put into those above them too
   */
  category_ids?: readonly (string | number)[] | null | undefined;
  /**
   * タグID（登録済みのタグを置き換えます）
   *
   * IDs of all its tags, replacing the present ones
   */
  tag_ids?: readonly (string | number)[] | null | undefined;
  /**
   * 画像のファイル名を表示順に（100件まで。登録済みの画像を置き換えます）。POST /api/images が返した名前か、すでにある名前
   *
   * File names of its images in order (at most 100), replacing the present ones: names that POST /api/images gave, or that the shop has
   */
  images?: readonly string[] | null | undefined;
  /**
   * 販売するすべての規格。ここにない規格は非表示になり、非表示の規格を指定すると再び表示されます
   *
   * All classes that are sold: those that are not named are hidden, hidden ones that are named are shown again
   */
  classes?: readonly ProductClassSetInput[] | null | undefined;
  /**
   * true で、classes にない規格をそのまま残します（規格を1つずつ追加・更新するとき）
   *
   * True leaves classes that are not named as they are, so that one can be added or changed by itself
   */
  keep_other_classes?: boolean | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
}

/**
 * 商品1件分の結果
 *
 * What came of one product
 */
export interface ProductSetResult {
  /**
   * 更新できたか
   *
   * Whether the row is saved
   */
  ok: boolean;
  /**
   * 更新できなかった理由
   *
   * Why it is not; null when it is
   */
  message: string | null;
  /**
   * 理由のコード（extensions.code と同じ）
   *
   * The reason as a code, as extensions.code
   */
  code: string | null;
  /**
   * 原因の項目（例: items[3].stock）
   *
   * Where the fault is, e.g. items[3].stock
   */
  field: string | null;
  Product: Product | null;
}

export interface ProductStatus {
  id: string;
  name: string;
  sort_no: number;
}

export interface ProductStock {
  id: string;
  stock: number | null;
  create_date: string;
  update_date: string;
  ProductClass: ProductClass | null;
  Creator: Member | null;
}

/**
 * 商品規格1件分の在庫。code、product_class_id、external_id のどれか1つを指定します。
 *
 * The stock of one product class, chosen by one of code, product_class_id and external_id.
 */
export interface ProductStockInput {
  /**
   * 商品コード
   *
   * Product code
   */
  code?: string | null | undefined;
  /**
   * 商品規格ID
   *
   * ID of the product class
   */
  product_class_id?: string | number | null | undefined;
  /**
   * 在庫数（在庫無制限の場合、0以上の数値を指定）
   *
   * Stock (0 or more, unless stock is unlimited)
   */
  stock?: number | null | undefined;
  /**
   * 在庫無制限（無制限は true 、制限は false を指定）。省略すると変わりません
   *
   * Unlimited stock (true) or limited stock (false); as it is when left out
   */
  stock_unlimited?: boolean | null | undefined;
  /**
   * 在庫数の増減（入荷は正、出庫は負の数）。stock の代わりに指定します
   *
   * How many more (or, below 0, fewer) there are; instead of stock
   */
  delta?: number | null | undefined;
  /**
   * 呼び出し側が把握している現在の在庫数。実際の在庫数と違う場合は更新せず、エラー STOCK_STALE で現在の在庫数を返します
   *
   * The stock as the caller knows it: when it is another, nothing is changed and the error STOCK_STALE says what it is
   */
  changeFromStock?: number | null | undefined;
  /**
   * 更新の理由（255文字まで）。在庫の変更履歴に残ります
   *
   * Why (at most 255 characters); kept in the history of the stock
   */
  reason?: string | null | undefined;
  /**
   * 呼び出し側の伝票番号など（255文字まで）。在庫の変更履歴に残ります
   *
   * A number of the caller’s own, e.g. of a delivery note (at most 255 characters); kept in the history of the stock
   */
  reference?: string | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 商品規格の外部ID（このクライアントが setExternalIds で付けたもの）
   *
   * ID that this client has given the product class with setExternalIds
   */
  external_id?: string | null | undefined;
}

/**
 * 在庫更新1件分の結果
 *
 * What came of one row
 */
export interface ProductStockResult {
  /**
   * 更新できたか
   *
   * Whether the row is saved
   */
  ok: boolean;
  /**
   * 更新できなかった理由
   *
   * Why it is not; null when it is
   */
  message: string | null;
  /**
   * 理由のコード（extensions.code と同じ）
   *
   * The reason as a code, as extensions.code
   */
  code: string | null;
  /**
   * 原因の項目（例: items[3].stock）
   *
   * Where the fault is, e.g. items[3].stock
   */
  field: string | null;
  /**
   * 更新できなかったとき（STOCK_STALE、STOCK_NEGATIVE）の現在の在庫数
   *
   * The stock as it is, where that is why the row failed (STOCK_STALE, STOCK_NEGATIVE)
   */
  current: number | null;
  ProductClass: ProductClass | null;
}

export interface ProductTag {
  id: string;
  create_date: string;
  Product: Product | null;
  Tag: Tag | null;
  Creator: Member | null;
}

export interface RoundingType {
  id: string;
  name: string;
  sort_no: number;
}

export interface SaleType {
  id: string;
  name: string;
  sort_no: number;
}

/**
 * 1日の売上
 *
 * The sales of a day
 */
export interface SalesDay {
  /**
   * 日付（YYYY-MM-DD、ショップの時刻）
   *
   * The day in the shop’s time zone, YYYY-MM-DD
   */
  date: string;
  /**
   * 受注件数
   *
   * How many orders
   */
  orders: number;
  /**
   * 商品の数量
   *
   * How many things were sold
   */
  items: number;
  /**
   * 売上（お支払い合計の合計）
   *
   * Turnover: the sum of payment_total
   */
  turnover: number;
  /**
   * 内訳。by を指定したときのみ
   *
   * The parts; null without by
   */
  groups: SalesGroup[] | null;
}

/**
 * 1日の売上の内訳
 *
 * A part of the sales of a day
 */
export interface SalesGroup {
  /**
   * 対応状況・支払方法・商品・商品規格のID
   *
   * ID of the status, way to pay, product or product class
   */
  id: string | null;
  /**
   * 名称（商品は受注時の名称）
   *
   * Its name; a product’s as it was sold
   */
  name: string | null;
  /**
   * 商品コード（PRODUCT_CLASS のみ）
   *
   * Product code (PRODUCT_CLASS only)
   */
  code: string | null;
  /**
   * 受注件数
   *
   * How many orders
   */
  orders: number;
  /**
   * 商品の数量
   *
   * How many things were sold
   */
  items: number;
  /**
   * 売上。対応状況・支払方法ではお支払い合計、商品・商品規格では商品の税込小計
   *
   * Turnover: what orders came to in all, or, of products, their lines with tax
   */
  turnover: number;
}

/**
 * 売上の内訳の分け方
 *
 * By what the sales of a day are split up
 */
export type SalesGroupKind = 'STATUS' | 'PAYMENT' | 'PRODUCT' | 'PRODUCT_CLASS';

export interface Sex {
  id: string;
  name: string;
  sort_no: number;
}

/**
 * 出荷1件分。updateShipped と同じ項目です
 *
 * One parcel, as updateShipped takes it
 */
export interface ShippedInput {
  /**
   * 出荷ID
   *
   * Shipping ID
   */
  id: string | number;
  /**
   * 出荷日（ Y-m-d\TH:i:sP 形式で指定可能、未指定の場合は実行日時）
   *
   * Shipping date (format Y-m-d\TH:i:sP; now if omitted)
   */
  shipping_date?: string | Date | null | undefined;
  /**
   * 出荷業者
   *
   * Delivery company
   */
  shipping_delivery_name?: string | null | undefined;
  /**
   * お問い合わせ番号
   *
   * Tracking number
   */
  tracking_number?: string | null | undefined;
  /**
   * 出荷用メモ欄
   *
   * Shipping note
   */
  note?: string | null | undefined;
  /**
   * 出荷完了メール送信フラグ（送信する場合は true を指定）
   *
   * Whether to send the shipping mail (true to send it)
   */
  is_send_mail?: boolean | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
}

/**
 * 出荷1件分の結果
 *
 * What came of one parcel
 */
export interface ShippedResult {
  /**
   * 更新できたか
   *
   * Whether the row is saved
   */
  ok: boolean;
  /**
   * 更新できなかった理由
   *
   * Why it is not; null when it is
   */
  message: string | null;
  /**
   * 理由のコード（extensions.code と同じ）
   *
   * The reason as a code, as extensions.code
   */
  code: string | null;
  /**
   * 原因の項目（例: items[3].stock）
   *
   * Where the fault is, e.g. items[3].stock
   */
  field: string | null;
  /**
   * 出荷情報
   *
   * The parcel
   */
  Shipping: Shipping | null;
}

export interface Shipping {
  id: string;
  name01: string;
  name02: string;
  kana01: string | null;
  kana02: string | null;
  company_name: string | null;
  phone_number: string | null;
  postal_code: string | null;
  addr01: string | null;
  addr02: string | null;
  shipping_delivery_name: string | null;
  time_id: number | null;
  shipping_delivery_time: string | null;
  shipping_delivery_date: string | null;
  shipping_date: string | null;
  tracking_number: string | null;
  note: string | null;
  sort_no: number | null;
  create_date: string;
  update_date: string;
  mail_send_date: string | null;
  Order: Order | null;
  OrderItems: (OrderItem | null)[] | null;
  Country: Country | null;
  Pref: Pref | null;
  Delivery: Delivery | null;
  Creator: Member | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
}

/**
 * API による在庫の変更1件
 *
 * One change of a stock by the API
 */
export interface StockChange {
  /**
   * 変更のID（新しいほど大きい）
   *
   * ID, higher = newer
   */
  id: string;
  /**
   * 商品規格ID
   *
   * ID of the product class
   */
  product_class_id: string;
  /**
   * 変更前の在庫数（無制限は null）
   *
   * Stock before; null = unlimited
   */
  stock_before: number | null;
  /**
   * 変更後の在庫数（無制限は null）
   *
   * Stock afterwards; null = unlimited
   */
  stock_after: number | null;
  /**
   * 増減
   *
   * The difference
   */
  delta: number | null;
  /**
   * 更新の理由。対応状況の変更に伴うものは order_status
   *
   * Why; order_status when it followed from the status of an order
   */
  reason: string | null;
  /**
   * 伝票番号など
   *
   * The caller’s own reference
   */
  reference: string | null;
  /**
   * クライアントID
   *
   * ID of the client
   */
  client_id: string;
  /**
   * 変更日時
   *
   * When
   */
  changed_at: string;
  ProductClass: ProductClass | null;
}

/**
 * 在庫の変更の一覧
 *
 * Changes of stock
 */
export interface StockChangeConnection {
  /**
   * 変更（新しい順）
   *
   * The changes, newest first
   */
  nodes: StockChange[];
  /**
   * 続きの有無
   *
   * Whether there is more
   */
  pageInfo: StockChangePageInfo;
}

/**
 * 続きの有無
 *
 * Whether there is more
 */
export interface StockChangePageInfo {
  /**
   * 続きがあるか
   *
   * Whether there is more
   */
  hasNextPage: boolean;
  /**
   * 続きを取得するカーソル
   *
   * Where to go on
   */
  endCursor: string | null;
}

export interface Tag {
  id: string;
  name: string;
  sort_no: number;
  ProductTag: (ProductTag | null)[] | null;
}

export interface TaxByRate {
  /**
   * 税率（%）
   *
   * Tax rate, in percent
   */
  tax_rate: number;
  /**
   * 軽減税率か（受注日の標準税率と違う税率）
   *
   * Whether the rate is a reduced one: another than the shop’s own when the order was made
   */
  reduced: boolean;
  /**
   * 税込の合計。不課税の値引きとポイントは、税率ごとの金額の比で按分して差し引いた後
   *
   * Total with tax, less the share of discounts and points without tax
   */
  total: number;
  /**
   * 税抜の合計（total − tax）
   *
   * Total without tax (total − tax)
   */
  taxable: number;
  /**
   * 消費税額
   *
   * Tax in it
   */
  tax: number;
}

export interface TaxDisplayType {
  id: string;
  name: string;
  sort_no: number;
}

export interface TaxRule {
  id: string;
  tax_rate: number;
  tax_adjust: number;
  apply_date: string;
  create_date: string;
  update_date: string;
  ProductClass: ProductClass | null;
  Creator: Member | null;
  Country: Country | null;
  Pref: Pref | null;
  Product: Product | null;
  RoundingType: RoundingType | null;
  /**
   * この行の状態を表す文字列。更新の ifVersion に指定すると、その間に変更があった場合は更新されません
   *
   * The state of this row; given as ifVersion to a mutation, it keeps you from overwriting what changed since
   */
  version: string;
}

export interface TaxType {
  id: string;
  name: string;
  sort_no: number;
}

/**
 * APIクライアントが登録した通知先
 *
 * An endpoint that an API client has registered
 */
export interface Webhook {
  /**
   * 通知先のID
   *
   * ID of the endpoint
   */
  id: string;
  /**
   * 通知先のURL
   *
   * Where deliveries go
   */
  url: string;
  /**
   * 有効かどうか
   *
   * Whether it is switched on
   */
  enabled: boolean;
  /**
   * 送信状態：ok、waiting（未送信）、failing（失敗中）、paused（停止中）、gone（受信停止）、off（無効）、no_access（権限がなくなり停止中）
   *
   * One of ok, waiting, failing, paused, gone, off, no_access (paused, since the client has lost its access)
   */
  state: string;
  /**
   * メモ
   *
   * Note
   */
  description: string;
  /**
   * 通知する変更（product.updated など）。空の場合はすべて
   *
   * Changes that are told, e.g. product.updated; empty = all
   */
  topics: string[];
  /**
   * 通知する部分。空の場合はすべて
   *
   * Parts that are told; empty = all
   */
  parts: ChangePart[];
  /**
   * 通知する受注の対応状況。空の場合はすべて
   *
   * Statuses of orders; empty = all
   */
  orderStatuses: string[];
  /**
   * 通知する商品の公開状態。空の場合はすべて
   *
   * Statuses of products; empty = all
   */
  productStatuses: string[];
  /**
   * 自分の更新を除くかどうか
   *
   * Whether own changes are left out
   */
  excludeOwn: boolean;
  /**
   * 変更ごとに実行するクエリ
   *
   * Query that is run for each change
   */
  query: string | null;
  /**
   * 署名するかどうか
   *
   * Whether deliveries are signed
   */
  hasSecret: boolean;
  /**
   * 直近のエラー
   *
   * The last failure
   */
  lastError: string | null;
  /**
   * 最後に送信できた日時
   *
   * When a delivery last arrived
   */
  lastSuccessAt: string | null;
  /**
   * 登録日時
   *
   * When it was registered
   */
  createdAt: string;
}

/**
 * 登録・変更の結果
 *
 * What was registered or changed
 */
export interface WebhookResult {
  /**
   * 通知先
   *
   * The endpoint
   */
  webhook: Webhook;
  /**
   * 作成したシークレット。この応答でだけ返します
   *
   * The secret that was made; told in this response only
   */
  secret: string | null;
}

export interface Work {
  id: string;
  name: string;
  sort_no: number;
}

/** Arguments of `customer`. */
export interface CustomerArgs {
  id: string | number;
}

/** Arguments of `customers`. */
export interface CustomersArgs {
  /**
   * 会員ID・メールアドレス・お名前
   *
   * Customer ID, e-mail, name
   */
  multi?: string | null | undefined;
  /**
   * 会員種別
   *
   * Customer status
   */
  customer_status?: readonly (string | null)[] | null | undefined;
  /**
   * 性別
   *
   * Sex
   */
  sex?: readonly (string | null)[] | null | undefined;
  /**
   * 誕生月
   *
   * Month of birth
   */
  birth_month?: string | null | undefined;
  /**
   * 誕生日(開始)
   *
   * Birthday (from)
   */
  birth_start?: string | null | undefined;
  /**
   * 誕生日(終了)
   *
   * Birthday (to)
   */
  birth_end?: string | null | undefined;
  /**
   * 都道府県
   *
   * Prefecture
   */
  pref?: string | null | undefined;
  /**
   * 電話番号
   *
   * Phone number
   */
  phone_number?: string | null | undefined;
  /**
   * 購入商品名
   *
   * Bought product
   */
  buy_product_name?: string | null | undefined;
  /**
   * 購入金額(開始)
   *
   * Total bought (from)
   */
  buy_total_start?: string | null | undefined;
  /**
   * 購入金額(終了)
   *
   * Total bought (to)
   */
  buy_total_end?: string | null | undefined;
  /**
   * 購入件数(開始)
   *
   * Number of orders (from)
   */
  buy_times_start?: number | null | undefined;
  /**
   * 購入件数(終了)
   *
   * Number of orders (to)
   */
  buy_times_end?: number | null | undefined;
  /**
   * 登録日(開始)
   *
   * Created (from)
   */
  create_date_start?: string | null | undefined;
  /**
   * 登録日(開始)
   *
   * Created (from)
   */
  create_datetime_start?: string | Date | null | undefined;
  /**
   * 登録日(終了)
   *
   * Created (to)
   */
  create_date_end?: string | null | undefined;
  /**
   * 登録日(終了)
   *
   * Created (to)
   */
  create_datetime_end?: string | Date | null | undefined;
  /**
   * 更新日(開始)
   *
   * Updated (from)
   */
  update_date_start?: string | null | undefined;
  /**
   * 更新日(開始)
   *
   * Updated (from)
   */
  update_datetime_start?: string | Date | null | undefined;
  /**
   * 更新日(終了)
   *
   * Updated (to)
   */
  update_date_end?: string | null | undefined;
  /**
   * 更新日(終了)
   *
   * Updated (to)
   */
  update_datetime_end?: string | Date | null | undefined;
  /**
   * 最終購入日(開始)
   *
   * Last order (from)
   */
  last_buy_start?: string | null | undefined;
  /**
   * 最終購入日(開始)
   *
   * Last order (from)
   */
  last_buy_datetime_start?: string | Date | null | undefined;
  /**
   * 最終購入日(終了)
   *
   * Last order (to)
   */
  last_buy_end?: string | null | undefined;
  /**
   * 最終購入日(終了)
   *
   * Last order (to)
   */
  last_buy_datetime_end?: string | Date | null | undefined;
  /** listSortKey */
  sortkey?: string | null | undefined;
  /** listSortType */
  sorttype?: string | null | undefined;
  /**
   * ページ番号
   *
   * Page number
   */
  page?: number | null | undefined;
  /**
   * ページあたりの取得数の上限
   *
   * Rows per page at most
   */
  limit?: number | null | undefined;
  /**
   * 先頭から取得する件数（カーソルによるページング）
   *
   * Rows from the start or behind the cursor
   */
  first?: number | null | undefined;
  /**
   * このカーソルより後を取得
   *
   * Rows behind this cursor
   */
  after?: string | null | undefined;
  /**
   * このクライアントが setExternalIds で登録した外部ID。指定した順に返します（1,000件まで）
   *
   * IDs that this client has given with setExternalIds; the customers come as they are named (1,000 at the most)
   */
  external_ids?: readonly string[] | null | undefined;
}

/** Arguments of `order`. */
export interface OrderArgs {
  id: string | number;
}

/** Arguments of `orders`. */
export interface OrdersArgs {
  /**
   * 注文番号・お名前・会社名・メールアドレス・電話番号
   *
   * Order number, name, company name, e-mail, phone number
   */
  multi?: string | null | undefined;
  /**
   * 対応状況
   *
   * Status
   */
  status?: readonly (string | null)[] | null | undefined;
  /**
   * 注文者名
   *
   * Name
   */
  name?: string | null | undefined;
  /**
   * 注文者名(カナ)
   *
   * Name (kana)
   */
  kana?: string | null | undefined;
  /**
   * 注文者会社名
   *
   * Company name
   */
  company_name?: string | null | undefined;
  /**
   * メールアドレス
   *
   * E-mail
   */
  email?: string | null | undefined;
  /**
   * 注文番号
   *
   * Order number
   */
  order_no?: string | null | undefined;
  /**
   * 電話番号
   *
   * Phone number
   */
  phone_number?: string | null | undefined;
  /**
   * お問い合わせ番号
   *
   * Tracking number
   */
  tracking_number?: string | null | undefined;
  /**
   * 出荷メール
   *
   * Shipping mail
   */
  shipping_mail?: readonly (string | null)[] | null | undefined;
  /**
   * 支払方法
   *
   * Payment method
   */
  payment?: readonly (string | null)[] | null | undefined;
  /**
   * 注文日(開始)
   *
   * Ordered (from)
   */
  order_date_start?: string | null | undefined;
  /**
   * 注文日(開始)
   *
   * Ordered (from)
   */
  order_datetime_start?: string | Date | null | undefined;
  /**
   * 注文日(終了)
   *
   * Ordered (to)
   */
  order_date_end?: string | null | undefined;
  /**
   * 注文日(終了)
   *
   * Ordered (to)
   */
  order_datetime_end?: string | Date | null | undefined;
  /**
   * 入金日(開始)
   *
   * Paid (from)
   */
  payment_date_start?: string | null | undefined;
  /**
   * 入金日(開始)
   *
   * Paid (from)
   */
  payment_datetime_start?: string | Date | null | undefined;
  /**
   * 入金日(終了)
   *
   * Paid (to)
   */
  payment_date_end?: string | null | undefined;
  /**
   * 入金日(終了)
   *
   * Paid (to)
   */
  payment_datetime_end?: string | Date | null | undefined;
  /**
   * 更新日(開始)
   *
   * Updated (from)
   */
  update_date_start?: string | null | undefined;
  /**
   * 更新日(開始)
   *
   * Updated (from)
   */
  update_datetime_start?: string | Date | null | undefined;
  /**
   * 更新日(終了)
   *
   * Updated (to)
   */
  update_date_end?: string | null | undefined;
  /**
   * 更新日(終了)
   *
   * Updated (to)
   */
  update_datetime_end?: string | Date | null | undefined;
  /**
   * お届け日(開始)
   *
   * Delivery (from)
   */
  shipping_delivery_date_start?: string | null | undefined;
  /**
   * お届け日(開始)
   *
   * Delivery (from)
   */
  shipping_delivery_datetime_start?: string | Date | null | undefined;
  /**
   * お届け日(終了)
   *
   * Delivery (to)
   */
  shipping_delivery_date_end?: string | null | undefined;
  /**
   * お届け日(終了)
   *
   * Delivery (to)
   */
  shipping_delivery_datetime_end?: string | Date | null | undefined;
  /**
   * 購入金額(開始)
   *
   * Payment total (from)
   */
  payment_total_start?: string | null | undefined;
  /**
   * 購入金額(終了)
   *
   * Payment total (to)
   */
  payment_total_end?: string | null | undefined;
  /**
   * 購入商品名
   *
   * Product name
   */
  buy_product_name?: string | null | undefined;
  /** listSortKey */
  sortkey?: string | null | undefined;
  /** listSortType */
  sorttype?: string | null | undefined;
  /**
   * ページ番号
   *
   * Page number
   */
  page?: number | null | undefined;
  /**
   * ページあたりの取得数の上限
   *
   * Rows per page at most
   */
  limit?: number | null | undefined;
  /**
   * 先頭から取得する件数（カーソルによるページング）
   *
   * Rows from the start or behind the cursor
   */
  first?: number | null | undefined;
  /**
   * このカーソルより後を取得
   *
   * Rows behind this cursor
   */
  after?: string | null | undefined;
  /**
   * 受注ID。指定した順に返します（order_nos と合わせて1,000件まで）
   *
   * Order IDs; the orders come as they are named (1,000 at the most, with order_nos)
   */
  ids?: readonly (string | number)[] | null | undefined;
  /**
   * 注文番号（完全一致）。指定した順に返します
   *
   * Order numbers, exactly; the orders come as they are named, behind those of ids
   */
  order_nos?: readonly string[] | null | undefined;
  /**
   * このクライアントが setExternalIds で登録した外部ID。指定した順に返します（1,000件まで）
   *
   * IDs that this client has given with setExternalIds; the orders come as they are named (1,000 at the most)
   */
  external_ids?: readonly string[] | null | undefined;
}

/** Arguments of `product`. */
export interface ProductArgs {
  id: string | number;
}

/** Arguments of `products`. */
export interface ProductsArgs {
  /**
   * 商品名・商品ID・商品コード
   *
   * Product name, product ID, product code
   */
  id?: string | null | undefined;
  /**
   * カテゴリ
   *
   * Category
   */
  category_id?: string | null | undefined;
  /**
   * 公開ステータス
   *
   * Status
   */
  status?: readonly (string | null)[] | null | undefined;
  /**
   * 在庫数
   *
   * Stock
   */
  stock?: readonly (string | null)[] | null | undefined;
  /**
   * タグ
   *
   * Tag
   */
  tag_id?: string | null | undefined;
  /**
   * 登録日(開始)
   *
   * Created (from)
   */
  create_date_start?: string | null | undefined;
  /**
   * 登録日(開始)
   *
   * Created (from)
   */
  create_datetime_start?: string | Date | null | undefined;
  /**
   * 登録日(終了)
   *
   * Created (to)
   */
  create_date_end?: string | null | undefined;
  /**
   * 登録日(終了)
   *
   * Created (to)
   */
  create_datetime_end?: string | Date | null | undefined;
  /**
   * 更新日(開始)
   *
   * Updated (from)
   */
  update_date_start?: string | null | undefined;
  /**
   * 更新日(開始)
   *
   * Updated (from)
   */
  update_datetime_start?: string | Date | null | undefined;
  /**
   * 更新日(終了)
   *
   * Updated (to)
   */
  update_date_end?: string | null | undefined;
  /**
   * 更新日(終了)
   *
   * Updated (to)
   */
  update_datetime_end?: string | Date | null | undefined;
  /** listSortKey */
  sortkey?: string | null | undefined;
  /** listSortType */
  sorttype?: string | null | undefined;
  /**
   * ページ番号
   *
   * Page number
   */
  page?: number | null | undefined;
  /**
   * ページあたりの取得数の上限
   *
   * Rows per page at most
   */
  limit?: number | null | undefined;
  /**
   * 先頭から取得する件数（カーソルによるページング）
   *
   * Rows from the start or behind the cursor
   */
  first?: number | null | undefined;
  /**
   * このカーソルより後を取得
   *
   * Rows behind this cursor
   */
  after?: string | null | undefined;
  /**
   * 商品ID。指定した順に返します（1,000件まで）
   *
   * Product IDs; the products come as they are named (1,000 at the most)
   */
  ids?: readonly (string | number)[] | null | undefined;
  /**
   * このクライアントが setExternalIds で登録した外部ID。指定した順に返します（1,000件まで）
   *
   * IDs that this client has given with setExternalIds; the products come as they are named (1,000 at the most)
   */
  external_ids?: readonly string[] | null | undefined;
}

/** Arguments of `changes`. */
export interface ChangesArgs {
  /**
   * このカーソルより後を取得
   *
   * Changes behind this cursor
   */
  after?: string | null | undefined;
  /**
   * 取得する件数
   *
   * How many changes
   */
  first?: number | null | undefined;
  /**
   * 対象の絞り込み（product、order、customer）
   *
   * Only of these (product, order, customer)
   */
  entities?: readonly (string | null)[] | null | undefined;
  /**
   * trueにすると、呼び出したクライアント自身だけが行った変更を除きます。ほかの書き込みも加わった変更は、ほかの分だけが返ります
   *
   * true leaves out what the calling client alone has written; where others took part, their share is told
   */
  excludeOwn?: boolean | null | undefined;
  /**
   * この部分に触れた更新だけを返します。作成・削除と、どの部分か分からない変更は常に含まれます
   *
   * Only updates that touched one of these; created, deleted and what is not known is always told
   */
  parts?: readonly ChangePart[] | null | undefined;
  /**
   * 受注の対応状況・商品の公開状態のID。今その状態にあるものだけを返します。削除は常に含まれます
   *
   * Ids of statuses of orders and products: only of those that are in one of them now; deleted is always told
   */
  status?: readonly (string | number)[] | null | undefined;
}

/** Arguments of `productClasses`. */
export interface ProductClassesArgs {
  /**
   * 商品規格ID
   *
   * IDs of product classes
   */
  ids?: readonly (string | number)[] | null | undefined;
  /**
   * 商品コード
   *
   * Product codes
   */
  codes?: readonly string[] | null | undefined;
  /**
   * このクライアントが setExternalIds で登録した外部ID
   *
   * IDs that this client has given with setExternalIds
   */
  external_ids?: readonly string[] | null | undefined;
}

/** Arguments of `payments`. */
export interface PaymentsArgs {
  /**
   * 表示（true）か非表示（false）だけに絞り込みます
   *
   * Only those that are shown (true) or hidden (false)
   */
  visible?: boolean | null | undefined;
}

/** Arguments of `deliveries`. */
export interface DeliveriesArgs {
  /**
   * 表示（true）か非表示（false）だけに絞り込みます
   *
   * Only those that are shown (true) or hidden (false)
   */
  visible?: boolean | null | undefined;
}

/** Arguments of `categories`. */
export interface CategoriesArgs {
  /**
   * 最上位のカテゴリだけを返すか
   *
   * Whether only the topmost are given
   */
  tree?: boolean | null | undefined;
}

/** Arguments of `news`. */
export interface NewsArgs {
  /**
   * 公開（true）か非公開（false）だけに絞り込みます
   *
   * Only what is shown (true) or hidden (false)
   */
  visible?: boolean | null | undefined;
  /**
   * ページ番号
   *
   * Page number
   */
  page?: number | null | undefined;
  /**
   * ページあたりの取得数の上限（1000まで）
   *
   * Rows per page, 1000 at the most
   */
  limit?: number | null | undefined;
}

/** Arguments of `salesByDay`. */
export interface SalesByDayArgs {
  /**
   * 最初の日（YYYY-MM-DD）
   *
   * The first day (YYYY-MM-DD)
   */
  from: string;
  /**
   * 最後の日（YYYY-MM-DD、この日を含む）
   *
   * The last day, included (YYYY-MM-DD)
   */
  to: string;
  /**
   * 内訳の分け方
   *
   * By what each day is split up
   */
  by?: SalesGroupKind | null | undefined;
}

/** Arguments of `stockChanges`. */
export interface StockChangesArgs {
  /**
   * 商品規格ID
   *
   * ID of the product class
   */
  product_class_id?: string | number | null | undefined;
  /**
   * 商品コード
   *
   * Product code
   */
  code?: string | null | undefined;
  /**
   * クライアントID
   *
   * ID of the client
   */
  client_id?: string | null | undefined;
  /**
   * この日時以降
   *
   * From this moment on
   */
  from?: string | Date | null | undefined;
  /**
   * この日時以前
   *
   * Up to this moment
   */
  to?: string | Date | null | undefined;
  /**
   * 取得する件数（1000件まで）
   *
   * How many (at most 1000)
   */
  first?: number | null | undefined;
  /**
   * このカーソルより後を取得
   *
   * Behind this cursor
   */
  after?: string | null | undefined;
}

/** Arguments of `pointChanges`. */
export interface PointChangesArgs {
  /**
   * 会員ID
   *
   * ID of the customer
   */
  customer_id?: string | number | null | undefined;
  /**
   * 取得する件数（1000件まで）
   *
   * How many (at most 1000)
   */
  first?: number | null | undefined;
  /**
   * このカーソルより後を取得
   *
   * Behind this cursor
   */
  after?: string | null | undefined;
}

/** Arguments of `job`. */
export interface JobArgs {
  /**
   * 一括処理のID
   *
   * ID of the job
   */
  id: string | number;
}

/** Arguments of `jobs`. */
export interface JobsArgs {
  /**
   * 取得する件数（100件まで）
   *
   * How many (at most 100)
   */
  first?: number | null | undefined;
  /**
   * このカーソルより後を取得
   *
   * Behind this cursor
   */
  after?: string | null | undefined;
}

/** Arguments of `updateProductStock`. */
export interface UpdateProductStockArgs {
  /**
   * 商品コード
   *
   * Product code
   */
  code: string;
  /**
   * 在庫数（在庫無制限の場合、0以上の数値を指定）
   *
   * Stock (0 or more, unless stock is unlimited)
   */
  stock?: number | null | undefined;
  /**
   * 在庫無制限（無制限は true 、制限は false を指定）
   *
   * Unlimited stock (true) or limited stock (false)
   */
  stock_unlimited: boolean;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `updateShipped`. */
export interface UpdateShippedArgs {
  /**
   * 出荷ID
   *
   * Shipping ID
   */
  id: string | number;
  /**
   * 出荷日（ Y-m-d\TH:i:sP 形式で指定可能、未指定の場合は実行日時）
   *
   * Shipping date (format Y-m-d\TH:i:sP; now if omitted)
   */
  shipping_date?: string | Date | null | undefined;
  /**
   * 出荷業者
   *
   * Delivery company
   */
  shipping_delivery_name?: string | null | undefined;
  /**
   * お問い合わせ番号
   *
   * Tracking number
   */
  tracking_number?: string | null | undefined;
  /**
   * 出荷用メモ欄
   *
   * Shipping note
   */
  note?: string | null | undefined;
  /**
   * 出荷完了メール送信フラグ（送信する場合は true を指定）
   *
   * Whether to send the shipping mail (true to send it)
   */
  is_send_mail?: boolean | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `updateProductClassStock`. */
export interface UpdateProductClassStockArgs {
  /**
   * 商品規格ID
   *
   * ID of the product class
   */
  product_class_id: string | number;
  /**
   * 在庫数（在庫無制限の場合、0以上の数値を指定）
   *
   * Stock (0 or more, unless stock is unlimited)
   */
  stock?: number | null | undefined;
  /**
   * 在庫無制限（無制限は true 、制限は false を指定）。省略すると変わりません
   *
   * Unlimited stock (true) or limited stock (false); as it is when left out
   */
  stock_unlimited?: boolean | null | undefined;
  /**
   * 在庫数の増減（入荷は正、出庫は負の数）。stock の代わりに指定します
   *
   * How many more (or, below 0, fewer) there are; instead of stock
   */
  delta?: number | null | undefined;
  /**
   * 呼び出し側が把握している現在の在庫数。実際の在庫数と違う場合は更新せず、エラー STOCK_STALE で現在の在庫数を返します
   *
   * The stock as the caller knows it: when it is another, nothing is changed and the error STOCK_STALE says what it is
   */
  changeFromStock?: number | null | undefined;
  /**
   * 更新の理由（255文字まで）。在庫の変更履歴に残ります
   *
   * Why (at most 255 characters); kept in the history of the stock
   */
  reason?: string | null | undefined;
  /**
   * 呼び出し側の伝票番号など（255文字まで）。在庫の変更履歴に残ります
   *
   * A number of the caller’s own, e.g. of a delivery note (at most 255 characters); kept in the history of the stock
   */
  reference?: string | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `bulkUpdateProductStock`. */
export interface BulkUpdateProductStockArgs {
  /**
   * 在庫の一覧（1000件まで）
   *
   * The rows (at most 1000)
   */
  items: readonly ProductStockInput[];
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `updateProductPrice`. */
export interface UpdateProductPriceArgs {
  /**
   * 商品規格ID
   *
   * ID of the product class
   */
  product_class_id?: string | number | null | undefined;
  /**
   * 商品コード
   *
   * Product code
   */
  code?: string | null | undefined;
  /**
   * 通常価格（税抜、文字列で指定。例: "1200"。null で未設定に戻す）
   *
   * List price without tax, as text ("1200"); null clears it
   */
  price01?: string | null | undefined;
  /**
   * 販売価格（税抜、文字列で指定。例: "1000"）
   *
   * Selling price without tax, as text ("1000")
   */
  price02?: string | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `updateProduct`. */
export interface UpdateProductArgs {
  /**
   * 商品ID
   *
   * ID of the product
   */
  id: string | number;
  /**
   * 商品名
   *
   * Name
   */
  name?: string | null | undefined;
  /**
   * 商品説明（一覧）
   *
   * Description in lists
   */
  description_list?: string | null | undefined;
  /**
   * 商品説明
   *
   * Description
   */
  description_detail?: string | null | undefined;
  /**
   * 検索ワード
   *
   * Search words
   */
  search_word?: string | null | undefined;
  /**
   * ショップ用メモ欄
   *
   * Note of the shop
   */
  note?: string | null | undefined;
  /**
   * フリーエリア
   *
   * Free area
   */
  free_area?: string | null | undefined;
  /**
   * 商品ステータス（1 公開、2 非公開、3 廃止）
   *
   * Status (1 shown, 2 hidden, 3 abolished)
   */
  product_status_id?: string | number | null | undefined;
  /**
   * カテゴリIDの一覧（登録済みのカテゴリを置き換えます。[] ですべて解除）
   *
   * IDs of all its categories, replacing the present ones; [] removes all
   */
  category_ids?: readonly (string | number)[] | null | undefined;
  /**
   * タグIDの一覧（登録済みのタグを置き換えます。[] ですべて解除）
   *
   * IDs of all its tags, replacing the present ones; [] removes all
   */
  tag_ids?: readonly (string | number)[] | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `updateOrderStatus`. */
export interface UpdateOrderStatusArgs {
  /**
   * 受注ID
   *
   * ID of the order
   */
  id: string | number;
  /**
   * 対応状況のID（3 注文取消し、4 対応中、5 発送済み、6 入金済み、9 返品）
   *
   * ID of the status (3 cancelled, 4 in progress, 5 delivered, 6 paid, 9 returned)
   */
  order_status_id: string | number;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `bulkUpdateShipped`. */
export interface BulkUpdateShippedArgs {
  /**
   * 出荷の一覧（200件まで）
   *
   * The parcels (at most 200)
   */
  items: readonly ShippedInput[];
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `updateShipping`. */
export interface UpdateShippingArgs {
  /**
   * 出荷ID
   *
   * Shipping ID
   */
  id: string | number;
  /**
   * お問い合わせ番号（半角英数字とハイフン、200文字まで。全角は半角にします）
   *
   * Tracking number (letters, digits, hyphens; at most 200; full-width ones are folded)
   */
  tracking_number?: string | null | undefined;
  /**
   * 配送業者のID。配送業者名も変わり、時間帯がその配送業者のものでなければ指定なしになります
   *
   * ID of the carrier; its name is copied, and a time slot of another carrier is emptied
   */
  delivery_id?: string | number | null | undefined;
  /**
   * お届け日（ショップの日付として扱い、時刻は 0 時になります。null は指定なし）
   *
   * Delivery date: the day in the shop’s time zone counts; null = none
   */
  shipping_delivery_date?: string | Date | null | undefined;
  /**
   * お届け時間のID（配送業者のものに限ります。null は指定なし）
   *
   * ID of the time slot, one of the carrier’s; null = none
   */
  time_id?: string | number | null | undefined;
  /**
   * 出荷用メモ欄
   *
   * Shipping note
   */
  note?: string | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `updateOrder`. */
export interface UpdateOrderArgs {
  /**
   * 受注ID
   *
   * ID of the order
   */
  id: string | number;
  /**
   * SHOP用メモ欄（3000文字まで。null は空にします）
   *
   * The memo (at most 3000 characters; null empties it)
   */
  note?: string | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `productSet`. */
export interface ProductSetArgs {
  /**
   * 商品
   *
   * The product
   */
  input: ProductSetInput;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `bulkProductSet`. */
export interface BulkProductSetArgs {
  /**
   * 商品の一覧（100件まで）
   *
   * The products (at most 100)
   */
  items: readonly ProductSetInput[];
  /**
   * 更新できない行があるとき、すべてを取り消す（REJECT_ALL）か、その行だけを除く（REJECT_ROWS）か
   *
   * REJECT_ALL: one row that cannot be saved takes all back; REJECT_ROWS: the others are saved
   */
  errorPolicy?: ErrorPolicy | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `bulkProductStatus`. */
export interface BulkProductStatusArgs {
  /**
   * 商品ID（external_ids と合わせて1000件まで）
   *
   * IDs of the products (at most 1000, external_ids included)
   */
  ids?: readonly (string | number)[] | null | undefined;
  /**
   * このアプリが商品に付けた外部ID
   *
   * External IDs that this client has given to products
   */
  external_ids?: readonly string[] | null | undefined;
  /**
   * 公開ステータス（1 公開、2 非公開、3 廃止）
   *
   * Status (1 shown, 2 hidden, 3 abolished)
   */
  product_status_id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `productDuplicate`. */
export interface ProductDuplicateArgs {
  /**
   * 複製する商品のID
   *
   * ID of the product to duplicate
   */
  id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `productDelete`. */
export interface ProductDeleteArgs {
  /**
   * 商品ID
   *
   * ID of the product
   */
  id: string | number;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `categoryCreate`. */
export interface CategoryCreateArgs {
  /**
   * カテゴリ名
   *
   * Name
   */
  name: string;
  /**
   * 親カテゴリのID。null は最上位
   *
   * ID of the category above; null = the top level
   */
  parent_id?: string | number | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `categoryUpdate`. */
export interface CategoryUpdateArgs {
  /**
   * カテゴリID
   *
   * ID of the category
   */
  id: string | number;
  /**
   * カテゴリ名
   *
   * Name
   */
  name?: string | null | undefined;
  /**
   * 親カテゴリのID。null は最上位
   *
   * ID of the category above; null = the top level
   */
  parent_id?: string | number | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `categoryDelete`. */
export interface CategoryDeleteArgs {
  /**
   * カテゴリID
   *
   * ID of the category
   */
  id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `categoryReorder`. */
export interface CategoryReorderArgs {
  /**
   * 親カテゴリのID。null は最上位
   *
   * ID of the category above; null = the top level
   */
  parent_id?: string | number | null | undefined;
  /**
   * 先頭から順に並べたID
   *
   * The IDs, the first one first
   */
  ids: readonly (string | number)[];
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `classNameCreate`. */
export interface ClassNameCreateArgs {
  /**
   * 規格名
   *
   * Name
   */
  name: string;
  /**
   * 管理名
   *
   * Name for the staff
   */
  backend_name?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `classNameUpdate`. */
export interface ClassNameUpdateArgs {
  /**
   * 規格ID
   *
   * ID of the class name
   */
  id: string | number;
  /**
   * 規格名
   *
   * Name
   */
  name?: string | null | undefined;
  /**
   * 管理名
   *
   * Name for the staff
   */
  backend_name?: string | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `classNameDelete`. */
export interface ClassNameDeleteArgs {
  /**
   * 規格ID
   *
   * ID of the class name
   */
  id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `classCategoryCreate`. */
export interface ClassCategoryCreateArgs {
  /**
   * 規格ID
   *
   * ID of its class name
   */
  class_name_id: string | number;
  /**
   * 規格分類名
   *
   * Name
   */
  name: string;
  /**
   * 管理名
   *
   * Name for the staff
   */
  backend_name?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `classCategoryUpdate`. */
export interface ClassCategoryUpdateArgs {
  /**
   * 規格分類ID
   *
   * ID of the class category
   */
  id: string | number;
  /**
   * 規格分類名
   *
   * Name
   */
  name?: string | null | undefined;
  /**
   * 管理名
   *
   * Name for the staff
   */
  backend_name?: string | null | undefined;
  /**
   * 表示する（true）、しない（false）
   *
   * Shown (true) or hidden (false)
   */
  visible?: boolean | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `classCategoryDelete`. */
export interface ClassCategoryDeleteArgs {
  /**
   * 規格分類ID
   *
   * ID of the class category
   */
  id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `tagCreate`. */
export interface TagCreateArgs {
  /**
   * タグ名
   *
   * Name
   */
  name: string;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `tagUpdate`. */
export interface TagUpdateArgs {
  /**
   * タグID
   *
   * ID of the tag
   */
  id: string | number;
  /**
   * タグ名
   *
   * Name
   */
  name: string;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `tagDelete`. */
export interface TagDeleteArgs {
  /**
   * タグID
   *
   * ID of the tag
   */
  id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `tagReorder`. */
export interface TagReorderArgs {
  /**
   * 先頭から順に並べたID
   *
   * The IDs, the first one first
   */
  ids: readonly (string | number)[];
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `classNameReorder`. */
export interface ClassNameReorderArgs {
  /**
   * 先頭から順に並べたID
   *
   * The IDs, the first one first
   */
  ids: readonly (string | number)[];
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `classCategoryReorder`. */
export interface ClassCategoryReorderArgs {
  /**
   * 規格ID
   *
   * ID of the class name
   */
  class_name_id: string | number;
  /**
   * 先頭から順に並べたID
   *
   * The IDs, the first one first
   */
  ids: readonly (string | number)[];
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `customerCreate`. */
export interface CustomerCreateArgs {
  /**
   * 会員
   *
   * The customer
   */
  input: CustomerInput;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `customerUpdate`. */
export interface CustomerUpdateArgs {
  /**
   * 会員ID
   *
   * ID of the customer
   */
  id: string | number;
  /**
   * 会員
   *
   * The customer
   */
  input: CustomerInput;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `customerDelete`. */
export interface CustomerDeleteArgs {
  /**
   * 会員ID
   *
   * ID of the customer
   */
  id: string | number;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `customerAddressCreate`. */
export interface CustomerAddressCreateArgs {
  /**
   * 会員ID
   *
   * ID of the customer
   */
  customer_id: string | number;
  /**
   * お届け先
   *
   * The address
   */
  input: CustomerAddressInput;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `customerAddressUpdate`. */
export interface CustomerAddressUpdateArgs {
  /**
   * お届け先ID
   *
   * ID of the address
   */
  id: string | number;
  /**
   * お届け先
   *
   * The address
   */
  input: CustomerAddressInput;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `customerAddressDelete`. */
export interface CustomerAddressDeleteArgs {
  /**
   * お届け先ID
   *
   * ID of the address
   */
  id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `customerPointChange`. */
export interface CustomerPointChangeArgs {
  /**
   * 会員ID
   *
   * ID of the customer
   */
  id: string | number;
  /**
   * 増減するポイント（減らすときは負の数）
   *
   * Points to give; negative to take
   */
  delta: number;
  /**
   * 理由（255文字まで）
   *
   * Reason (at most 255 characters)
   */
  reason: string;
  /**
   * 連携元の番号など（255文字まで）
   *
   * A reference of your own (at most 255 characters)
   */
  reference?: string | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `orderCreate`. */
export interface OrderCreateArgs {
  /**
   * 会員ID（ゲストの受注では省略）
   *
   * ID of the customer; none for a guest
   */
  customer_id?: string | number | null | undefined;
  /**
   * 注文者と受注の内容
   *
   * The orderer and the order
   */
  input?: OrderInput | null | undefined;
  /**
   * 受注のすべてのお届け先（20件まで）。ここにないお届け先は明細ごと削除されます
   *
   * All shippings of the order (at most 20); those that are not named are removed with their lines
   */
  shippings: readonly OrderShippingInput[];
  /**
   * 受注のすべての明細（200行まで）。ここにない行は削除されます
   *
   * All lines of the order (at most 200); those that are not named are removed
   */
  items: readonly OrderItemInput[];
  /**
   * 利用ポイント
   *
   * Points that are used
   */
  use_point?: number | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `orderUpdate`. */
export interface OrderUpdateArgs {
  /**
   * 受注ID
   *
   * ID of the order
   */
  id: string | number;
  /**
   * 注文者と受注の内容
   *
   * The orderer and the order
   */
  input?: OrderInput | null | undefined;
  /**
   * 受注のすべてのお届け先（20件まで）。ここにないお届け先は明細ごと削除されます
   *
   * All shippings of the order (at most 20); those that are not named are removed with their lines
   */
  shippings?: readonly OrderShippingInput[] | null | undefined;
  /**
   * 受注のすべての明細（200行まで）。ここにない行は削除されます
   *
   * All lines of the order (at most 200); those that are not named are removed
   */
  items?: readonly OrderItemInput[] | null | undefined;
  /**
   * 利用ポイント
   *
   * Points that are used
   */
  use_point?: number | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `orderCancelItems`. */
export interface OrderCancelItemsArgs {
  /**
   * 受注ID
   *
   * ID of the order
   */
  id: string | number;
  /**
   * 取り消す商品（200行まで）
   *
   * What is cancelled (at most 200 lines)
   */
  items: readonly CancelledItemInput[];
  /**
   * 利用ポイント
   *
   * Points that are used
   */
  use_point?: number | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `orderDelete`. */
export interface OrderDeleteArgs {
  /**
   * 受注ID
   *
   * ID of the order
   */
  id: string | number;
  /**
   * 在庫を戻すか（発送前の受注だけが在庫を戻します）
   *
   * Whether stock is given back, which only an order that was not sent holds
   */
  restoreStock?: boolean | undefined;
  /**
   * 利用ポイントを戻し、発送済みなら加算ポイントを取り消すか
   *
   * Whether used points are given back, and those that a sent order has given are taken
   */
  restorePoints?: boolean | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `sendOrderMail`. */
export interface SendOrderMailArgs {
  /**
   * 受注ID
   *
   * ID of the order
   */
  id: string | number;
  /**
   * メールテンプレートのID（subject を省略したときの件名に使います）
   *
   * ID of a mail template, whose subject is used when none is given
   */
  template_id?: string | number | null | undefined;
  /**
   * 件名
   *
   * Subject
   */
  subject?: string | null | undefined;
  /**
   * 本文（20000文字まで）
   *
   * Body (at most 20000 characters)
   */
  body: string;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `setExternalIds`. */
export interface SetExternalIdsArgs {
  /**
   * 一覧（1000件まで）
   *
   * The list (at most 1000)
   */
  items: readonly ExternalIdInput[];
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `setMetadata`. */
export interface SetMetadataArgs {
  /**
   * 一覧（1000件まで）
   *
   * The list (at most 1000)
   */
  items: readonly MetadataInput[];
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `newsCreate`. */
export interface NewsCreateArgs {
  /**
   * 題名（200文字まで）
   *
   * Title (at most 200 characters)
   */
  title: string;
  /**
   * 公開日時
   *
   * Date of publication
   */
  publish_date: string | Date;
  /**
   * リンク先のURL（200文字まで）
   *
   * Address that it leads to (at most 200 characters)
   */
  url?: string | null | undefined;
  /**
   * 本文（3000文字まで、HTML可）
   *
   * Text (at most 3000 characters, HTML)
   */
  description?: string | null | undefined;
  /**
   * リンクを別ウィンドウで開く
   *
   * Whether the address opens in a new window
   */
  link_method?: boolean | null | undefined;
  /**
   * 公開する（true）、しない（false）
   *
   * Shown (true) or hidden (false)
   */
  visible?: boolean | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `newsUpdate`. */
export interface NewsUpdateArgs {
  /**
   * お知らせID
   *
   * ID of the news
   */
  id: string | number;
  /**
   * 題名（200文字まで）
   *
   * Title (at most 200 characters)
   */
  title?: string | null | undefined;
  /**
   * 公開日時
   *
   * Date of publication
   */
  publish_date?: string | Date | null | undefined;
  /**
   * リンク先のURL（200文字まで）
   *
   * Address that it leads to (at most 200 characters)
   */
  url?: string | null | undefined;
  /**
   * 本文（3000文字まで、HTML可）
   *
   * Text (at most 3000 characters, HTML)
   */
  description?: string | null | undefined;
  /**
   * リンクを別ウィンドウで開く
   *
   * Whether the address opens in a new window
   */
  link_method?: boolean | null | undefined;
  /**
   * 公開する（true）、しない（false）
   *
   * Shown (true) or hidden (false)
   */
  visible?: boolean | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `newsDelete`. */
export interface NewsDeleteArgs {
  /**
   * お知らせID
   *
   * ID of the news
   */
  id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `paymentVisibility`. */
export interface PaymentVisibilityArgs {
  /**
   * 支払方法ID
   *
   * ID of the way to pay
   */
  id: string | number;
  /**
   * 表示する（true）、しない（false）
   *
   * Shown (true) or hidden (false)
   */
  visible: boolean;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `deliveryVisibility`. */
export interface DeliveryVisibilityArgs {
  /**
   * 配送方法ID
   *
   * ID of the way to deliver
   */
  id: string | number;
  /**
   * 表示する（true）、しない（false）
   *
   * Shown (true) or hidden (false)
   */
  visible: boolean;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `deliveryTimeCreate`. */
export interface DeliveryTimeCreateArgs {
  /**
   * 配送方法ID
   *
   * ID of the way to deliver
   */
  delivery_id: string | number;
  /**
   * お届け時間（「午前中」など）
   *
   * The time slot in words
   */
  delivery_time: string;
  /**
   * 表示する（true）、しない（false）
   *
   * Shown (true) or hidden (false)
   */
  visible?: boolean | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `deliveryTimeUpdate`. */
export interface DeliveryTimeUpdateArgs {
  /**
   * お届け時間ID
   *
   * ID of the time slot
   */
  id: string | number;
  /**
   * お届け時間（「午前中」など）
   *
   * The time slot in words
   */
  delivery_time?: string | null | undefined;
  /**
   * 表示する（true）、しない（false）
   *
   * Shown (true) or hidden (false)
   */
  visible?: boolean | null | undefined;
  /**
   * 読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します
   *
   * The update_date that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifUpdateDate?: string | Date | null | undefined;
  /**
   * 読み取ったときの version。異なる場合は更新せず、CONFLICT を返します
   *
   * The version that you read; if it is another now, nothing is changed (CONFLICT)
   */
  ifVersion?: string | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `deliveryTimeReorder`. */
export interface DeliveryTimeReorderArgs {
  /**
   * 配送方法ID
   *
   * ID of the way to deliver
   */
  delivery_id: string | number;
  /**
   * 先頭から順に並べたID
   *
   * The IDs, the first one first
   */
  ids: readonly (string | number)[];
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `deliveryTimeDelete`. */
export interface DeliveryTimeDeleteArgs {
  /**
   * お届け時間ID
   *
   * ID of the time slot
   */
  id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `webhookCreate`. */
export interface WebhookCreateArgs {
  /**
   * 通知先のURL
   *
   * Where deliveries go
   */
  url: string;
  /**
   * 通知する変更（product.updated など）。空の場合は、読み取れるものすべて
   *
   * Changes to be told, e.g. product.updated; empty = all that the token may read
   */
  topics?: readonly string[] | null | undefined;
  /**
   * 通知する部分。空の場合はすべて
   *
   * Parts to be told; empty = all
   */
  parts?: readonly ChangePart[] | null | undefined;
  /**
   * 通知する受注の対応状況
   *
   * Only orders in one of these statuses
   */
  orderStatuses?: readonly (string | number)[] | null | undefined;
  /**
   * 通知する商品の公開状態
   *
   * Only products in one of these statuses
   */
  productStatuses?: readonly (string | number)[] | null | undefined;
  /**
   * 自分だけが行った更新を除く
   *
   * Leaves out what the client alone has written
   */
  excludeOwn?: boolean | null | undefined;
  /**
   * 変更ごとに実行し、結果をdataとして送るクエリ。変数は$id: ID!だけを使えます。topicsは1種類のデータに限ります
   *
   * Run for each change, its result sent as data; it may use one variable, $id: ID!. The topics must be of one thing
   */
  query?: string | null | undefined;
  /**
   * 署名に使うシークレット（16文字以上）。登録時に省略すると作成します
   *
   * Signs the deliveries (16 characters or more); left out at registration, one is made
   */
  secret?: string | null | undefined;
  /**
   * メモ
   *
   * Note for the shop’s staff
   */
  description?: string | null | undefined;
  /**
   * 有効かどうか
   *
   * Whether it is on
   */
  enabled?: boolean | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `webhookUpdate`. */
export interface WebhookUpdateArgs {
  /**
   * 通知先のID
   *
   * ID of the endpoint
   */
  id: string | number;
  /**
   * 通知先のURL
   *
   * Where deliveries go
   */
  url?: string | null | undefined;
  /**
   * 通知する変更（product.updated など）。空の場合は、読み取れるものすべて
   *
   * Changes to be told, e.g. product.updated; empty = all that the token may read
   */
  topics?: readonly string[] | null | undefined;
  /**
   * 通知する部分。空の場合はすべて
   *
   * Parts to be told; empty = all
   */
  parts?: readonly ChangePart[] | null | undefined;
  /**
   * 通知する受注の対応状況
   *
   * Only orders in one of these statuses
   */
  orderStatuses?: readonly (string | number)[] | null | undefined;
  /**
   * 通知する商品の公開状態
   *
   * Only products in one of these statuses
   */
  productStatuses?: readonly (string | number)[] | null | undefined;
  /**
   * 自分だけが行った更新を除く
   *
   * Leaves out what the client alone has written
   */
  excludeOwn?: boolean | null | undefined;
  /**
   * 変更ごとに実行し、結果をdataとして送るクエリ。変数は$id: ID!だけを使えます。topicsは1種類のデータに限ります
   *
   * Run for each change, its result sent as data; it may use one variable, $id: ID!. The topics must be of one thing
   */
  query?: string | null | undefined;
  /**
   * 署名に使うシークレット（16文字以上）。登録時に省略すると作成します
   *
   * Signs the deliveries (16 characters or more); left out at registration, one is made
   */
  secret?: string | null | undefined;
  /**
   * メモ
   *
   * Note for the shop’s staff
   */
  description?: string | null | undefined;
  /**
   * 有効かどうか
   *
   * Whether it is on
   */
  enabled?: boolean | null | undefined;
  /**
   * 新しいシークレットを作成します。前のものも24時間は併せて署名します
   *
   * Makes a new secret; the former one signs too for 24 hours
   */
  rotateSecret?: boolean | null | undefined;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}

/** Arguments of `webhookDelete`. */
export interface WebhookDeleteArgs {
  /**
   * 通知先のID
   *
   * ID of the endpoint
   */
  id: string | number;
  /**
   * 再送用の任意のID。同じIDと同じ引数で24時間以内に再実行すると、更新せずに最初の結果を返します
   *
   * Any ID of your own: sent again within 24 hours with the same arguments, nothing is done twice and the first result is given
   */
  clientMutationId?: string | null | undefined;
  /**
   * true にすると、検証と計算だけを行い、保存もメール送信もしません。保存した場合と同じ結果またはエラーを返します
   *
   * If true, everything is tried and answered as it would be, and nothing is saved or sent
   */
  validateOnly?: boolean | null | undefined;
}
