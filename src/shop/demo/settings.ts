/** The demo shop 手形商店 itself: its address, taxes, ways to pay and to deliver, mail templates. */
import type { ShopRow, ShopRows } from '../row.ts';

export const SHOP_NAME = '手形商店';
export const TAX_RATE = 10; // percent
export const POINT_RATE = 1; // percent

const ROUND_HALF_UP = 1; // 四捨五入 in mtb_rounding_type
const PREFECTURES = 47;
const FEE = 800; // 円, tax included
const REMOTE_FEE = 1400;
const REMOTE = new Set([1, 47]); // 北海道, 沖縄県

export const SALE_TYPE = { goods: 1, download: 2 } as const;

export type PaymentSpec = { id: number; name: string; charge: number; sortNo: number };

export const payments = {
  postal: { id: 1, name: '郵便振替', charge: 0, sortNo: 4 },
  cashMail: { id: 2, name: '現金書留', charge: 0, sortNo: 3 },
  bank: { id: 3, name: '銀行振込', charge: 0, sortNo: 2 },
  cashOnDelivery: { id: 4, name: '代金引換', charge: 330, sortNo: 1 },
} as const satisfies Record<string, PaymentSpec>;

export const deliveries = {
  parcel: {
    id: 1,
    name: '手形便',
    times: [
      { id: 1, name: '午前' },
      { id: 2, name: '午後' },
    ],
  },
  download: { id: 2, name: 'ダウンロード', times: [] },
} as const;

/** 円, tax included. */
export function demoDeliveryFee(deliveryId: number, prefId: number): number {
  if (deliveryId === deliveries.download.id) return 0;
  return REMOTE.has(prefId) ? REMOTE_FEE : FEE;
}

const MAIL_TEMPLATES = [
  ['注文受付メール', 'Mail/order.twig', 'ご注文ありがとうございます'],
  ['会員仮登録メール', 'Mail/entry_confirm.twig', '会員登録のご確認'],
  ['会員本登録メール', 'Mail/entry_complete.twig', '会員登録が完了しました。'],
  ['会員退会メール', 'Mail/customer_withdraw_mail.twig', '退会手続きのご完了'],
  ['問合受付メール', 'Mail/contact_mail.twig', 'お問い合わせを受け付けました。'],
  ['パスワードリセット', 'Mail/forgot_mail.twig', 'パスワード変更のご確認'],
  ['パスワードリマインダー', 'Mail/reset_complete_mail.twig', 'パスワード変更のお知らせ'],
  ['出荷通知メール', 'Mail/shipping_notify.twig', '商品出荷のお知らせ'],
  ['会員情報変更通知メール', 'Mail/customer_change_notify.twig', '会員情報変更のお知らせ'],
] as const;

const NEWS = [
  ['サイトをオープンしました', '手仕事の日用品を、作り手の顔が見えるかたちでお届けします。'],
  ['手ぬぐいの新柄が入荷しました', '藍染めと草木染めの手ぬぐいです。'],
] as const;

const DURATIONS = [
  ['即日', 0],
  ['1～2日後', 1],
  ['3～4日後', 3],
  ['1週間以降', 7],
  ['2週間以降', 14],
  ['お取り寄せ(商品入荷後)', -1],
] as const;

/** `openedAt`: when the shop was set up, epoch seconds. */
export function settingRows(openedAt: number): ShopRows {
  const dates = { create_date: openedAt, update_date: openedAt };
  return {
    BaseInfo: [baseInfo(openedAt)],
    News: NEWS.map(([title, description], place) => ({
      id: place + 1,
      title,
      description,
      publish_date: openedAt + place * 30 * 86_400,
      link_method: false,
      visible: true,
      ...dates,
    })),
    MailTemplate: MAIL_TEMPLATES.map(([name, file_name, mail_subject], place) => ({
      id: place + 1,
      name,
      file_name,
      mail_subject,
      ...dates,
    })),
    AuthorityRole: [{ id: 1, authority_id: 1, deny_url: '/api', ...dates }],
    TaxRule: [
      {
        id: 1,
        tax_rate: TAX_RATE,
        tax_adjust: 0,
        rounding_type_id: ROUND_HALF_UP,
        apply_date: openedAt,
        ...dates,
      },
    ],
    Payment: Object.values(payments).map((payment) => paymentRow(payment, dates)),
    ...deliveryRows(dates),
    DeliveryDuration: DURATIONS.map(([name, duration], place) => ({
      id: place + 1,
      name,
      duration,
      sort_no: place,
    })),
  };
}

const baseInfo = (openedAt: number): ShopRow => ({
  id: 1,
  pref_id: 13,
  company_name: '株式会社手形商店',
  company_kana: 'カブシキガイシャテガタショウテン',
  postal_code: '1110035',
  addr01: '台東区西浅草',
  addr02: '0-0-0 手形ビル1階',
  phone_number: '0300000000',
  business_hour: '10:00～18:00(土日祝を除く)',
  email01: 'shop@example.com',
  email02: 'contact@example.com',
  email03: 'support@example.com',
  email04: 'bounce@example.com',
  shop_name: SHOP_NAME,
  shop_kana: 'テガタショウテン',
  shop_name_eng: 'Tegata Shoten',
  invoice_registration_number: 'T0000000000000',
  good_traded: '手ぬぐい、うつわ、お茶などの日用品',
  message: '手仕事の日用品を、作り手の顔が見えるかたちでお届けします。',
  update_date: openedAt,
});

const paymentRow = ({ id, name, charge, sortNo }: PaymentSpec, dates: ShopRow): ShopRow => ({
  id,
  payment_method: name,
  charge,
  rule_min: 0,
  sort_no: sortNo,
  fixed: true,
  method_class: 'Eccube\\Service\\Payment\\Method\\Cash',
  visible: true,
  ...dates,
});

function deliveryRows(dates: ShopRow): ShopRows {
  const { parcel, download } = deliveries;
  const own = { ...dates, visible: true };
  return {
    Delivery: [
      {
        id: parcel.id,
        name: parcel.name,
        service_name: parcel.name,
        sale_type_id: SALE_TYPE.goods,
        confirm_url: 'https://delivery.example.com/track',
        sort_no: 2,
        ...own,
      },
      {
        id: download.id,
        name: download.name,
        service_name: download.name,
        sale_type_id: SALE_TYPE.download,
        sort_no: 1,
        ...own,
      },
    ],
    DeliveryFee: [parcel, download].flatMap((delivery) => feeRows(delivery.id)),
    DeliveryTime: parcel.times.map(({ id, name }) => ({
      id,
      delivery_id: parcel.id,
      delivery_time: name,
      sort_no: id,
      ...own,
    })),
    PaymentOption: [
      ...Object.values(payments).map(({ id }) => ({ delivery_id: parcel.id, payment_id: id })),
      { delivery_id: download.id, payment_id: payments.bank.id },
    ],
  };
}

const feeRows = (deliveryId: number): ShopRow[] =>
  Array.from({ length: PREFECTURES }, (_, place) => ({
    id: (deliveryId - 1) * PREFECTURES + place + 1,
    delivery_id: deliveryId,
    pref_id: place + 1,
    fee: demoDeliveryFee(deliveryId, place + 1),
  }));
