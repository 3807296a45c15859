/** The order of a list that hangs on a row. */
import { type RawBuilder, sql } from 'kysely';
import { columnName, type Entity, type Relation } from '../entity.ts';

/** As EC-CUBE orders the list; then, and where it leaves it to the database, by primary key. */
export function orderOf(target: Entity, relation: Relation, alias: string): RawBuilder<unknown>[] {
  const declared = relation.kind === 'many' ? (relation.orderBy ?? []) : [];
  const asked = declared.map(({ column, direction, ranking }) => {
    const ref = sql.ref(`${alias}.${column}`);
    return sql`${ranking ? rankOf(ref, ranking) : ref} ${sql.raw(direction)}`;
  });
  const keys = Object.entries(target.columns).filter(([, { key }]) => key);
  return [...asked, ...keys.map(([field, column]) => sql.ref(`${alias}.${columnName(field, column)}`))];
}

function rankOf(ref: RawBuilder<unknown>, ranking: readonly number[]): RawBuilder<unknown> {
  const cases = ranking.map((value, place) => sql`when ${sql.lit(value)} then ${sql.lit(place)}`);
  return sql`case ${ref} ${sql.join(cases, sql` `)} else ${sql.lit(ranking.length)} end`;
}
