/** Which tables and columns a live database has: shops of 4.0–4.3 differ, and plugins add and remove. */
import { sql } from 'kysely';
import type { Store } from './open.ts';

/** Table name → names of its columns. */
export type LiveSchema = ReadonlyMap<string, ReadonlySet<string>>;

/** The database has no table of members: it is no EC-CUBE shop. */
export class NoShopError extends Error {
  constructor() {
    super('the database holds no EC-CUBE shop (no table dtb_member)');
  }
}

/** @throws NoShopError */
export async function readShopSchema(store: Pick<Store, 'db' | 'kit'>): Promise<LiveSchema> {
  const schema = await readLiveSchema(store);
  if (!schema.has('dtb_member')) throw new NoShopError();
  return schema;
}

export async function readLiveSchema({ db, kit }: Pick<Store, 'db' | 'kit'>): Promise<LiveSchema> {
  const schema =
    kit.currentSchema && (await sql<{ name: string }>`select ${kit.currentSchema} as name`.execute(db));
  const current = schema?.rows[0]?.name;
  const tables = await db.introspection.getTables();
  const ours = tables.filter((table) => current === undefined || table.schema === current);
  return new Map(ours.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]));
}
