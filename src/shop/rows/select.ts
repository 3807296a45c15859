/** What a statement on the shop's tables selects: the asked columns under their field names, and keys under names with `$`. */
import { type RawBuilder, sql } from 'kysely';
import type { Store } from '../../database/open.ts';
import { columnName, type Entity } from '../entity.ts';
import type { Registry } from '../registry.ts';
import { keyColumn, ROOT } from './condition.ts';

export type ShopStore = Pick<Store, 'db' | 'kit'>;

/** What is asked of an entity: fields that are columns, and relations with what is asked of theirs. */
export type Selection = {
  readonly entity: string;
  readonly columns: readonly string[];
  readonly relations: readonly { readonly field: string; readonly of: Selection }[];
  /** Whether every foreign key that the row holds is selected, not only those of `relations`. */
  readonly keys?: boolean;
};

/** The row's primary key. `$` is in no field name. */
export const KEY = '$key';
/** How many rows the search finds in all. */
export const TOTAL = '$total';
/** `$sort0`, `$sort1` …: the sort values. */
export const SORT = '$sort';

/** A foreign key that the row holds. */
export const foreignKey = (column: string): string => `$fk ${column}`;

/** The table alias is `ROOT`. A hidden field is never selected no matter who asks. */
export function selectedColumns(registry: Registry, selection: Selection): RawBuilder<unknown>[] {
  const entity = registry.entity(selection.entity);
  const fields = selection.columns.map((field) => {
    const column = entity.columns[field];
    if (!column || column.hidden) throw new Error(`${entity.name}.${field} is not for reading`);
    return sql`${sql.ref(`${ROOT}.${columnName(field, column)}`)} as ${sql.id(field)}`;
  });
  return [...fields, ...keysOf(entity, selection)];
}

function keysOf(entity: Entity, selection: Selection): RawBuilder<unknown>[] {
  const held = selection.keys ? Object.keys(entity.relations) : selection.relations.map(({ field }) => field);
  const foreign = held.flatMap((field) => {
    const relation = entity.relations[field];
    return relation?.kind === 'one' ? [relation.column] : [];
  });
  const columns = [...new Set(foreign)].map(
    (column) => sql`${sql.ref(`${ROOT}.${column}`)} as ${sql.id(foreignKey(column))}`,
  );
  return [sql`${sql.ref(`${ROOT}.${keyColumn(entity)}`)} as ${sql.id(KEY)}`, ...columns];
}
