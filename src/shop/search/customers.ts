/** The arguments of `customers` (docs/eccube/graphql.md, Customers). */

import { UNFINISHED_ORDER_STATUSES } from './orders.ts';
import { bounded, dateArguments, type Search } from './search.ts';

const BIRTH = { ja: '誕生日', en: 'Birthday' };
const BUY_TOTAL = { ja: '購入金額', en: 'Total bought' };
const BUY_TIMES = { ja: '購入件数', en: 'Number of orders' };

export const customerSearch: Search = {
  name: 'customers',
  entity: 'Customer',
  arguments: [
    {
      kind: 'keyword',
      name: 'multi',
      label: { ja: '会員ID・メールアドレス・お名前', en: 'Customer ID, e-mail, name' },
      id: 'id',
      idCleaning: 'without spaces',
      places: [
        { fields: ['name01', 'name02'], cleaning: 'without spaces' },
        { fields: ['kana01', 'kana02'], cleaning: 'without spaces' },
        { fields: ['email'], cleaning: 'without spaces' },
      ],
      maxLength: 255,
    },
    {
      kind: 'choices',
      name: 'customer_status',
      label: { ja: '会員種別', en: 'Customer status' },
      field: 'Status',
      among: 'CustomerStatus',
      default: ['1', '2'],
    },
    { kind: 'choices', name: 'sex', label: { ja: '性別', en: 'Sex' }, field: 'Sex', among: 'Sex' },
    { kind: 'month', name: 'birth_month', label: { ja: '誕生月', en: 'Month of birth' }, field: 'birth' },
    {
      kind: 'day',
      name: 'birth_start',
      label: bounded(BIRTH, 'start'),
      field: 'birth',
      bound: 'start',
      fault: 'birth',
    },
    {
      kind: 'day',
      name: 'birth_end',
      label: bounded(BIRTH, 'end'),
      field: 'birth',
      bound: 'end',
      fault: 'birth',
    },
    {
      kind: 'choice',
      name: 'pref',
      label: { ja: '都道府県', en: 'Prefecture' },
      field: 'Pref',
      among: 'Pref',
    },
    {
      kind: 'phone',
      name: 'phone_number',
      label: { ja: '電話番号', en: 'Phone number' },
      field: 'phone_number',
    },
    {
      kind: 'contains',
      name: 'buy_product_name',
      label: { ja: '購入商品名', en: 'Bought product' },
      fields: ['Orders.OrderItems.product_name'],
      cleaning: 'as it is',
      maxLength: 255,
      some: ['Orders', 'OrderItems'],
      except: { field: 'Orders.OrderStatus', values: UNFINISHED_ORDER_STATUSES },
    },
    {
      kind: 'amount',
      name: 'buy_total_start',
      label: bounded(BUY_TOTAL, 'start'),
      field: 'buy_total',
      bound: 'start',
      maxLength: 8,
    },
    {
      kind: 'amount',
      name: 'buy_total_end',
      label: bounded(BUY_TOTAL, 'end'),
      field: 'buy_total',
      bound: 'end',
      maxLength: 8,
    },
    {
      kind: 'count',
      name: 'buy_times_start',
      label: bounded(BUY_TIMES, 'start'),
      field: 'buy_times',
      bound: 'start',
      maxDigits: 9,
    },
    {
      kind: 'count',
      name: 'buy_times_end',
      label: bounded(BUY_TIMES, 'end'),
      field: 'buy_times',
      bound: 'end',
      maxDigits: 9,
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
    ...dateArguments(
      'last_buy_date',
      { ja: '最終購入日', en: 'Last order' },
      { day: 'last_buy', instant: 'last_buy_datetime', daysOrdered: true, instantsOrdered: false },
    ),
  ],
  joins: [],
  lookUps: [
    {
      name: 'external_ids',
      label: {
        ja: 'このクライアントが setExternalIds で登録した外部ID。指定した順に返します（1,000件まで）',
        en: 'IDs that this client has given with setExternalIds; the customers come as they are named (1,000 at the most)',
      },
      by: 'external_id',
    },
  ],
  sortKeys: {
    customer_id: 'id',
    name: 'name01',
    create_date: 'create_date',
    update_date: 'update_date',
  },
};
