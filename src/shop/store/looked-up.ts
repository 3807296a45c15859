/** Which rows have given keys, or given texts in a column: exactly those, each look-up one statement. */
import { sql } from 'kysely';
import type { Registry } from '../registry.ts';
import { keyColumn } from '../rows/condition.ts';
import type { ShopStore } from '../rows/select.ts';
import { type Key, Statements } from '../rows/statement.ts';
import { resolveField } from '../search/field.ts';

export type LookUpDeps = ShopStore & { readonly registry: Registry };

/** Those of the keys that rows have. */
export async function existingKeys(
  needs: LookUpDeps,
  entityName: string,
  keys: readonly number[],
): Promise<ReadonlySet<number>> {
  const entity = needs.registry.entity(entityName);
  const key = sql.ref(keyColumn(entity));
  const rows = await new Statements(needs).runByKeys(
    'keys',
    (places) =>
      sql`select ${key} as id from ${sql.table(entity.table)} where ${key} in (${sql.join(places)})`,
    [],
    keys,
  );
  return new Set(rows.map(({ id }) => Number(id)));
}

/** Text → keys of the rows that have it, the lowest first; a text that no row has is left out. */
export async function keysByText(
  needs: LookUpDeps,
  entityName: string,
  field: string,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const entity = needs.registry.entity(entityName);
  const [key, column] = [
    sql.ref(keyColumn(entity)),
    sql.ref(resolveField(needs.registry, entityName, field).column),
  ];
  const rows = await new Statements(needs).runByKeys(
    'texts',
    (places) => sql`select ${key} as id, ${column} as text from ${sql.table(entity.table)}
      where ${column} in (${sql.join(places)}) order by ${key}`,
    [],
    texts.filter(isStorable) satisfies readonly Key[],
  );
  const byText = Map.groupBy(rows, ({ text }) => String(text));
  // A column of an old shop on MySQL takes letters for equal that are not.
  return new Map(
    texts.flatMap((text) => {
      const found = byText.get(text)?.map(({ id }) => Number(id));
      return found ? [[text, found] as const] : [];
    }),
  );
}

/** No stored text holds a NUL or half a letter, and PostgreSQL does not even compare with one. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
