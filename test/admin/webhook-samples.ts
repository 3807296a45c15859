/** The pages of WebHook管理, with believable props. */
import type { AdminContext } from '../../src/admin/ui/context.ts';
import { feedConfirmPage, feedPage } from '../../src/admin/webhooks/feed-page.tsx';
import { webhookNewPage, webhookPage } from '../../src/admin/webhooks/webhook.tsx';
import { webhookDeletePage } from '../../src/admin/webhooks/webhook-delete.tsx';
import { type DeliveryRow, deliveriesPage } from '../../src/admin/webhooks/webhook-deliveries.tsx';
import { deliveryPage } from '../../src/admin/webhooks/webhook-delivery.tsx';
import type { WebhookView } from '../../src/admin/webhooks/webhook-state.tsx';
import { webhookTestPage } from '../../src/admin/webhooks/webhook-test.tsx';
import { webhooksPage } from '../../src/admin/webhooks/webhooks.tsx';
import type { FeedStatus } from '../../src/feed/store/triggers.ts';
import type { Trouble } from '../../src/webhook/trouble.ts';
import type { Sample } from './samples.ts';

const NOW = 1_795_449_600; // 2026-11-24 01:00 in Tokyo
const DAY = 86_400;
const ID = '5f2b8c1d9e7a46038b1c2d3e4f5a6b7c';
const DELIVERY_ID = '0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f6';

const WEBHOOK: WebhookView = {
  webhookId: ID,
  payloadUrl: 'https://stock.example.com/eccube/webhook',
  enabled: true,
  description: '在庫連携（本番）',
  topics: [],
  orderStatuses: [],
  productStatuses: [],
  parts: [],
  excludedClientId: null,
  owner: null,
  query: null,
  hasSecret: true,
  feedUntil: null,
  feedPosition: 1200,
  pausedAt: null,
  pausedReason: null,
  failingSince: null,
  lastError: null,
  lastSuccessAt: NOW - 300,
  quietUntil: null,
  createdAt: NOW - 30 * DAY,
  updatedAt: NOW - 30 * DAY,
  formerSecretUntil: null,
};

const FAILING: WebhookView = {
  ...WEBHOOK,
  webhookId: '11112222333344445555666677778888',
  payloadUrl: `https://erp.example.co.jp/api/v2/integrations/eccube/webhooks/incoming?shop=${'0123456789'.repeat(6)}`,
  description: '',
  topics: ['order.created', 'order.updated'],
  orderStatuses: [1, 6],
  failingSince: NOW - 7200,
  lastError: 'connect ECONNREFUSED 203.0.113.9:443',
};

const PAUSED: WebhookView = { ...FAILING, pausedAt: NOW - 600, pausedReason: 'failing' };
const OFF: WebhookView = { ...WEBHOOK, webhookId: 'off', enabled: false, lastSuccessAt: null };
const GONE: WebhookView = { ...PAUSED, webhookId: 'gone', enabled: false, pausedReason: 'gone' };

export const TROUBLES: readonly Trouble[] = [
  {
    webhookId: ID,
    payloadUrl: FAILING.payloadUrl,
    kind: 'paused',
    since: NOW - 600,
    lastError: FAILING.lastError,
  },
  {
    webhookId: 'x',
    payloadUrl: WEBHOOK.payloadUrl,
    kind: 'failing',
    since: NOW - 7200,
    lastError: 'HTTP 500',
  },
];

const STATUSES = [
  [1, '新規受付'],
  [6, '入金済み'],
  [4, '対応中'],
  [3, '注文取消し'],
  [5, '発送済み'],
  [7, '決済処理中'],
  [8, '購入処理中'],
  [9, '返品'],
].map(([id, name]) => ({ id: Number(id), name: String(name) }));

const VALUES = {
  payloadUrl: '',
  enabled: true,
  description: '',
  topics: [],
  orderStatuses: [],
  excludedClientId: null,
};
const NO_OFFER = { payloadUrls: [], unfitUrls: [], phpPluginEnabled: false };

const delivery = (rest: Partial<DeliveryRow>): DeliveryRow => ({
  deliveryId: DELIVERY_ID,
  createdAt: NOW - 60,
  state: 'delivered',
  attempts: 1,
  attemptedAt: NOW - 55,
  next: NOW + 500,
  statusCode: 204,
  tookMs: 83,
  error: null,
  events: [{ entity: 'product', id: 2, action: 'updated' }],
  ...rest,
});

const DELIVERIES: readonly DeliveryRow[] = [
  delivery({ state: 'pending', attempts: 0, attemptedAt: null, statusCode: null, tookMs: null }),
  delivery({ deliveryId: 'd5', state: 'pending', attempts: 3, statusCode: 503, error: 'HTTP 503' }),
  delivery({
    deliveryId: 'd6',
    state: 'pending',
    attempts: 12,
    statusCode: 503,
    error: 'HTTP 503',
    next: null,
  }),
  delivery({
    deliveryId: 'd2',
    events: [1, 2, 3, 4, 5].map((id) => ({ entity: 'order', id, action: 'created' })),
  }),
  delivery({
    deliveryId: 'd3',
    state: 'failed',
    attempts: 18,
    statusCode: null,
    tookMs: 5001,
    error: 'no answer in time',
  }),
  delivery({ deliveryId: 'd4', state: 'cancelled', attempts: 3, statusCode: 503, tookMs: 1204 }),
];

const REQUEST_HEAD = [
  'POST https://stock.example.com/eccube/webhook',
  'Content-Type: application/json',
  'User-Agent: Tegata/0.1.0',
  'X-ECCUBE-URL: https://shop.example.jp/',
  'X-ECCUBE-Signature: 6c1e9f3b2a7d4c5e8f9012a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7',
  `webhook-id: ${DELIVERY_ID}`,
  `webhook-timestamp: ${NOW}`,
].join('\n');

const SENT = {
  statusCode: 200,
  error: null,
  tookMs: 1234,
  requestHead: REQUEST_HEAD,
  responseHead: 'HTTP/1.1 200 OK\ncontent-type: text/plain\n\nありがとう',
  retryAfter: null,
  body: '[{"entity":"product","id":1,"action":"updated"}]',
};

const ATTEMPTS = [3, 2, 1].map((attemptNo) => ({
  attemptNo,
  at: NOW - 55 - (3 - attemptNo) * 20,
  statusCode: attemptNo === 3 ? null : 503,
  tookMs: attemptNo === 3 ? 5_001 : 120 * attemptNo,
  error: attemptNo === 3 ? 'no answer in time' : 'HTTP 503',
  responseHead:
    attemptNo === 3
      ? null
      : 'HTTP/1.1 503 Service Unavailable\ncontent-type: text/html\n\n<h1>メンテナンス中</h1>',
}));

const FEED: FeedStatus = {
  state: 'installed',
  triggers: Array.from({ length: 42 }, (_, index) => ({
    name: `tegata_feed_dtb_product_${index}`,
    table: 'dtb_product',
    state: 'ok',
  })),
  skipped: ['dtb_product_tag'],
  head: 123_456,
  rows: { changes: { n: 3, more: false }, feed: 48_210 },
};

const COUNTS = { pending: 3, delivered: 12_345, failed: 1, cancelled: 1 };
const NONE = { pending: 0, delivered: 0, failed: 0, cancelled: 0 };
const STANDINGS = { ...COUNTS, pending: 1, retrying: 2 };
const BODY = '[{"entity":"product","id":2,"action":"updated"}]';

export const webhookSamples = (context: AdminContext): readonly Sample[] => [
  ...listSamples(context),
  ...oneSamples(context),
  ...logSamples(context),
  ...feedSamples(context),
];

const WHOLE = { first: true, next: undefined };

function listSamples(context: AdminContext): readonly Sample[] {
  return [
    [
      'webhooks-empty',
      webhooksPage(context, { webhooks: [], goesOn: WHOLE, feed: 'installed', takeOver: NO_OFFER }),
    ],
    [
      'webhooks',
      webhooksPage(
        { ...context, flash: { key: 'deleted', count: 0 } },
        {
          webhooks: [WEBHOOK, FAILING, OFF, GONE],
          goesOn: { first: true, next: { at: 1_775_001_600, id: 'w4' } },
          feed: 'installed',
          takeOver: NO_OFFER,
        },
      ),
    ],
    [
      'webhooks-take-over',
      webhooksPage(context, {
        webhooks: [],
        goesOn: WHOLE,
        feed: 'absent',
        takeOver: {
          payloadUrls: [WEBHOOK.payloadUrl, 'http://foo'],
          unfitUrls: ['ftp://files.example.com/'],
          phpPluginEnabled: true,
        },
      }),
    ],
  ];
}

function oneSamples(context: AdminContext): readonly Sample[] {
  const form = {
    entities: ['product', 'order', 'customer'],
    statusOptions: STATUSES,
    clients: [{ clientId: 'c', name: '在庫連携' }],
    faults: [],
  };
  const one = {
    ...form,
    webhook: WEBHOOK,
    values: WEBHOOK,
    counts: COUNTS,
    retrying: 2,
    now: NOW,
    lostBefore: null,
  };
  return [
    ['webhook-new', webhookNewPage(context, { ...form, values: VALUES })],
    [
      'webhook-new-errors',
      webhookNewPage(context, {
        ...form,
        values: { ...VALUES, payloadUrl: 'ftp://files.example.com', description: 'あ'.repeat(256) },
        faults: [
          { field: 'payloadUrl', fault: 'not_http' },
          { field: 'secret', fault: 'too_short' },
          { field: 'description', fault: 'too_long' },
        ],
      }),
    ],
    [
      'webhook-new-secret',
      webhookNewPage(context, {
        ...form,
        values: { ...VALUES, payloadUrl: 'http://erp.example.com/hook' },
        madeSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
      }),
    ],
    [
      'webhook-former-secret',
      webhookPage(context, { ...one, webhook: { ...WEBHOOK, formerSecretUntil: NOW + DAY } }),
    ],
    ['webhook', webhookPage({ ...context, flash: { key: 'saved', count: 0 } }, one)],
    [
      'webhook-paused',
      webhookPage(context, { ...one, webhook: PAUSED, values: PAUSED, lostBefore: NOW - 7 * DAY }),
    ],
    ['webhook-gone', webhookPage(context, { ...one, webhook: GONE, values: GONE, counts: NONE })],
    ['webhook-delete', webhookDeletePage(context, { ...FAILING, waiting: 3 })],
    ['webhook-test', webhookTestPage(context, { ...WEBHOOK, sent: SENT })],
    [
      'webhook-test-failed',
      webhookTestPage(context, {
        ...FAILING,
        sent: { ...SENT, statusCode: null, error: 'no answer in time', responseHead: null },
      }),
    ],
  ];
}

function logSamples(context: AdminContext): readonly Sample[] {
  const list = { webhookId: ID, payloadUrl: FAILING.payloadUrl, state: null, mayResend: true };
  const facts = {
    giveUpAt: NOW + 2 * DAY,
    body: BODY,
    requestHead: REQUEST_HEAD,
    responseHead: SENT.responseHead,
  };
  return [
    [
      'webhook-deliveries',
      deliveriesPage(context, {
        ...list,
        later: true,
        next: '1795449600.7-a',
        counts: STANDINGS,
        rows: DELIVERIES,
      }),
    ],
    [
      'webhook-deliveries-empty',
      deliveriesPage(context, {
        ...list,
        later: false,
        next: undefined,
        counts: { ...NONE, retrying: 0 },
        rows: [],
      }),
    ],
    [
      'webhook-delivery',
      deliveryPage(context, {
        ...list,
        delivery: { ...delivery({}), ...facts },
        attempts: ATTEMPTS.slice(0, 1),
      }),
    ],
    [
      'webhook-delivery-pending',
      deliveryPage(context, {
        ...list,
        delivery: {
          ...delivery({ state: 'pending', attempts: 4, statusCode: null, error: 'no answer in time' }),
          ...facts,
          responseHead: null,
        },
        attempts: ATTEMPTS,
      }),
    ],
  ];
}

function feedSamples(context: AdminContext): readonly Sample[] {
  const broken: FeedStatus = {
    ...FEED,
    state: 'broken',
    triggers: [
      ...FEED.triggers,
      { name: 'tegata_feed_dtb_customer_favorite_product_delete', table: 'dtb_order', state: 'changed' },
      { name: 'tegata_feed_dtb_order_insert', table: 'dtb_order', state: 'missing' },
    ],
  };
  return [
    ['feed', feedPage(context, { status: FEED, hindrance: undefined, deliveries: COUNTS })],
    [
      'feed-broken',
      feedPage(context, {
        status: broken,
        hindrance: "GRANT TRIGGER ON `shop`.* TO 'shop'@'%'",
        deliveries: COUNTS,
      }),
    ],
    [
      'feed-absent',
      feedPage(context, {
        status: { ...FEED, state: 'absent', skipped: [] },
        hindrance: undefined,
        deliveries: NONE,
      }),
    ],
    ['feed-install', feedConfirmPage(context, { action: 'install', served: 0 })],
    [
      'feed-install-refused',
      feedConfirmPage(context, {
        action: 'install',
        served: 0,
        problem: "TRIGGER command denied to user 'eccube'@'%' for table 'dtb_product'",
      }),
    ],
    ['feed-remove', feedConfirmPage(context, { action: 'remove', served: 2 })],
  ];
}
