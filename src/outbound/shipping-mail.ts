/**
 * The mail that tells a customer of a parcel (出荷通知メール): what EC-CUBE's default template says, from the same data
 * (docs/eccube/graphql.md, Parcels and states), as text and as HTML. A template that the shop has changed is Twig, which only EC-CUBE reads.
 */

export type Person = {
  readonly name: readonly [family: string, given: string];
  readonly kana: readonly [family: string | null, given: string | null];
  readonly company: string | null;
  readonly postalCode: string | null;
  readonly prefecture: string | null;
  readonly addr01: string | null;
  readonly addr02: string | null;
  readonly phone: string | null;
};

export type ShippingMail = {
  readonly shopName: string;
  readonly subject: string;
  readonly orderer: Person & { readonly email: string };
  readonly recipient: Person;
  readonly trackingNumber: string | null;
  readonly confirmUrl: string | null;
  readonly deliveryName: string | null;
  /** `2020/07/16`; null = 指定なし. */
  readonly deliveryDate: string | null;
  readonly deliveryTime: string | null;
  readonly items: readonly ShippedItem[];
};

export type ShippedItem = {
  readonly code: string | null;
  readonly name: string;
  readonly options: readonly string[];
  readonly quantity: string;
};

/** A heading over lines; every line is a label and what it says, or only the latter. */
type Section = { readonly heading: string | null; readonly lines: readonly (readonly [string, string])[] };

export const shippingSubject = ({ shopName, subject }: Pick<ShippingMail, 'shopName' | 'subject'>): string =>
  `[${shopName}] ${subject}`;

export function shippingText(mail: ShippingMail): string {
  const sections = sectionsOf(mail).map(({ heading, lines }) => {
    const body = lines.map(([label, text]) => (label ? `${label}：${text}` : text)).join('\n');
    return heading
      ? `************************************************\n　${heading}\n************************************************\n\n${body}`
      : body;
  });
  return `${[`${greeted(mail)}`, ...opening(mail), ...sections, mail.shopName].join('\n\n')}\n`;
}

export function shippingHtml(mail: ShippingMail): string {
  const paragraphs = [greeted(mail), ...opening(mail)].map((text) => `<p>${escaped(text)}</p>`);
  const sections = sectionsOf(mail).map(({ heading, lines }) => {
    const rows = lines.map(([label, text]) => `<p>${label ? `${escaped(label)}：` : ''}${linked(text)}</p>`);
    return `${heading ? `<h2 style="font-size:16px">${escaped(heading)}</h2>\n` : ''}${rows.join('\n')}`;
  });
  return `<!DOCTYPE html>
<html lang="ja">
<head><meta charset="utf-8"><title>${escaped(shippingSubject(mail))}</title></head>
<body>
${[...paragraphs, ...sections, `<p>${escaped(mail.shopName)}</p>`].join('\n')}
</body>
</html>
`;
}

const greeted = ({ orderer }: ShippingMail): string => `${orderer.name.join(' ')} 様`;

const opening = ({ shopName }: ShippingMail): string[] => [
  `${shopName}でございます。`,
  'ご注文いただいた商品を発送いたしました。到着まで今しばらくお待ちください。',
];

function sectionsOf(mail: ShippingMail): Section[] {
  const { trackingNumber, confirmUrl } = mail;
  const tracking: Section = {
    heading: null,
    lines: [
      ['お問い合わせ番号', trackingNumber ?? ''],
      ...(confirmUrl ? [['お問い合わせURL', confirmUrl] as const] : []),
    ],
  };
  return [
    ...(trackingNumber ? [tracking] : []),
    { heading: '発送商品明細', lines: mail.items.flatMap(itemLines) },
    {
      heading: 'ご注文者情報',
      lines: [...personLines(mail.orderer), ['メールアドレス', mail.orderer.email]],
    },
    {
      heading: '配送情報',
      lines: [
        ...personLines(mail.recipient),
        ['配送方法', mail.deliveryName ?? ''],
        ['お届け日', mail.deliveryDate ?? '指定なし'],
        ['お届け時間', mail.deliveryTime || '指定なし'],
      ],
    },
  ];
}

const itemLines = ({ code, name, options, quantity }: ShippedItem): (readonly [string, string])[] => [
  ['商品コード', code ?? ''],
  ['商品名', [name, ...options].join(' ')],
  ['数量', quantity],
];

function personLines(person: Person): (readonly [string, string])[] {
  const kana = person.kana.filter(Boolean).join(' ');
  const address = [person.prefecture, person.addr01, person.addr02].filter(Boolean).join('');
  return [
    ['お名前', `${person.name.join(' ')} 様`],
    ...(kana ? [['お名前(カナ)', `${kana} 様`] as const] : []),
    ...(person.company ? [['会社名', person.company] as const] : []),
    ['郵便番号', person.postalCode ? `〒${person.postalCode}` : ''],
    ['住所', address],
    ['電話番号', person.phone ?? ''],
  ];
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);

const linked = (text: string): string =>
  /^https?:\/\/\S+$/.test(text) ? `<a href="${escaped(text)}">${escaped(text)}</a>` : escaped(text);
