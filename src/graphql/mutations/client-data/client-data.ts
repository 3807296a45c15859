/** `setExternalIds` and `setMetadata`: what a client keeps about rows of the shop, in a namespace of its own. */
import { CLIENT_DATA_ENTITIES, type ClientDataEntity } from '../../../shop/client-data.ts';
import { countMetadata } from '../../../shop/store/client-data.ts';
import type { Fault } from '../../errors.ts';
import type { Argument, Mutation, MutationContext, OwnType } from '../../mutation.ts';
import { invalid, rowId, tooMany } from '../arguments.ts';
import { canonical } from '../canonical.ts';
import { faultAt, throwFaults } from '../form-faults.ts';
import { externalIdFault } from './external-id.ts';
import { type DataChange, keepClientData } from './keep.ts';

const MOST_ITEMS = 1000;
const MOST_BYTES = 16_384;
const MOST_VALUES = 100_000; // of one client
const MOST_LEVELS = 50;
const SCOPES = ['read', 'write'];
const CROSSES = [...CLIENT_DATA_ENTITIES];

const NAMES = {
  Product: { ja: '商品', en: 'Product' },
  ProductClass: { ja: '商品規格', en: 'Product class' },
  Order: { ja: '受注', en: 'Order' },
  Customer: { ja: '会員', en: 'Customer' },
  Category: { ja: 'カテゴリ', en: 'Category' },
} as const;

const ENTITY: OwnType = {
  kind: 'enum',
  name: 'ClientDataEntity',
  description: { ja: '対象の種類', en: 'What kind of row' },
  values: NAMES,
};

const field = (type: string, ja: string, en: string, longest?: number): Argument => ({
  type,
  description: { ja, en },
  ...(longest !== undefined && { longest }),
});

const ROW = {
  entity: field('ClientDataEntity!', '対象の種類', 'What kind of row'),
  id: field('ID!', '対象のID', 'ID of the row'),
};

const EXTERNAL_ID: OwnType = {
  kind: 'input',
  name: 'ExternalIdInput',
  description: { ja: '外部ID 1件分', en: 'One external ID' },
  fields: {
    ...ROW,
    external_id: field(
      'String',
      '外部ID（255文字まで）。null で取り消します',
      'The ID (at most 255 characters); null takes it away',
    ),
    move: field(
      'Boolean',
      'true にすると、別の行で使われている外部IDをこの行に移します',
      'If true, an ID that another row has is moved here',
    ),
  },
};

const METADATA: OwnType = {
  kind: 'input',
  name: 'MetadataInput',
  description: { ja: '値 1件分', en: 'One value' },
  fields: {
    ...ROW,
    value: field(
      'String',
      '値（JSON、16KBまで）。null で削除します',
      'The value as JSON (at most 16 KB); null removes it',
      MOST_BYTES,
    ),
  },
};

type Item = {
  readonly entity: ClientDataEntity;
  readonly id: string;
  readonly external_id?: string | null;
  readonly move?: boolean | null;
  readonly value?: string | null;
};

const items = (type: string): Argument => ({
  type: `[${type}!]!`,
  description: { ja: `一覧（${MOST_ITEMS}件まで）`, en: `The list (at most ${MOST_ITEMS})` },
  crosses: CROSSES,
});

const setExternalIds: Mutation = {
  name: 'setExternalIds',
  scopes: SCOPES,
  description: {
    ja: `商品・規格・受注・会員・カテゴリに外部IDを付けます（${MOST_ITEMS}件まで）。外部IDはクライアントごとに管理され、ほかのクライアントからは見えません。変わった行の数を返します。`,
    en: `Gives products, product classes, orders, customers and categories IDs of the client’s own (at most ${MOST_ITEMS}), which no other client sees. Answers how many rows have changed theirs.`,
  },
  example: `mutation {
  setExternalIds(
    items: [
      { entity: Product, id: 1, external_id: "erp-1001" }
      { entity: Order, id: 2, external_id: "oms-20002" }
    ]
  )
}`,
  types: [ENTITY, EXTERNAL_ID],
  args: { items: items('ExternalIdInput') },
  type: 'Int!',
  run: (context, args) =>
    keepItems(context, args.items as readonly Item[], (item, place) => {
      const externalId = item.external_id ?? null;
      const at = `${place}.external_id`;
      const text = externalId === null ? undefined : externalIdFault(externalId);
      if (text) return faultAt(at, text[context.locale]);
      return { at, externalId, move: item.move === true };
    }),
};

const setMetadata: Mutation = {
  name: 'setMetadata',
  scopes: SCOPES,
  description: {
    ja: `商品・規格・受注・会員・カテゴリに任意の値（JSON、1件16KBまで）を保存します（一度に${MOST_ITEMS}件、クライアントごとに${MOST_VALUES.toLocaleString('en')}件まで）。値はクライアントごとに管理され、ほかのクライアントからは見えません。変わった行の数を返します。`,
    en: `Keeps a JSON value (at most 16 KB) about products, product classes, orders, customers and categories (at most ${MOST_ITEMS} at once, ${MOST_VALUES.toLocaleString('en')} of one client), which no other client sees. Answers how many rows have changed theirs.`,
  },
  example: `mutation {
  setMetadata(items: [{ entity: Product, id: 1, value: "{\\"channel\\": \\"marketplace\\"}" }])
}`,
  types: [ENTITY, METADATA],
  args: { items: items('MetadataInput') },
  type: 'Int!',
  run: async (context, args) => {
    const given = args.items as readonly Item[];
    const changed = await keepItems(context, given, ({ value }, place) => {
      const at = `${place}.value`;
      const metadata = typeof value === 'string' ? readJson(value) : null;
      if (metadata === undefined) return faultAt(at, BAD_JSON[context.locale]);
      return { at, metadata };
    });
    const isMore = given.some(({ value }) => typeof value === 'string');
    if (isMore && (await countMetadata(context.db, context.principal.clientId)) > MOST_VALUES) {
      throw invalid('items', `A client keeps at most ${MOST_VALUES} values`, 'LIMIT');
    }
    return changed;
  },
};

const BAD_JSON = {
  ja: '16KB以内のJSONを指定してください。',
  en: 'This should be JSON of at most 16 KB.',
} as const;

/** The same text for the same value; undefined: no JSON, too large, or too deep. */
function readJson(text: string): string | undefined {
  if (Buffer.byteLength(text) > MOST_BYTES) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const json = isShallow(value, MOST_LEVELS) ? canonical(value) : undefined;
    return json?.isWellFormed() && Buffer.byteLength(json) <= MOST_BYTES ? json : undefined;
  } catch {
    return undefined;
  }
}

const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1)));

type Read = Pick<DataChange, 'at' | 'externalId' | 'metadata' | 'move'>;

async function keepItems(
  context: MutationContext,
  given: readonly Item[],
  read: (item: Item, place: string) => Read | Fault,
): Promise<number> {
  if (given.length > MOST_ITEMS) throw tooMany('items', MOST_ITEMS);
  const faults: Fault[] = [];
  const seen = new Set<string>();
  const byEntity = new Map<ClientDataEntity, DataChange[]>();
  for (const [i, item] of given.entries()) {
    const place = `items[${i}]`;
    const id = rowId(item.id);
    const change = read(item, place);
    if (seen.has(`${item.entity} ${id}`)) faults.push(faultAt(`${place}.id`, 'An ID is given twice'));
    seen.add(`${item.entity} ${id}`);
    if ('text' in change) faults.push(change);
    else {
      const others = byEntity.get(item.entity) ?? [];
      byEntity.set(item.entity, [...others, { ...change, place: `${place}.id`, rowId: id }]);
    }
  }
  throwFaults(faults);
  let changed = 0;
  for (const entity of CLIENT_DATA_ENTITIES) {
    const changes = byEntity.get(entity);
    if (changes) changed += await keepClientData(context, entity, changes);
  }
  return changed;
}

export const clientDataMutations: readonly Mutation[] = [setExternalIds, setMetadata];
