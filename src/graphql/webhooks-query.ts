/** `webhooks`: the endpoints that the calling client has registered, and how one is shown. */
import type { DialectKit } from '../database/dialect/kit.ts';
import type { Query } from './extension-parts.ts';
import type { OwnType } from './mutation.ts';
import type { Subscription, WebhookSubscriptions } from './webhook-subscriptions.ts';

export const WEBHOOK_TYPE: OwnType = {
  kind: 'object',
  name: 'Webhook',
  description: {
    ja: 'APIクライアントが登録した通知先',
    en: 'An endpoint that an API client has registered',
  },
  fields: {
    id: { type: 'ID!', description: { ja: '通知先のID', en: 'ID of the endpoint' } },
    url: { type: 'String!', description: { ja: '通知先のURL', en: 'Where deliveries go' } },
    enabled: { type: 'Boolean!', description: { ja: '有効かどうか', en: 'Whether it is switched on' } },
    state: {
      type: 'String!',
      description: {
        ja: '送信状態：ok、waiting（未送信）、failing（失敗中）、paused（停止中）、gone（受信停止）、off（無効）、no_access（権限がなくなり停止中）',
        en: 'One of ok, waiting, failing, paused, gone, off, no_access (paused, since the client has lost its access)',
      },
    },
    description: { type: 'String!', description: { ja: 'メモ', en: 'Note' } },
    topics: {
      type: '[String!]!',
      description: {
        ja: '通知する変更（product.updated など）。空の場合はすべて',
        en: 'Changes that are told, e.g. product.updated; empty = all',
      },
    },
    parts: {
      type: '[ChangePart!]!',
      description: { ja: '通知する部分。空の場合はすべて', en: 'Parts that are told; empty = all' },
    },
    orderStatuses: {
      type: '[ID!]!',
      description: { ja: '通知する受注の対応状況。空の場合はすべて', en: 'Statuses of orders; empty = all' },
    },
    productStatuses: {
      type: '[ID!]!',
      description: {
        ja: '通知する商品の公開状態。空の場合はすべて',
        en: 'Statuses of products; empty = all',
      },
    },
    excludeOwn: {
      type: 'Boolean!',
      description: { ja: '自分の更新を除くかどうか', en: 'Whether own changes are left out' },
    },
    query: {
      type: 'String',
      description: { ja: '変更ごとに実行するクエリ', en: 'Query that is run for each change' },
    },
    hasSecret: {
      type: 'Boolean!',
      description: { ja: '署名するかどうか', en: 'Whether deliveries are signed' },
    },
    lastError: { type: 'String', description: { ja: '直近のエラー', en: 'The last failure' } },
    lastSuccessAt: {
      type: 'DateTime',
      description: { ja: '最後に送信できた日時', en: 'When a delivery last arrived' },
    },
    createdAt: { type: 'DateTime!', description: { ja: '登録日時', en: 'When it was registered' } },
  },
};

export const webhooksQuery = (subscriptions: WebhookSubscriptions): Query => ({
  name: 'webhooks',
  description: {
    ja: '呼び出したクライアント自身が登録した通知先（WebHook）を返します。シークレットは含みません。',
    en: 'The webhooks that the calling client has registered; without their secrets.',
  },
  example: '{ webhooks { id url topics state } }',
  args: {},
  type: '[Webhook!]!',
  types: [WEBHOOK_TYPE],
  run: async ({ db, kit, principal }) => {
    const found = await subscriptions.list(db, principal.clientId);
    return found.map((one) => shownWebhook(kit, one));
  },
});

/** Times as the shop's own date columns have them. */
export const shownWebhook = (kit: DialectKit, one: Subscription): Record<string, unknown> => ({
  ...one,
  orderStatuses: one.orderStatuses.map(String),
  productStatuses: one.productStatuses.map(String),
  lastSuccessAt: one.lastSuccessAt === null ? null : kit.dateText(one.lastSuccessAt),
  createdAt: kit.dateText(one.createdAt),
});
