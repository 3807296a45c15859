/** The ids of a list that is read as a whole, or in pages: settings of a shop, of which there are few. */
import { sql } from 'kysely';
import { keyColumn } from '../rows/condition.ts';
import { resolveField } from '../search/field.ts';
import type { SortKey } from '../search/search.ts';
import type { LookUpDeps } from './looked-up.ts';

export type Listing = {
  readonly entity: string;
  /** Rows without a value come last. */
  readonly order: readonly SortKey[];
  /** Field, or relation whose key the row holds → what it must be. */
  readonly where?: Readonly<Record<string, boolean | null>>;
  readonly page?: { readonly limit: number; readonly offset: number };
};

export async function listedIds(
  needs: LookUpDeps,
  { entity: name, order, where = {}, page }: Listing,
): Promise<number[]> {
  const entity = needs.registry.entity(name);
  const field = (path: string) => resolveField(needs.registry, name, path);
  const chosen = Object.entries(where).map(([path, value]) => {
    const column = sql.ref(field(path).column);
    return value === null ? sql`${column} is null` : sql`${column} = ${value}`;
  });
  const terms = order.flatMap(({ field: path, direction }) => {
    const { column, nullable } = field(path);
    const term = sql`${sql.ref(column)} ${sql.raw(direction)}`;
    return nullable ? [sql`case when ${sql.ref(column)} is null then 1 else 0 end`, term] : [term];
  });
  const { rows } = await sql<{ id: number }>`
    select ${sql.ref(keyColumn(entity))} as id from ${sql.table(entity.table)}
    where ${sql.join([sql`1 = 1`, ...chosen], sql` and `)} order by ${sql.join(terms)}
    ${page ? sql`limit ${page.limit} offset ${page.offset}` : sql``}`.execute(needs.db);
  return rows.map(({ id }) => Number(id));
}
