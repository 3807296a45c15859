/**
 * The rows to which few rows hold keys, and on which nothing hangs, travel inside those rows as one JSON value, where the
 * database can make one: an order with its customer, payment and status is one statement instead of a dozen. Of many rows each
 * other row is read once (related.ts); what comes out is the same.
 */
import { type RawBuilder, sql } from 'kysely';
import { columnName, type Relation } from '../entity.ts';
import type { Registry } from '../registry.ts';
import { keyColumn, ROOT } from './condition.ts';
import { foreignKey, type Selection, type ShopStore } from './select.ts';
import type { Meter, Row } from './statement.ts';
import { textsOf } from './texts.ts';

/** `few`: so few rows are read at once that each may bring what it holds the keys of. */
export type ReadingStore = ShopStore & { readonly few: boolean };

type Part = Selection['relations'][number];

/** Rows at once that are few. */
export const FEW_ROWS = 100;

/** The column that holds them all. */
const OWNERS = '$owners';
/** The alias of such a row. */
const OWNER = 'w';

/** What travels so, with the column that holds its key. */
export type FoldedOwner = { readonly part: Part; readonly relation: Relation };

export function foldedOwners(
  { kit, few }: ReadingStore,
  registry: Registry,
  selection: Selection,
): FoldedOwner[] {
  if (!few || kit.valuesAsJson === undefined) return [];
  const { relations } = registry.entity(selection.entity);
  return selection.relations.flatMap((part) => {
    const relation = relations[part.field];
    const { of } = part;
    if (relation?.kind !== 'one' || relation.hidden || of.keys) return [];
    const isBare = of.relations.length === 0 && of.columns.length > 0 && textsOf(registry, of).length === 0;
    return isBare ? [{ part, relation }] : [];
  });
}

/** One column for all of them; none when there are none. */
export function ownersColumn(
  store: ReadingStore,
  registry: Registry,
  selection: Selection,
): RawBuilder<unknown>[] {
  const { valuesAsJson } = store.kit;
  const folded = foldedOwners(store, registry, selection);
  if (!valuesAsJson || folded.length === 0) return [];
  const owners = folded.map(({ part: { of }, relation }) => {
    const target = registry.target(relation);
    const columns = of.columns.map((name) => {
      const column = target.columns[name];
      if (!column || column.hidden) throw new Error(`${target.name}.${name} is not for reading`);
      return sql.ref(`${OWNER}.${columnName(name, column)}`);
    });
    return sql`(select ${valuesAsJson(columns)} from ${sql.table(target.table)} as ${sql.id(OWNER)}
      where ${sql.ref(`${OWNER}.${keyColumn(target)}`)} = ${sql.ref(`${ROOT}.${relation.column}`)})`;
  });
  return [sql`${valuesAsJson(owners)} as ${sql.id(OWNERS)}`];
}

/** Turns the JSON value of each row back into rows; each other row counts once. */
export function unfoldOwners(folded: readonly FoldedOwner[], rows: readonly Row[], meter: Meter): void {
  for (const [place, { part, relation }] of folded.entries()) {
    const held = foreignKey(relation.column);
    const known = new Map<unknown, Row>();
    for (const row of rows) {
      const values = (row[OWNERS] as (unknown[] | null)[])[place];
      if (values && !known.has(row[held])) known.set(row[held], rowFrom(part.of.columns, values));
      row[part.field] = known.get(row[held]) ?? null;
    }
    meter.count(known.size);
  }
}

export function rowFrom(fields: readonly string[], values: readonly unknown[]): Row {
  const row: Row = {};
  for (let place = 0; place < fields.length; place++) row[fields[place] ?? ''] = values[place];
  return row;
}
