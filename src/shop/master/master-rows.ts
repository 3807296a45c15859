/** The initial rows of EC-CUBE's `mtb_*` tables (Japanese, 4.2 and later), for the embedded shop. */
import type { ShopRow, ShopRows } from '../row.ts';
import { countries } from './countries.ts';

const rows = (list: readonly (readonly [id: number, name: string, sortNo: number])[]): ShopRow[] =>
  list.map(([id, name, sortNo]) => ({ id, name, sort_no: sortNo }));

/** Names with consecutive ids from `firstId`, sorted from 0. */
const listed = (names: readonly string[], firstId: number): ShopRow[] =>
  names.map((name, place) => ({ id: firstId + place, name, sort_no: place }));

/** Ids 1–47 in this order; one region per line. */
const prefectures = `
  北海道
  青森県 岩手県 宮城県 秋田県 山形県 福島県
  茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県
  新潟県 富山県 石川県 福井県 山梨県 長野県
  岐阜県 静岡県 愛知県 三重県
  滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県
  鳥取県 島根県 岡山県 広島県 山口県
  徳島県 香川県 愛媛県 高知県
  福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県
`
  .trim()
  .split(/\s+/);

export const masterRows: ShopRows = {
  OrderStatus: [
    { id: 1, name: '新規受付', sort_no: 0, display_order_count: true },
    { id: 3, name: '注文取消し', sort_no: 3, display_order_count: false },
    { id: 4, name: '対応中', sort_no: 2, display_order_count: true },
    { id: 5, name: '発送済み', sort_no: 4, display_order_count: false },
    { id: 6, name: '入金済み', sort_no: 1, display_order_count: true },
    { id: 7, name: '決済処理中', sort_no: 6, display_order_count: false },
    { id: 8, name: '購入処理中', sort_no: 5, display_order_count: false },
    { id: 9, name: '返品', sort_no: 7, display_order_count: false },
  ],
  Authority: listed(['システム管理者', '店舗オーナー'], 0),
  CustomerOrderStatus: rows([
    [1, '注文受付', 0],
    [3, '注文取消し', 4],
    [4, '注文受付', 3],
    [5, '発送済み', 6],
    [6, '注文受付', 2],
    [7, '注文受付', 1],
    [8, '注文未完了', 5],
    [9, '返品', 7],
  ]),
  CustomerStatus: listed(['仮会員', '本会員', '退会'], 1),
  DeviceType: rows([
    [2, 'モバイル', 0],
    [10, 'PC', 1],
  ]),
  Job: listed(
    [
      '公務員',
      'コンサルタント',
      'コンピューター関連技術職',
      'コンピューター関連以外の技術職',
      '金融関係',
      '医師',
      '弁護士',
      '総務・人事・事務',
      '営業・販売',
      '研究・開発',
      '広報・宣伝',
      '企画・マーケティング',
      'デザイン関係',
      '会社経営・役員',
      '出版・マスコミ関係',
      '学生・フリーター',
      '主婦',
      'その他',
    ],
    1,
  ),
  OrderItemType: listed(['商品', '送料', '手数料', '割引', '税', 'ポイント'], 1),
  OrderStatusColor: rows([
    [1, '#437ec4', 0],
    [3, '#C04949', 3],
    [4, '#EEB128', 2],
    [5, '#25B877', 4],
    [6, '#25B877', 1],
    [7, '#A3A3A3', 6],
    [8, '#A3A3A3', 5],
    [9, '#C04949', 7],
  ]),
  Pref: prefectures.map((name, place) => ({ id: place + 1, name, sort_no: place + 1 })),
  ProductStatus: listed(['公開', '非公開', '廃止'], 1),
  RoundingType: listed(['四捨五入', '切り捨て', '切り上げ'], 1),
  SaleType: listed(['販売種別A', '販売種別B'], 1),
  Sex: listed(['男性', '女性', 'その他', '回答しない'], 1),
  TaxDisplayType: listed(['税抜', '税込'], 1),
  TaxType: listed(['課税', '不課税', '非課税'], 1),
  Work: listed(['非稼働', '稼働'], 0),
  CsvType: rows([
    [1, '商品CSV', 3],
    [2, '会員CSV', 4],
    [3, '受注CSV', 1],
    [4, '配送CSV', 1],
    [5, 'カテゴリCSV', 5],
  ]),
  LoginHistoryStatus: listed(['失敗', '成功'], 0),
  PageMax: rows([
    [10, '10', 0],
    [20, '20', 1],
    [30, '30', 2],
    [40, '40', 3],
    [50, '50', 4],
    [60, '60', 5],
    [70, '70', 6],
    [80, '80', 7],
    [90, '90', 8],
    [100, '100', 9],
  ]),
  ProductListMax: rows([
    [20, '20件', 0],
    [40, '40件', 1],
    [60, '60件', 2],
  ]),
  ProductListOrderBy: rows([
    [1, '価格が低い順', 0],
    [2, '新着順', 2],
    [3, '価格が高い順', 1],
  ]),
  Country: countries.map(([id, name], place) => ({ id, name, sort_no: place + 1 })),
};
