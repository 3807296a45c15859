/**
 * `changes`: the change feed for those who ask now and then, e.g. from behind a firewall. An addition to the plugin's
 * schema. A poller keeps `pageInfo.endCursor`, which moves on even when nothing concerned it, and asks again with it;
 * who first reads the whole shop takes `latestCursor` before and goes on from there.
 */
import {
  GraphQLBoolean,
  type GraphQLFieldConfig,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import type { FeedRow } from '../../feed/store/feed.ts';
import { type FeedPage, readFeedPage } from '../../feed/store/page.ts';
import { changeCursor, readChangeCursor } from '../../shop/change-cursor.ts';
import type { Locale, Text } from '../../shop/text.ts';
import { type Fault, InvalidArgument, insufficientPermission } from '../errors.ts';
import { namedTopics, type ReadableTopic, readableChanges } from '../readable-changes.ts';
import { type Crossing, crossing } from '../request/argument-scopes.ts';
import type { RequestContext } from '../request/context.ts';
import { showField } from './entity-types.ts';

export type ChangesNeeds = {
  readonly locale: Locale;
  readonly dateTime: GraphQLScalarType;
  readonly topics: readonly ReadableTopic[];
};

type Args = { after?: string | null; first?: number | null; entities?: readonly (string | null)[] | null };

const DEFAULT_FIRST = 100;

const TEXTS = {
  field: {
    ja: '商品・受注・会員に起きた変更を、コミットの順に返します',
    en: 'What has happened to products, orders and customers, in the order of the commits',
  },
  after: { ja: 'このカーソルより後を取得', en: 'Changes behind this cursor' },
  first: { ja: '取得する件数', en: 'How many changes' },
  latest: {
    ja: '最新の変更の直後を指すカーソル。全件取得の前に控えておくと、その後の変更を漏れなく追えます',
    en: 'Behind the newest change: taken before everything is read once, it leads to all that follows',
  },
} as const satisfies Record<string, Text>;

const namesOf = (topics: readonly ReadableTopic[]) => topics.map(({ entity }) => entity);

const entitiesText = (topics: readonly ReadableTopic[]): Text => ({
  ja: `対象の絞り込み（${namesOf(topics).join('、')}）`,
  en: `Only of these (${namesOf(topics).join(', ')})`,
});

const FAULTS = {
  first: (most: number): Text => ({
    ja: `1以上${most}以下の値を入力してください。`,
    en: `Give a number from 1 to ${most}.`,
  }),
  entities: (topics: readonly ReadableTopic[]): Text => ({
    ja: `${namesOf(topics).join('、')}から選んでください。`,
    en: `Choose from ${namesOf(topics).join(', ')}.`,
  }),
  unknown: (): Text => ({
    ja: 'このショップの変更フィードのカーソルではありません。',
    en: 'This is no cursor of this shop’s change feed.',
  }),
  behind: (oldest: string): Text => ({
    ja: `このカーソルより後の変更の一部は、保存期間を過ぎて削除されています。全件を取得し直すか、${oldest}から続けてください。`,
    en: `Changes behind this cursor are no longer kept. Read everything anew, or go on behind ${oldest}.`,
  }),
};

export function changesField({
  locale,
  dateTime,
  topics,
}: ChangesNeeds): GraphQLFieldConfig<unknown, RequestContext> {
  const named: Crossing = (value) => {
    const words = (Array.isArray(value) ? value : [value]) as readonly unknown[];
    return topics.filter(({ entity }) => words.includes(entity)).map(({ scopes }) => scopes ?? []);
  };
  return {
    type: connectionType(locale, dateTime),
    description: TEXTS.field[locale],
    args: {
      after: { type: GraphQLString, description: TEXTS.after[locale], extensions: crossing([]) },
      first: {
        type: GraphQLInt,
        description: TEXTS.first[locale],
        default: { value: DEFAULT_FIRST },
        extensions: crossing([]),
      },
      entities: {
        type: new GraphQLList(GraphQLString),
        description: entitiesText(topics)[locale],
        extensions: crossing(named),
      },
    },
    resolve: (_root, args: Args, contextValue) => resolveChanges(topics, args, contextValue),
  };
}

async function resolveChanges(topics: readonly ReadableTopic[], args: Args, contextValue: RequestContext) {
  const { store, limits, locale } = contextValue.needs;
  const { first, after, asked } = readArgs(topics, args, limits.pageSize, locale);
  const readable = readableChanges(topics, asked, contextValue.principal.scopes);
  if (readable.kind === 'lacking') throw insufficientPermission(readable.scopes);
  contextValue.estimate(first);
  const { entities } = readable;
  const wanted = { after, limit: first, ...(entities && { entities }) };
  const reading = await contextValue.read(() => readFeedPage(store.db, wanted));
  if (reading.kind === 'page') return connectionOf(reading.page, contextValue);
  const isAhead = reading.kind === 'ahead';
  const text = isAhead ? FAULTS.unknown() : FAULTS.behind(changeCursor(reading.resumeAt));
  throw new InvalidArgument([
    { argument: 'after', text: text[locale], code: isAhead ? 'INVALID' : 'CURSOR_EXPIRED' },
  ]);
}

type ReadArgs = { first: number; after: number | undefined; asked: readonly string[] | undefined };

function readArgs(topics: readonly ReadableTopic[], args: Args, most: number, locale: Locale): ReadArgs {
  const first = args.first ?? DEFAULT_FIRST;
  // An empty cursor is what a client sends that has none yet.
  const cursor = args.after || undefined;
  const after = cursor === undefined ? undefined : readChangeCursor(cursor);
  const named = args.entities?.length ? namedTopics(topics, args.entities) : undefined;
  const faults: Fault[] = [];
  if (first < 1 || first > most) faults.push({ argument: 'first', text: FAULTS.first(most)[locale] });
  if (cursor !== undefined && after === undefined) {
    faults.push({ argument: 'after', text: FAULTS.unknown()[locale] });
  }
  if (named?.all === false) faults.push({ argument: 'entities', text: FAULTS.entities(topics)[locale] });
  if (faults.length > 0) throw new InvalidArgument(faults);
  return { first, after, asked: named?.entities };
}

function connectionOf({ rows, hasMore, readUpTo, head }: FeedPage, contextValue: RequestContext) {
  contextValue.count(rows.length);
  const nodes = rows.map((row) => nodeOf(row, contextValue));
  return {
    nodes,
    edges: rows.map(({ position }, place) => ({ node: nodes[place], cursor: changeCursor(position) })),
    pageInfo: { hasNextPage: hasMore, endCursor: changeCursor(readUpTo) },
    latestCursor: changeCursor(head),
  };
}

/** `changed_at` in the form that the shop's own date columns have. */
const nodeOf = ({ entity, id, action, changedAt }: FeedRow, { needs }: RequestContext) => ({
  entity,
  id,
  action,
  changed_at: needs.store.kit.dateText(changedAt),
});

const required = (type: GraphQLOutputType) => ({ type: new GraphQLNonNull(type as never) });

function connectionType(locale: Locale, dateTime: GraphQLScalarType): GraphQLObjectType {
  const change = new GraphQLObjectType({
    name: 'Change',
    fields: {
      entity: { ...required(GraphQLString), resolve: showField },
      id: { ...required(GraphQLID), resolve: showField },
      action: { ...required(GraphQLString), resolve: showField },
      changed_at: { ...required(dateTime), resolve: showField },
    },
  });
  const edge = new GraphQLObjectType({
    name: 'ChangeEdge',
    fields: { node: { type: change }, cursor: required(GraphQLString) },
  });
  const pageInfo = new GraphQLObjectType({
    name: 'ChangePageInfo',
    fields: { hasNextPage: required(GraphQLBoolean), endCursor: required(GraphQLString) },
  });
  return new GraphQLObjectType({
    name: 'ChangeConnection',
    fields: {
      edges: { type: new GraphQLList(edge) },
      nodes: { type: new GraphQLList(change) },
      pageInfo: required(pageInfo),
      latestCursor: { ...required(GraphQLString), description: TEXTS.latest[locale] },
    },
  });
}
