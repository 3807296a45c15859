/** The rows of an entity that serve as choices of a search: their ids, and which row each stands below. */
import { sql } from 'kysely';
import type { Registry } from '../registry.ts';
import type { Choices } from '../search/reading.ts';
import { keyColumn } from './condition.ts';
import type { ShopStore } from './select.ts';

export async function readChoices(
  { db }: ShopStore,
  registry: Registry,
  entityName: string,
): Promise<Choices> {
  const entity = registry.entity(entityName);
  const parent = Object.values(entity.relations).find(
    (relation) => relation.kind === 'one' && relation.entity === entityName,
  );
  const above = parent ? sql.ref(parent.column) : sql`null`;
  const { rows } = await sql<{ id: number; above: number | null }>`
    select ${sql.ref(keyColumn(entity))} as id, ${above} as above from ${sql.table(entity.table)}`.execute(
    db,
  );
  return new Map(rows.map(({ id, above: parentId }) => [Number(id), parentId]));
}
