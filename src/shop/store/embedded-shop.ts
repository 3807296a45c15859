/**
 * Makes a shop of our own for the one who has none: EC-CUBE's tables, its master rows, the demo shop, one administrator.
 * Also loads the same shop into a PostgreSQL or MySQL server.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Clock } from '../../base/clock.ts';
import type { DialectKit } from '../../database/dialect/kit.ts';
import { readLiveSchema } from '../../database/live-schema.ts';
import type { Db, Store } from '../../database/open.ts';
import { demoRows } from '../demo/demo-shop.ts';
import { columnName, type Entity } from '../entity.ts';
import { masterRows } from '../master/master-rows.ts';
import type { Registry } from '../registry.ts';
import type { ShopRow, ShopRows } from '../row.ts';
import { createStatements, inDependencyOrder } from './ddl.ts';

const ROWS_PER_INSERT = 100; // × at most 42 columns: far below every database's limit of parameters

const SYSTEM_ADMINISTRATOR = 0; // システム管理者 in mtb_authority
const WORKING = 1; // 稼働 in mtb_work

export type EmbeddedShop = {
  registry: Registry;
  clock: Clock;
  /** `ECCUBE_CURRENCY`. */
  currency: string;
  admin: { loginId: string; name: string; passwordHash: string };
  /** What else makes it complete; a shop that it fails for is not made. */
  complete?(target: Store): Promise<void>;
};

type Target = Pick<Store, 'db' | 'kit'>;

/** The shop's rows come in one transaction, so one member tells that all are there. */
export async function embeddedShopExists(target: Target): Promise<boolean> {
  const live = await readLiveSchema(target);
  if (!live.has('dtb_member')) return false;
  const { rows } = await sql`select id from dtb_member limit 1`.execute(target.db);
  return rows.length > 0;
}

/** Makes the shop unless it exists; true = made. Where DDL is not transactional, a broken attempt is continued. */
export async function createEmbeddedShop(store: Store, shop: EmbeddedShop): Promise<boolean> {
  const { db, kit } = store;
  if (!kit.supportsTransactionalDdl) await createMissingTables({ db, kit }, shop.registry);
  return db.transaction().execute(async (trx) => {
    if (await embeddedShopExists({ db: trx, kit })) return false;
    if (kit.supportsTransactionalDdl) await createMissingTables({ db: trx, kit }, shop.registry);
    await insertAll(trx, kit, shop.registry, rowsOf(shop));
    await shop.complete?.({ ...store, db: trx });
    return true;
  });
}

async function createMissingTables({ db, kit }: Target, registry: Registry): Promise<void> {
  const live = await readLiveSchema({ db, kit });
  for (const entity of inDependencyOrder(registry)) {
    if (live.has(entity.table)) continue;
    for (const statement of createStatements(entity, registry, kit)) await statement.execute(db);
  }
}

function rowsOf({ clock, currency, admin }: EmbeddedShop): ShopRows {
  const now = clock.now();
  const member: ShopRow = {
    id: 1,
    work_id: WORKING,
    authority_id: SYSTEM_ADMINISTRATOR,
    creator_id: 1,
    name: admin.name,
    login_id: admin.loginId,
    password: admin.passwordHash,
    sort_no: 1,
    create_date: now,
    update_date: now,
  };
  return { ...masterRows, ...demoRows({ now, currency }), Member: [member] };
}

async function insertAll(db: Db, kit: DialectKit, registry: Registry, rows: ShopRows): Promise<void> {
  for (const entity of inDependencyOrder(registry)) {
    const own = rows[entity.name] ?? [];
    for (let from = 0; from < own.length; from += ROWS_PER_INSERT) {
      await insertStatement(entity, own.slice(from, from + ROWS_PER_INSERT), kit).execute(db);
    }
    if (own.length > 0 && entity.columns.id?.type === 'id') {
      await kit.followHighestId(entity.table, columnName('id', entity.columns.id))?.execute(db);
    }
  }
}

/** Rows may name different columns; one that a row leaves out is null there. */
function insertStatement(entity: Entity, rows: readonly ShopRow[], kit: DialectKit): RawBuilder<unknown> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const dates = new Set(
    Object.entries(entity.columns).flatMap(([field, column]) =>
      column.type === 'datetimetz' ? [columnName(field, column)] : [],
    ),
  );
  const value = (row: ShopRow, name: string) => {
    const plain = row[name] ?? null;
    return typeof plain === 'number' && dates.has(name) ? kit.dateText(plain) : plain;
  };
  const columns = [...names, 'discriminator_type'].map((name) => sql.ref(name));
  const tuples = rows.map(
    (row) => sql`(${sql.join([...names.map((name) => value(row, name)), entity.discriminator])})`,
  );
  return sql`insert into ${sql.table(entity.table)} (${sql.join(columns)}) values ${sql.join(tuples)}`;
}
