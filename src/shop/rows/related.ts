/**
 * What hangs on rows: for each relation one statement for all rows of a level, then the same for what hangs on those.
 * A list whose rows a search chose among shows only the chosen ones (docs/eccube/graphql.md, Partial lists, partial collections).
 */
import { type RawBuilder, sql } from 'kysely';
import type { Entity, Relation } from '../entity.ts';
import type { Registry } from '../registry.ts';
import { type Condition, fieldsOf, wayOf } from '../search/condition.ts';
import type { Filter } from '../search/search.ts';
import { allOf, keyColumn, ROOT } from './condition.ts';
import { foldedColumns, isFolded, unfold } from './nested-lists.ts';
import { foldedOwners, ownersColumn, type ReadingStore, unfoldOwners } from './nested-owners.ts';
import { orderOf } from './order.ts';
import { foreignKey, KEY, type Selection, selectedColumns } from './select.ts';
import { type Key, type Meter, type Row, Statements } from './statement.ts';
import { inPortions, textsOf } from './texts.ts';

export type RelatedReader = { attach(rows: readonly Row[], meter: Meter, filter?: Filter): Promise<void> };

/** The parent's alias in a statement on rows that belong to it. */
const PARENT = 'p';
const PARENT_KEY = '$parent';

export function prepareRelated(store: ReadingStore, registry: Registry, selection: Selection): RelatedReader {
  const entity = registry.entity(selection.entity);
  const folded = selection.relations.filter((part) => isFolded(store, registry, entity, part));
  const owners = foldedOwners(store, registry, selection);
  const apart = selection.relations.filter(
    (part) => !folded.includes(part) && !owners.some((one) => one.part === part),
  );
  const readers = apart.map(({ field, of }) => {
    const relation = entity.relations[field];
    if (!relation || relation.hidden) throw new Error(`${entity.name}.${field} is not for reading`);
    const prepare = relation.kind === 'one' ? prepareOwner : prepareOwned;
    return prepare({ store, registry, entity, field, relation, selection: of });
  });
  return {
    attach: async (rows, meter, filter) => {
      if (rows.length === 0) return;
      unfold(folded, rows, meter);
      unfoldOwners(owners, rows, meter);
      if (readers.length > 0) await Promise.all(readers.map((reader) => reader.attach(rows, meter, filter)));
    },
  };
}

/** What a row and the lists folded into it need; the statement's alias for the row is `ROOT`. */
export const allColumns = (
  store: ReadingStore,
  registry: Registry,
  selection: Selection,
  filter?: Filter,
): RawBuilder<unknown> =>
  sql.join([
    ...selectedColumns(registry, selection),
    ...foldedColumns(store, registry, selection, filter),
    ...ownersColumn(store, registry, selection),
  ]);

type Preparing = {
  readonly store: ReadingStore;
  readonly registry: Registry;
  readonly entity: Entity;
  readonly field: string;
  readonly relation: Relation;
  readonly selection: Selection;
};

/** The row holds the other's key. */
function prepareOwner({ store, registry, field, relation, selection }: Preparing): RelatedReader {
  const target = registry.target(relation);
  const columns = allColumns(store, registry, selection);
  const statements = new Statements(store);
  const related = prepareRelated(store, registry, selection);
  const held = foreignKey(relation.column);
  const texts = textsOf(registry, selection);
  const build = (places: readonly unknown[]): RawBuilder<unknown> =>
    sql`select ${columns} from ${sql.table(target.table)} as ${sql.id(ROOT)}
      where ${sql.ref(`${ROOT}.${keyColumn(target)}`)} in (${sql.join(places)})`;
  const attach = async (rows: readonly Row[], meter: Meter): Promise<void> => {
    const keys = new Set<Key>();
    for (const row of rows) if (row[held] !== null) keys.add(row[held] as Key);
    const read = (some: readonly Key[]) => statements.runByKeys('', build, [], some);
    const found = keys.size === 0 ? [] : await inPortions(texts, [...keys], meter, read);
    meter.count(found.length);
    await related.attach(found, meter);
    const byKey = new Map(found.map((row) => [row[KEY], row]));
    for (const row of rows) row[field] = byKey.get(row[held]) ?? null;
  };
  return { attach };
}

/** Other rows hold this row's key. */
function prepareOwned(preparing: Preparing): RelatedReader {
  const { store, registry, field, relation, selection } = preparing;
  const texts = textsOf(registry, selection);
  const statements = new Statements(store);
  const related = prepareRelated(store, registry, selection);
  const attach = async (rows: readonly Row[], meter: Meter, filter?: Filter): Promise<void> => {
    const chosen = filter?.joined.find((one) => one.relation === field)?.of ?? [];
    const shape = chosen.length === 0 ? '' : JSON.stringify(chosen);
    const keys = rows.map((row) => row[KEY] as Key);
    const build = (places: readonly unknown[]): RawBuilder<unknown> =>
      ownedStatement(preparing, chosen, places);
    const read = (some: readonly Key[]) => statements.runByKeys(shape, build, filter?.values ?? [], some);
    const found = await inPortions(texts, keys, meter, read);
    meter.count(found.length);
    await related.attach(found, meter);
    if (relation.kind === 'many') attachLists(rows, field, found);
    else attachSingles(rows, field, found);
  };
  return { attach };
}

function attachLists(rows: readonly Row[], field: string, found: readonly Row[]): void {
  const lists = new Map<unknown, Row[]>();
  for (const row of rows) {
    // A row may stand in several places of one answer; each shows the same list.
    const list = lists.get(row[KEY]) ?? [];
    lists.set(row[KEY], list);
    row[field] = list;
  }
  for (const row of found) lists.get(row[PARENT_KEY])?.push(row);
}

function attachSingles(rows: readonly Row[], field: string, found: readonly Row[]): void {
  const byParent = new Map(found.map((row) => [row[PARENT_KEY], row]));
  for (const row of rows) row[field] = byParent.get(row[KEY]) ?? null;
}

function ownedStatement(
  { store, registry, entity, field, relation, selection }: Preparing,
  chosen: readonly Condition[],
  places: readonly unknown[],
): RawBuilder<unknown> {
  const target = registry.target(relation);
  const owner = sql.ref(`${ROOT}.${relation.column}`);
  const aliases = new Map([
    ['', PARENT],
    [field, ROOT],
  ]);
  const scope = { kit: store.kit, registry, entity: entity.name, aliases };
  const asksParent = chosen.some((condition) => fieldsOf(condition).some((one) => wayOf(one) === ''));
  const parent = asksParent
    ? sql` inner join ${sql.table(entity.table)} as ${sql.id(PARENT)}
        on ${sql.ref(`${PARENT}.${keyColumn(entity)}`)} = ${owner}`
    : sql``;
  const further = chosen.length === 0 ? sql`` : sql` and ${allOf(scope, chosen)}`;
  return sql`select ${allColumns(store, registry, selection)}, ${owner} as ${sql.id(PARENT_KEY)}
    from ${sql.table(target.table)} as ${sql.id(ROOT)}${parent}
    where ${owner} in (${sql.join(places)})${further}
    order by ${sql.join(orderOf(target, relation, ROOT))}`;
}
