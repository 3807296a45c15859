/** `webhookCreate`, `webhookUpdate`, `webhookDelete`: a client's own endpoints. Needs the scope `webhooks`. */
import { InvalidArgument } from '../errors.ts';
import type { Argument, Mutation, MutationContext, OwnType } from '../mutation.ts';
import type {
  Subscribed,
  SubscriptionInput,
  UrlJudgement,
  WebhookSubscriptions,
} from '../webhook-subscriptions.ts';
import { shownWebhook, WEBHOOK_TYPE } from '../webhooks-query.ts';
import { invalid } from './arguments.ts';

const SCOPES = ['read', 'write', 'webhooks'];
const LONGEST_QUERY = 8_000; // characters; fits the column in any encoding

const RESULT_TYPE: OwnType = {
  kind: 'object',
  name: 'WebhookResult',
  description: { ja: '登録・変更の結果', en: 'What was registered or changed' },
  fields: {
    webhook: { type: 'Webhook!', description: { ja: '通知先', en: 'The endpoint' } },
    secret: {
      type: 'String',
      description: {
        ja: '作成したシークレット。この応答でだけ返します',
        en: 'The secret that was made; told in this response only',
      },
    },
  },
};

const ID: Argument = {
  type: 'ID!',
  description: { ja: '通知先のID', en: 'ID of the endpoint' },
  crosses: [],
};

const URL_TEXT = { ja: '通知先のURL', en: 'Where deliveries go' };

const SETTINGS: Readonly<Record<string, Argument>> = {
  topics: {
    type: '[String!]',
    description: {
      ja: '通知する変更（product.updated など）。空の場合は、読み取れるものすべて',
      en: 'Changes to be told, e.g. product.updated; empty = all that the token may read',
    },
    crosses: [],
  },
  parts: {
    type: '[ChangePart!]',
    description: { ja: '通知する部分。空の場合はすべて', en: 'Parts to be told; empty = all' },
    crosses: [],
  },
  orderStatuses: {
    type: '[ID!]',
    description: { ja: '通知する受注の対応状況', en: 'Only orders in one of these statuses' },
    crosses: [],
  },
  productStatuses: {
    type: '[ID!]',
    description: { ja: '通知する商品の公開状態', en: 'Only products in one of these statuses' },
    crosses: [],
  },
  excludeOwn: {
    type: 'Boolean',
    description: { ja: '自分だけが行った更新を除く', en: 'Leaves out what the client alone has written' },
    crosses: [],
  },
  query: {
    type: 'String',
    description: {
      ja: '変更ごとに実行し、結果をdataとして送るクエリ。変数は$id: ID!だけを使えます。topicsは1種類のデータに限ります',
      en: 'Run for each change, its result sent as data; it may use one variable, $id: ID!. The topics must be of one thing',
    },
    longest: LONGEST_QUERY,
    crosses: [],
  },
  secret: {
    type: 'String',
    description: {
      ja: '署名に使うシークレット（16文字以上）。登録時に省略すると作成します',
      en: 'Signs the deliveries (16 characters or more); left out at registration, one is made',
    },
    crosses: [],
  },
  description: { type: 'String', description: { ja: 'メモ', en: 'Note for the shop’s staff' }, crosses: [] },
  enabled: { type: 'Boolean', description: { ja: '有効かどうか', en: 'Whether it is on' }, crosses: [] },
};

export const webhookMutations = (subscriptions: WebhookSubscriptions): readonly Mutation[] => [
  create(subscriptions),
  update(subscriptions),
  remove(subscriptions),
];

const create = (subscriptions: WebhookSubscriptions): Mutation => ({
  name: 'webhookCreate',
  scopes: SCOPES,
  description: {
    ja: '変更の通知先（WebHook）を登録します。通知されるのは、トークンで読み取れるものに限ります。',
    en: 'Registers a webhook of the calling client. It hears of what the token may read.',
  },
  example: `mutation {
  webhookCreate(
    url: "https://example.com/webhook"
    topics: ["product.updated"]
    parts: [stock, price]
    excludeOwn: true
    query: "query ($id: ID!) { product(id: $id) { name ProductClasses { code stock } } }"
  ) {
    webhook {
      id
      state
    }
    secret
  }
}`,
  args: { url: { type: 'String!', description: URL_TEXT, crosses: [] }, ...SETTINGS },
  type: 'WebhookResult',
  types: [WEBHOOK_TYPE, RESULT_TYPE],
  prepare: (_context, { url }) => subscriptions.judgeUrl(String(url)),
  run: async (context, args) => {
    const { secret } = args;
    const input = { ...inputOf(args), makeSecret: typeof secret !== 'string' };
    return result(context, await subscriptions.create(context, input, judged(context)));
  },
});

const update = (subscriptions: WebhookSubscriptions): Mutation => ({
  name: 'webhookUpdate',
  scopes: SCOPES,
  description: {
    ja: '自分が登録した通知先を変更します。省略した項目は変わりません。以後は、呼び出したトークンの許可の範囲で通知し、停止していれば再開します。',
    en: 'Changes an own webhook; what is left out stays. From then on it hears with the access of the calling token, and goes on if it was paused.',
  },
  example: `mutation {
  webhookUpdate(id: "0123456789abcdef0123456789abcdef", parts: [stock], rotateSecret: true) {
    webhook {
      id
      parts
    }
    secret
  }
}`,
  args: {
    id: ID,
    url: { type: 'String', description: URL_TEXT, crosses: [] },
    ...SETTINGS,
    rotateSecret: {
      type: 'Boolean',
      description: {
        ja: '新しいシークレットを作成します。前のものも24時間は併せて署名します',
        en: 'Makes a new secret; the former one signs too for 24 hours',
      },
      crosses: [],
    },
  },
  type: 'WebhookResult',
  types: [WEBHOOK_TYPE, RESULT_TYPE],
  prepare: async (_context, { url }) => (typeof url === 'string' ? subscriptions.judgeUrl(url) : undefined),
  run: async (context, args) => {
    const input = { ...inputOf(args), makeSecret: args.rotateSecret === true };
    const id = String(args.id);
    return result(context, await subscriptions.update(context, id, input, judged(context)));
  },
});

const remove = (subscriptions: WebhookSubscriptions): Mutation => ({
  name: 'webhookDelete',
  scopes: SCOPES,
  description: {
    ja: '自分が登録した通知先を削除します。送信待ちの通知も削除されます。',
    en: 'Deletes an own webhook, and with it what waits to be sent.',
  },
  example: 'mutation { webhookDelete(id: "0123456789abcdef0123456789abcdef") }',
  args: { id: ID },
  type: 'ID',
  run: async (context, { id }) => {
    if (!(await subscriptions.remove(context, String(id)))) throw notFound();
    return String(id);
  },
});

/** Null says nothing, but for the query, which it takes away. */
function inputOf(args: Readonly<Record<string, unknown>>): SubscriptionInput {
  const given = Object.entries(args).filter(([name, value]) => value !== null || name === 'query');
  const { orderStatuses, productStatuses, ...rest } = Object.fromEntries(given) as Record<string, unknown>;
  const numbers = (ids: unknown) => (ids as readonly string[]).map(Number);
  return {
    ...rest,
    ...(orderStatuses !== undefined && { orderStatuses: numbers(orderStatuses) }),
    ...(productStatuses !== undefined && { productStatuses: numbers(productStatuses) }),
  };
}

const judged = ({ prepared }: MutationContext): UrlJudgement =>
  (prepared as UrlJudgement | undefined) ?? 'good';

const notFound = () => invalid('id', 'No Webhook found', 'NOT_FOUND');

/** The secret is in the response, and not in what is kept of the result for a repetition in clear. */
function result({ kit, locale, validateOnly }: MutationContext, subscribed: Subscribed) {
  if (!subscribed.ok) {
    if (subscribed.faults === 'not_found') throw notFound();
    throw new InvalidArgument(
      subscribed.faults.map(({ argument, text }) => ({ argument, text: text[locale] })),
    );
  }
  const webhook = shownWebhook(kit, subscribed.subscription);
  const secret = validateOnly ? null : subscribed.secret;
  return { webhook, secret, toJSON: () => ({ webhook, secret: null }) };
}
