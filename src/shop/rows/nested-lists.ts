/**
 * Lists whose rows have nothing hanging on them travel inside their parent's row, as JSON, where the database can do
 * that: a catalogue with its product classes is one statement instead of two. Everywhere else they are read like any
 * other relation (shop-rows-related.ts); what comes out is the same.
 */
import { type RawBuilder, sql } from 'kysely';
import { columnName, type Entity } from '../entity.ts';
import type { Registry } from '../registry.ts';
import type { Filter } from '../search/search.ts';
import { allOf, keyColumn, ROOT } from './condition.ts';
import { rowFrom } from './nested-owners.ts';
import { orderOf } from './order.ts';
import type { Selection, ShopStore } from './select.ts';
import type { Meter, Row } from './statement.ts';
import { textsOf } from './texts.ts';

type Part = Selection['relations'][number];

/** The alias of the folded rows. */
const FOLDED = 'f';

/** Texts without an end do not travel so: no one could count them on the way. */
export const isFolded = (
  { kit }: ShopStore,
  registry: Registry,
  entity: Entity,
  { field, of }: Part,
): boolean =>
  kit.rowsAsJson !== undefined &&
  entity.relations[field]?.kind === 'many' &&
  of.relations.length === 0 &&
  !of.keys &&
  of.columns.length > 0 &&
  textsOf(registry, of).length === 0;

/** The lists as columns of the parent, which the statement knows as `ROOT`. */
export function foldedColumns(
  { kit }: ShopStore,
  registry: Registry,
  selection: Selection,
  filter: Filter | undefined,
): RawBuilder<unknown>[] {
  const entity = registry.entity(selection.entity);
  return selection.relations.flatMap((part) => {
    const relation = entity.relations[part.field];
    if (
      !relation ||
      relation.hidden ||
      !kit.rowsAsJson ||
      !isFolded({ kit } as ShopStore, registry, entity, part)
    )
      return [];
    const target = registry.target(relation);
    const columns = part.of.columns.map((field) => {
      const column = target.columns[field];
      if (!column || column.hidden) throw new Error(`${target.name}.${field} is not for reading`);
      return sql.ref(`${FOLDED}.${columnName(field, column)}`);
    });
    const chosen = filter?.joined.find((one) => one.relation === part.field)?.of ?? [];
    const aliases = new Map([
      ['', ROOT],
      [part.field, FOLDED],
    ]);
    const further =
      chosen.length === 0
        ? sql``
        : sql` and ${allOf({ kit, registry, entity: entity.name, aliases }, chosen)}`;
    const from = sql`from ${sql.table(target.table)} as ${sql.id(FOLDED)}
      where ${sql.ref(`${FOLDED}.${relation.column}`)} = ${sql.ref(`${ROOT}.${keyColumn(entity)}`)}${further}`;
    return [
      sql`(${kit.rowsAsJson(columns, from, orderOf(target, relation, FOLDED))}) as ${sql.id(part.field)}`,
    ];
  });
}

/** Turns the JSON lists of rows back into rows. */
export function unfold(folded: readonly Part[], rows: readonly Row[], meter: Meter): void {
  for (const { field, of } of folded) {
    const fields = of.columns;
    for (const row of rows) {
      const lists = (row[field] ?? []) as unknown[][];
      meter.count(lists.length);
      row[field] = lists.map((values) => rowFrom(fields, values));
    }
  }
}
