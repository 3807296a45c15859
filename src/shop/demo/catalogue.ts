/** What 手形商店 sells. Prices are 円 without tax; `stock` null means 無制限. `catalogue-rows.ts` makes rows of it. */

export type Variant = {
  code: string;
  /** One value per axis of the product. */
  options?: readonly string[];
  price: number;
  /** 通常価格. */
  listPrice?: number;
  stock: number | null;
  /** 販売制限数. */
  limit?: number;
};

export type ProductSpec = {
  name: string;
  /** 1 公開, 2 非公開, 3 廃止. */
  status: 1 | 2 | 3;
  text: string;
  searchWord?: string;
  /** Names of categories; the parents are added as EC-CUBE's admin adds them. */
  categories: readonly string[];
  tags?: readonly string[];
  images: readonly string[];
  axes?: readonly string[];
  variants: readonly Variant[];
  download?: true;
};

/** Parent → children, in the order shown. */
export const categoryTree: Readonly<Record<string, readonly string[]>> = {
  布もの: ['手ぬぐい・ふきん', '衣類・前掛け', '風呂敷'],
  うつわ: ['飯碗・湯のみ', '急須・道具'],
  お茶: [],
  ギフト: ['福箱', 'ラッピング'],
};

export const tags: readonly string[] = ['新商品', 'おすすめ商品', '限定品'];

/** Axis → its values, in the order shown. */
export const axes: Readonly<Record<string, readonly string[]>> = {
  サイズ: ['S', 'M', 'L'],
  カラー: ['藍', '生成り', '墨', '紅'],
};

export const products: readonly ProductSpec[] = [
  {
    name: '手形染め手ぬぐい',
    status: 1,
    text: '職人が一枚ずつ注染で染めた、使うほどやわらかくなる手ぬぐいです。',
    searchWord: 'てぬぐい タオル',
    categories: ['手ぬぐい・ふきん'],
    tags: ['おすすめ商品'],
    images: ['tenugui-ai.jpg', 'tenugui-beni.jpg'],
    axes: ['カラー'],
    variants: [
      { code: 'TNG-01-AI', options: ['藍'], price: 1200, stock: 48 },
      { code: 'TNG-01-BN', options: ['紅'], price: 1200, stock: 31 },
      { code: 'TNG-01-SM', options: ['墨'], price: 1200, stock: 6 },
    ],
  },
  {
    name: 'かや織りのふきん',
    status: 1,
    text: '五枚重ねのかや織り。吸水がよく、すぐに乾きます。',
    categories: ['手ぬぐい・ふきん'],
    images: ['fukin.jpg'],
    variants: [{ code: 'FKN-01', price: 480, stock: 120 }],
  },
  {
    name: '白磁の湯のみ',
    status: 1,
    text: '手になじむ薄づくりの湯のみ。電子レンジでお使いいただけます。',
    searchWord: 'ゆのみ 茶器',
    categories: ['飯碗・湯のみ'],
    images: ['yunomi.jpg'],
    variants: [{ code: 'YNM-01', price: 1800, listPrice: 2000, stock: 34 }],
  },
  {
    name: '刷毛目の飯碗',
    status: 1,
    text: '刷毛目のゆらぎがひとつずつ違う飯碗です。',
    categories: ['飯碗・湯のみ'],
    tags: ['新商品'],
    images: ['meshiwan-1.jpg', 'meshiwan-2.jpg'],
    axes: ['サイズ'],
    variants: [
      { code: 'WAN-01-S', options: ['S'], price: 2200, stock: 18 },
      { code: 'WAN-01-M', options: ['M'], price: 2500, stock: 22 },
    ],
  },
  {
    name: 'コットンのTシャツ',
    status: 1,
    text: '有機栽培の綿だけで編んだ、厚手で透けにくいTシャツです。',
    searchWord: 'ティーシャツ 半袖',
    categories: ['衣類・前掛け'],
    tags: ['新商品', 'おすすめ商品'],
    images: ['tshirt-ai.jpg', 'tshirt-kinari.jpg'],
    axes: ['サイズ', 'カラー'],
    variants: [
      { code: 'TSH-01-S-AI', options: ['S', '藍'], price: 4200, stock: 8 },
      { code: 'TSH-01-S-KN', options: ['S', '生成り'], price: 4200, stock: 5 },
      { code: 'TSH-01-M-AI', options: ['M', '藍'], price: 4200, stock: 14 },
      { code: 'TSH-01-M-KN', options: ['M', '生成り'], price: 4200, stock: 0 },
      { code: 'TSH-01-L-AI', options: ['L', '藍'], price: 4500, stock: 9 },
      { code: 'TSH-01-L-KN', options: ['L', '生成り'], price: 4500, stock: 3 },
    ],
  },
  {
    name: '帆布の前掛け',
    status: 1,
    text: '厚い帆布で仕立てた前掛け。店名の刺繍も承ります。',
    categories: ['衣類・前掛け'],
    images: ['maekake.jpg'],
    axes: ['カラー'],
    variants: [
      { code: 'MKK-01-AI', options: ['藍'], price: 5800, stock: 11 },
      { code: 'MKK-01-SM', options: ['墨'], price: 5800, stock: 7 },
    ],
  },
  {
    name: '檜の箸',
    status: 1,
    text: '削りたての香りが残る、無塗装の檜の箸です。受注のつど削ります。',
    categories: ['うつわ'],
    images: ['hashi.jpg'],
    variants: [{ code: 'HSH-01', price: 1200, stock: null }],
  },
  {
    name: '鉄の急須',
    status: 1,
    text: '鋳物師が一つずつ仕上げる急須。次回の入荷は未定です。',
    categories: ['急須・道具'],
    tags: ['限定品'],
    images: ['kyusu-1.jpg', 'kyusu-2.jpg'],
    variants: [{ code: 'KYU-01', price: 12800, stock: 0, limit: 1 }],
  },
  {
    name: 'ほうじ茶 ティーバッグ20包',
    status: 1,
    text: '浅めに焙じた、すっきりした後味のほうじ茶です。',
    searchWord: 'ティーパック',
    categories: ['お茶'],
    images: ['hojicha.jpg'],
    variants: [{ code: 'CHA-01', price: 880, stock: 200, limit: 10 }],
  },
  {
    name: '煎茶 100g',
    status: 1,
    text: '新芽だけを摘んだ深蒸しの煎茶です。',
    categories: ['お茶'],
    tags: ['おすすめ商品'],
    images: ['sencha.jpg'],
    variants: [{ code: 'CHA-02', price: 1080, listPrice: 1200, stock: 85 }],
  },
  {
    name: '正絹の風呂敷',
    status: 1,
    text: 'お祝いの席にも使える、張りのある正絹の風呂敷です。',
    categories: ['風呂敷'],
    images: ['furoshiki.jpg'],
    axes: ['サイズ', 'カラー'],
    variants: [
      { code: 'FRS-01-M-AI', options: ['M', '藍'], price: 6800, stock: 4 },
      { code: 'FRS-01-M-BN', options: ['M', '紅'], price: 6800, stock: 6 },
      { code: 'FRS-01-L-AI', options: ['L', '藍'], price: 9800, stock: 2 },
      { code: 'FRS-01-L-BN', options: ['L', '紅'], price: 9800, stock: 3 },
    ],
  },
  {
    name: 'ギフトラッピング',
    status: 1,
    text: '和紙と水引でお包みします。商品と一緒にご注文ください。',
    categories: ['ラッピング'],
    images: ['wrapping.jpg'],
    variants: [{ code: 'GFT-01', price: 300, stock: null }],
  },
  {
    name: '夏の手仕事福箱',
    status: 1,
    text: '手ぬぐい、湯のみ、お茶を詰め合わせた、おひとり様一箱限りの福箱です。',
    categories: ['福箱'],
    tags: ['限定品'],
    images: ['fukubako.jpg'],
    variants: [{ code: 'BOX-01', price: 5000, listPrice: 7200, stock: 12, limit: 1 }],
  },
  {
    name: '和紙の便箋セット',
    status: 2,
    text: '手漉き和紙の便箋と封筒の組。近日公開予定です。',
    categories: ['ギフト'],
    images: ['binsen.jpg'],
    variants: [{ code: 'BSN-01', price: 650, stock: 40 }],
  },
  {
    name: '竹の弁当箱',
    status: 3,
    text: '作り手の引退により販売を終了しました。',
    categories: ['うつわ'],
    images: ['bento.jpg'],
    variants: [{ code: 'BNT-01', price: 2400, stock: 0 }],
  },
  {
    name: '手仕事図録(PDF)',
    status: 1,
    text: '作り手十二組を訪ねた図録のダウンロード版です。',
    categories: ['お茶', 'うつわ'],
    images: ['zuroku.jpg'],
    variants: [{ code: 'PDF-01', price: 1500, stock: null }],
    download: true,
  },
];
