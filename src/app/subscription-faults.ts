/** What is wrong with an endpoint that a client wants to register, in words for the caller of the API. */
import type { Text } from '../shop/text.ts';
import type { EndpointFault } from '../webhook/endpoints.ts';

const ENDPOINT_FAULTS: Readonly<Record<EndpointFault['fault'], Text>> = {
  blank: { ja: '入力されていません。', en: 'This value should not be blank.' },
  not_a_url: { ja: 'URLの形式が正しくありません。', en: 'This is not a URL.' },
  not_http: {
    ja: 'http:// または https:// で始まるURLを指定してください。',
    en: 'Give a URL that begins with http:// or https://.',
  },
  private: {
    ja: '非公開アドレスには送信できません。',
    en: 'Webhooks may not be sent to private addresses.',
  },
  too_short: { ja: '16文字以上で指定してください。', en: 'Give 16 characters or more.' },
  too_long: { ja: '長すぎるか、多すぎます。', en: 'This is too long, or too many.' },
  unknown: { ja: '選択した値は無効です。', en: 'There is no such choice.' },
};

export const SUBSCRIPTION_FAULTS = {
  ...ENDPOINT_FAULTS,
  scope: {
    ja: 'このトークンでは読み取れないものが含まれています。',
    en: 'The token may not read all of these.',
  },
  oneThing: {
    ja: 'queryを使う場合は、1種類のデータの変更だけを指定してください。',
    en: 'With a query, name changes of one kind of thing.',
  },
  tooMany: (most: number): Text => ({
    ja: `登録できるのは、クライアントごとに${most}件までです。`,
    en: `A client may register ${most} webhooks at the most.`,
  }),
} as const;
