/** Twenty orders of 手形商店, oldest first; `order-rows.ts` reckons fees, taxes, points and totals. */
import { ORDER_STATUS } from '../order-status.ts';
import { type Address, present } from './customers.ts';
import { type PaymentSpec, payments } from './settings.ts';

export type Line = readonly [productCode: string, quantity: number];

export type OrderSpec = {
  /** Place in `customers`, from 1; null = without an account. */
  customer: number | null;
  /** Whole days before the shop's first start, and hours on top. */
  ago: readonly [days: number, hours: number];
  status: (typeof ORDER_STATUS)[keyof typeof ORDER_STATUS];
  payment: PaymentSpec;
  lines: readonly Line[];
  /** A second parcel, to someone else. */
  second?: { to: Address; lines: readonly Line[] };
  /** 円, tax included; a 値引き line. */
  discount?: number;
  usePoint?: number;
  message?: string;
  note?: string;
  mobile?: true;
};

const { bank, cashOnDelivery, postal, cashMail } = payments;

// biome-ignore format: one order a line reads as a table
export const orders: readonly OrderSpec[] = [
  { customer: 1, ago: [75, 3], status: ORDER_STATUS.delivered, payment: bank, lines: [['TNG-01-AI', 2], ['FKN-01', 3]] },
  { customer: 2, ago: [70, 9], status: ORDER_STATUS.delivered, payment: cashOnDelivery, lines: [['TSH-01-M-AI', 1]], mobile: true },
  { customer: 3, ago: [66, 1], status: ORDER_STATUS.returned, payment: bank, lines: [['WAN-01-M', 2]], note: '欠けのため返品。代替品は不要とのこと。' },
  { customer: 4, ago: [60, 5], status: ORDER_STATUS.delivered, payment: bank, lines: [['CHA-01', 10], ['CHA-02', 6]], discount: 500, note: 'まとめ買い値引き。' },
  { customer: 5, ago: [52, 8], status: ORDER_STATUS.delivered, payment: cashOnDelivery, lines: [['KYU-01', 1], ['GFT-01', 1]] },
  { customer: null, ago: [48, 2], status: ORDER_STATUS.delivered, payment: postal, lines: [['YNM-01', 2], ['CHA-02', 1]] },
  { customer: 2, ago: [41, 7], status: ORDER_STATUS.cancelled, payment: bank, lines: [['MKK-01-SM', 1]], note: 'お客様のご都合によりキャンセル。' },
  { customer: 8, ago: [39, 4], status: ORDER_STATUS.returned, payment: bank, lines: [['FRS-01-M-BN', 1]] },
  { customer: 1, ago: [33, 6], status: ORDER_STATUS.delivered, payment: bank, lines: [['HSH-01', 4]], usePoint: 300 },
  { customer: 6, ago: [28, 2], status: ORDER_STATUS.delivered, payment: bank, lines: [['TSH-01-L-AI', 2]], message: '台風の影響があれば遅れても構いません。', mobile: true },
  { customer: 3, ago: [21, 5], status: ORDER_STATUS.paid, payment: bank, lines: [['FRS-01-L-AI', 1], ['GFT-01', 1]], message: 'のしは「御祝」でお願いします。' },
  { customer: 4, ago: [15, 1], status: ORDER_STATUS.inProgress, payment: cashMail, lines: [['CHA-01', 10]], discount: 500 },
  { customer: 1, ago: [12, 8], status: ORDER_STATUS.inProgress, payment: cashOnDelivery, lines: [['TNG-01-BN', 1], ['WAN-01-S', 2]] },
  { customer: 5, ago: [9, 3], status: ORDER_STATUS.paid, payment: bank, lines: [['BOX-01', 1]] },
  { customer: null, ago: [7, 6], status: ORDER_STATUS.new, payment: cashOnDelivery, lines: [['MKK-01-AI', 1], ['FKN-01', 2]], mobile: true },
  { customer: 1, ago: [5, 2], status: ORDER_STATUS.paid, payment: bank, lines: [['YNM-01', 1]], second: { to: present, lines: [['CHA-02', 2], ['GFT-01', 1]] }, message: '石巻へは贈り物です。納品書は入れないでください。' },
  { customer: 6, ago: [3, 4], status: ORDER_STATUS.new, payment: bank, lines: [['TSH-01-S-KN', 1], ['HSH-01', 2]] },
  { customer: 3, ago: [2, 1], status: ORDER_STATUS.new, payment: bank, lines: [['PDF-01', 1]] },
  { customer: 4, ago: [1, 5], status: ORDER_STATUS.pending, payment: bank, lines: [['CHA-02', 12]] },
  { customer: 2, ago: [0, 2], status: ORDER_STATUS.processing, payment: cashOnDelivery, lines: [['TSH-01-L-KN', 1]] },
];
