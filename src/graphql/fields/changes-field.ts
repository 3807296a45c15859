/**
 * `changes`: the change feed for those who ask now and then, e.g. from behind a firewall. An addition to the plugin's
 * schema. A poller keeps `pageInfo.endCursor`, which moves on even when nothing concerned it, and asks again with it;
 * who first reads the whole shop takes `latestCursor` before and goes on from there.
 */
import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import { CHANGE_PARTS, type ChangePart } from '../../database/change-parts.ts';
import { allHeard } from '../../feed/hearing.ts';
import type { FeedRow } from '../../feed/store/feed.ts';
import { type FeedPage, readFeedPage } from '../../feed/store/page.ts';
import { changeCursor, readChangeCursor } from '../../shop/change-cursor.ts';
import { inStatus, isStatusId, MAX_STATUSES } from '../../shop/store/status-now.ts';
import type { Locale, Text } from '../../shop/text.ts';
import { type Fault, InvalidArgument, insufficientPermission } from '../errors.ts';
import { namedTopics, type ReadableTopic, readableChanges } from '../readable-changes.ts';
import { type Crossing, crossing } from '../request/argument-scopes.ts';
import type { RequestContext } from '../request/context.ts';
import { showField } from './entity-types.ts';

export type ChangesDeps = {
  readonly locale: Locale;
  readonly dateTime: GraphQLScalarType;
  readonly topics: readonly ReadableTopic[];
};

type Args = {
  after?: string | null;
  first?: number | null;
  entities?: readonly (string | null)[] | null;
  excludeOwn?: boolean | null;
  parts?: readonly ChangePart[] | null;
  status?: readonly string[] | null;
};

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
  excludeOwn: {
    ja: 'trueにすると、呼び出したクライアント自身だけが行った変更を除きます。ほかの書き込みも加わった変更は、ほかの分だけが返ります',
    en: 'true leaves out what the calling client alone has written; where others took part, their share is told',
  },
  partsArg: {
    ja: 'この部分に触れた更新だけを返します。作成・削除と、どの部分か分からない変更は常に含まれます',
    en: 'Only updates that touched one of these; created, deleted and what is not known is always told',
  },
  status: {
    ja: '受注の対応状況・商品の公開状態のID。今その状態にあるものだけを返します。削除は常に含まれます',
    en: 'Ids of statuses of orders and products: only of those that are in one of them now; deleted is always told',
  },
  parts: {
    ja: '変更が触れた部分。不明な場合（以前のバージョンのトリガーによる記録）はnull',
    en: 'What of it was touched; null = not known (a trigger of an earlier version wrote it)',
  },
  origin: {
    ja: '変更を書き込んだAPIクライアントのID。ショップ自身の変更、または複数の書き手による変更はnull',
    en: 'The API client whose mutations alone wrote it; null = the shop itself, or several',
  },
} as const satisfies Record<string, Text>;

export const CHANGE_PART = new GraphQLEnumType({
  name: 'ChangePart',
  values: Object.fromEntries(CHANGE_PARTS.map((part) => [part, { value: part }])),
});

const listOfParts = new GraphQLList(new GraphQLNonNull(CHANGE_PART));

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
  status: {
    ja: `対応状況・公開状態のIDを${MAX_STATUSES}件までで指定してください。`,
    en: `Give ids of statuses, ${MAX_STATUSES} at the most.`,
  },
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
}: ChangesDeps): GraphQLFieldConfig<unknown, RequestContext> {
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
      ...choiceArgs(locale),
    },
    resolve: (_root, args: Args, contextValue) => resolveChanges(topics, args, contextValue),
  };
}

const choiceArgs = (locale: Locale): GraphQLFieldConfigArgumentMap => ({
  excludeOwn: {
    type: GraphQLBoolean,
    description: TEXTS.excludeOwn[locale],
    extensions: crossing([]),
  },
  parts: { type: listOfParts, description: TEXTS.partsArg[locale], extensions: crossing([]) },
  status: {
    type: new GraphQLList(new GraphQLNonNull(GraphQLID)),
    description: TEXTS.status[locale],
    extensions: crossing([]),
  },
});

async function resolveChanges(topics: readonly ReadableTopic[], args: Args, contextValue: RequestContext) {
  const { store, limits, locale } = contextValue.needs;
  const { first, after, asked, status } = readArgs(topics, args, limits.pageSize, locale);
  const readable = readableChanges(topics, asked, contextValue.principal.scopes);
  if (!readable.ok) throw insufficientPermission(readable.scopes);
  contextValue.estimate(first);
  const choice = {
    entities: readable.entities,
    parts: args.parts?.length ? args.parts : undefined,
    notBy: args.excludeOwn ? contextValue.principal.clientId : undefined,
  };
  const reading = await contextValue.read(() => readFeedPage(store.db, { ...choice, after, limit: first }));
  if (reading.kind === 'page') {
    const heardOf = allHeard(reading.page.rows, choice);
    const rows = await contextValue.read(() =>
      inStatus(store.db, heardOf, { order: status, product: status }),
    );
    return connectionOf({ ...reading.page, rows }, contextValue);
  }
  const isAhead = reading.kind === 'ahead';
  const text = isAhead ? FAULTS.unknown() : FAULTS.behind(changeCursor(reading.resumeAt));
  throw new InvalidArgument([
    { argument: 'after', text: text[locale], code: isAhead ? 'INVALID' : 'CURSOR_EXPIRED' },
  ]);
}

type ReadArgs = {
  first: number;
  after: number | undefined;
  asked: readonly string[] | undefined;
  status: readonly number[];
};

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
  const status = (args.status ?? []).map(Number);
  if (status.length > MAX_STATUSES || !status.every(isStatusId)) {
    faults.push({ argument: 'status', text: FAULTS.status[locale] });
  }
  if (faults.length > 0) throw new InvalidArgument(faults);
  return { first, after, asked: named?.entities, status };
}

function connectionOf({ rows, hasMore, readUpTo, head }: FeedPage, contextValue: RequestContext) {
  contextValue.count(Math.max(1, rows.length));
  const nodes = rows.map((row) => nodeOf(row, contextValue));
  return {
    nodes,
    edges: rows.map(({ position }, place) => ({ node: nodes[place], cursor: changeCursor(position) })),
    pageInfo: { hasNextPage: hasMore, endCursor: changeCursor(readUpTo) },
    latestCursor: changeCursor(head),
  };
}

/** `changed_at` in the form that the shop's own date columns have. */
const nodeOf = ({ entity, id, action, changedAt, parts, origin }: FeedRow, { needs }: RequestContext) => ({
  entity,
  id,
  action,
  changed_at: needs.store.kit.dateText(changedAt),
  parts,
  origin,
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
      parts: { type: listOfParts, description: TEXTS.parts[locale], resolve: showField },
      origin: { type: GraphQLID, description: TEXTS.origin[locale], resolve: showField },
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
