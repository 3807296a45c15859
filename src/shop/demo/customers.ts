/** Invented customers of 手形商店. No one's name, number or address; mails go to example.com. */

export type Address = {
  name: readonly [family: string, given: string];
  kana: readonly [family: string, given: string];
  company?: string;
  postalCode: string;
  prefId: number;
  city: string;
  street: string;
  phone: string;
};

export type CustomerSpec = Address & {
  email: string;
  /** 1 仮会員, 2 本会員, 3 退会. */
  status: 1 | 2 | 3;
  sexId: number;
  jobId: number;
  birth: readonly [year: number, month: number, day: number];
  /** Points given by hand before the first order. */
  startPoint: number;
  note?: string;
  /** Other addresses in the address book. */
  addresses?: readonly Address[];
  /** Places of favourite products in the catalogue, from 1. */
  favourites?: readonly number[];
};

const parentsHome: Address = {
  name: ['佐々木', '和子'],
  kana: ['ササキ', 'カズコ'],
  postalCode: '9860825',
  prefId: 4,
  city: '石巻市穀町',
  street: '0-0-0',
  phone: '0220000001',
};

const office: Address = {
  name: ['高橋', '大輔'],
  kana: ['タカハシ', 'ダイスケ'],
  company: '株式会社みなも設計',
  postalCode: '1500002',
  prefId: 13,
  city: '渋谷区渋谷',
  street: '0-0-0 みなもビル4階',
  phone: '0300000002',
};

export const customers: readonly CustomerSpec[] = [
  {
    name: ['佐々木', '恵'],
    kana: ['ササキ', 'メグミ'],
    postalCode: '9800811',
    prefId: 4,
    city: '仙台市青葉区一番町',
    street: '0-0-0 青葉ハイツ203',
    phone: '09000000001',
    email: 'megumi.sasaki@example.com',
    status: 2,
    sexId: 2,
    jobId: 8,
    birth: [1984, 5, 12],
    startPoint: 500,
    addresses: [parentsHome],
    favourites: [1, 4, 8],
  },
  {
    name: ['高橋', '大輔'],
    kana: ['タカハシ', 'ダイスケ'],
    postalCode: '1540004',
    prefId: 13,
    city: '世田谷区太子堂',
    street: '0-0-0',
    phone: '09000000002',
    email: 'daisuke.takahashi@example.com',
    status: 2,
    sexId: 1,
    jobId: 4,
    birth: [1979, 11, 3],
    startPoint: 0,
    addresses: [office],
    favourites: [5, 6],
  },
  {
    name: ['中村', 'さくら'],
    kana: ['ナカムラ', 'サクラ'],
    postalCode: '6068501',
    prefId: 26,
    city: '京都市左京区吉田本町',
    street: '0-0',
    phone: '09000000003',
    email: 'sakura.nakamura@example.com',
    status: 2,
    sexId: 2,
    jobId: 16,
    birth: [2001, 4, 1],
    startPoint: 0,
    favourites: [11],
  },
  {
    name: ['小林', '健一'],
    kana: ['コバヤシ', 'ケンイチ'],
    company: '小林茶舗',
    postalCode: '4640850',
    prefId: 23,
    city: '名古屋市千種区今池',
    street: '0-0-0',
    phone: '0520000000',
    email: 'kobayashi@example.com',
    status: 2,
    sexId: 1,
    jobId: 14,
    birth: [1961, 8, 30],
    startPoint: 1000,
    note: '領収書は会社名で。お届けは平日の午前をご希望。',
    favourites: [9, 10],
  },
  {
    name: ['伊藤', '美咲'],
    kana: ['イトウ', 'ミサキ'],
    postalCode: '0600042',
    prefId: 1,
    city: '札幌市中央区大通西',
    street: '0-0-0',
    phone: '09000000005',
    email: 'misaki.ito@example.com',
    status: 2,
    sexId: 4,
    jobId: 13,
    birth: [1993, 2, 14],
    startPoint: 0,
    favourites: [8],
  },
  {
    name: ['比嘉', '翔太'],
    kana: ['ヒガ', 'ショウタ'],
    postalCode: '9000013',
    prefId: 47,
    city: '那覇市牧志',
    street: '0-0-0',
    phone: '09000000006',
    email: 'shota.higa@example.com',
    status: 2,
    sexId: 1,
    jobId: 9,
    birth: [1988, 12, 24],
    startPoint: 0,
  },
  {
    name: ['松本', '由美'],
    kana: ['マツモト', 'ユミ'],
    postalCode: '8100001',
    prefId: 40,
    city: '福岡市中央区天神',
    street: '0-0-0',
    phone: '09000000007',
    email: 'yumi.matsumoto@example.com',
    status: 1,
    sexId: 2,
    jobId: 17,
    birth: [1975, 7, 7],
    startPoint: 0,
  },
  {
    name: ['岡田', '誠'],
    kana: ['オカダ', 'マコト'],
    postalCode: '5300001',
    prefId: 27,
    city: '大阪市北区梅田',
    street: '0-0-0',
    phone: '09000000008',
    email: 'withdrawn.b7c2f09d41@example.com', // EC-CUBE replaces it when a customer leaves
    status: 3,
    sexId: 1,
    jobId: 18,
    birth: [1969, 10, 10],
    startPoint: 0,
  },
];

/** Someone who orders without an account. */
export const guest: Address & { email: string } = {
  name: ['山口', '葵'],
  kana: ['ヤマグチ', 'アオイ'],
  postalCode: '7300011',
  prefId: 34,
  city: '広島市中区基町',
  street: '0-0',
  phone: '09000000009',
  email: 'aoi.yamaguchi@example.com',
};

/** Where 佐々木さん sends presents. */
export const present = parentsHome;
