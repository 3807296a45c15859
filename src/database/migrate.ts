/** Plans and applies the migrations of Tegata's own tables (`tegata_…`); the shop's tables are never touched here. */
import { type Migration, Migrator } from 'kysely/migration';
import { readLiveSchema } from './live-schema.ts';
import { up as foundation } from './migrations/0.1.0/0001-foundation.ts';
import { up as twoFactor } from './migrations/0.1.0/0002-two-factor.ts';
import { up as changeFeed } from './migrations/0.1.0/0003-change-feed.ts';
import { up as clientMutation } from './migrations/0.1.0/0004-client-mutation.ts';
import { up as clientPolicies } from './migrations/0.1.0/0005-client-policies.ts';
import { up as grantUse } from './migrations/0.1.0/0006-grant-use.ts';
import { up as webhookTopics } from './migrations/0.1.0/0007-webhook-topics.ts';
import { up as leanTokens } from './migrations/0.1.0/0008-lean-tokens.ts';
import { up as boundedWork } from './migrations/0009-bounded-work.ts';
import { up as refusedCodes } from './migrations/0010-refused-codes.ts';
import { up as webhookPast } from './migrations/0011-webhook-past.ts';
import { up as apiUse } from './migrations/0012-api-use.ts';
import { up as clientMarks } from './migrations/0013-client-marks.ts';
import { up as explorerToken } from './migrations/0014-explorer-token.ts';
import { up as firstAnswers } from './migrations/0015-first-answers.ts';
import { up as changeParts } from './migrations/0016-change-parts.ts';
import { up as webhookClients } from './migrations/0017-webhook-clients.ts';
import { up as writes } from './migrations/0019-writes.ts';
import { up as requestLog } from './migrations/0020-request-log.ts';
import { up as unnamedImage } from './migrations/0021-unnamed-image.ts';
import { up as pointChange } from './migrations/0022-point-change.ts';
import { up as jobs } from './migrations/0023-jobs.ts';
import { up as clientData } from './migrations/0024-client-data.ts';
import { up as deliveryList } from './migrations/0025-delivery-list.ts';
import { up as csvJobs } from './migrations/0026-csv-jobs.ts';
import { up as takeover } from './migrations/0028-takeover.ts';
import { up as linkTickets } from './migrations/0029-link-tickets.ts';
import { up as nodes } from './migrations/0030-nodes.ts';
import { up as keyStore } from './migrations/0032-key-store.ts';
import { up as longLists } from './migrations/0033-long-lists.ts';
import type { Store } from './open.ts';
import { TableOptions } from './own-tables.ts';
import { withRights } from './rights.ts';

type Up = typeof foundation;

const MIGRATIONS: Record<string, Up> = {
  '0001-foundation': foundation,
  '0002-two-factor': twoFactor,
  '0003-change-feed': changeFeed,
  '0004-client-mutation': clientMutation,
  '0005-client-policies': clientPolicies,
  '0006-grant-use': grantUse,
  '0007-webhook-topics': webhookTopics,
  '0008-lean-tokens': leanTokens,
  '0009-bounded-work': boundedWork,
  '0010-refused-codes': refusedCodes,
  '0011-webhook-past': webhookPast,
  '0012-api-use': apiUse,
  '0013-client-marks': clientMarks,
  '0014-explorer-token': explorerToken,
  '0015-first-answers': firstAnswers,
  '0016-change-parts': changeParts,
  '0017-webhook-clients': webhookClients,
  '0019-writes': writes,
  '0020-request-log': requestLog,
  '0021-unnamed-image': unnamedImage,
  '0022-point-change': pointChange,
  '0023-jobs': jobs,
  '0024-client-data': clientData,
  '0025-delivery-list': deliveryList,
  '0026-csv-jobs': csvJobs,
  '0028-takeover': takeover,
  '0029-link-tickets': linkTickets,
  '0030-nodes': nodes,
  '0032-key-store': keyStore,
  '0033-long-lists': longLists,
};

/** The database holds a migration that this program does not know. */
export class NewerDatabaseError extends Error {
  constructor(migration: string) {
    super(`the database was made by a newer Tegata (it holds migration ${migration})`);
  }
}

/** The names of all migrations that this program knows, oldest first. */
export const knownMigrations = (): readonly string[] => Object.keys(MIGRATIONS);
/** Where tables go one by one, the one that says which there are goes first, and this one last. */
export const LAST_TO_GO = 'tegata_client';

/** Tegata's tables are there, but not the one that says which. */
export class HalfRemovedError extends Error {
  constructor() {
    super('an uninstall of Tegata was cut off before its end');
  }
}

export type MigrationState = { name: string; appliedAt: string | null };

function migrator(store: Store): Migrator {
  const migrations: Record<string, Migration> = {};
  for (const [name, up] of Object.entries(MIGRATIONS)) {
    migrations[name] = { up: (db) => up(db, store.kit) };
  }
  return new Migrator({
    db: store.db.withPlugin(new TableOptions(store.kit.tableOptions)),
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'tegata_migration',
    migrationLockTableName: 'tegata_migration_lock',
  });
}

/** Every migration, oldest first, with the time it was applied. */
export async function migrationStates(store: Store): Promise<MigrationState[]> {
  const applied = await knownApplied(store);
  return knownMigrations().map((name) => ({ name, appliedAt: applied.get(name) ?? null }));
}

/** Applies what is missing, up to `last` where it is given, and names it. */
export async function migrate(store: Store, last?: string): Promise<string[]> {
  const applied = await knownApplied(store);
  // As at nearly every start: the migrator looks at all tables several times before it finds nothing to do.
  if (last === undefined && knownMigrations().every((name) => applied.has(name))) return [];
  const { error, results } =
    last === undefined ? await migrator(store).migrateToLatest() : await migrator(store).migrateTo(last);
  if (error) await withRights(store, 'migrate', () => Promise.reject(error));
  return (results ?? [])
    .filter(({ status }) => status === 'Success')
    .map(({ migrationName }) => migrationName);
}

/** What the database says that it holds, oldest first, also when this program does not know it. */
export const appliedMigrations = async (store: Pick<Store, 'db' | 'kit'>): Promise<string[]> => [
  ...(await readApplied(store)).keys(),
];

/** Name → when it was applied. */
async function readApplied(store: Pick<Store, 'db' | 'kit'>): Promise<Map<string, string>> {
  const tables = await readLiveSchema(store);
  if (!tables.has('tegata_migration')) {
    if (tables.has(LAST_TO_GO)) throw new HalfRemovedError();
    return new Map();
  }
  const rows = await store.db
    .withTables<{ tegata_migration: { name: string; timestamp: string } }>()
    .selectFrom('tegata_migration')
    .select(['name', 'timestamp'])
    .orderBy('name')
    .execute();
  return new Map(rows.map(({ name, timestamp }) => [name, new Date(timestamp).toISOString()]));
}

async function knownApplied(store: Store): Promise<Map<string, string>> {
  const applied = await readApplied(store);
  const unknown = applied.keys().find((name) => !(name in MIGRATIONS));
  if (unknown !== undefined) throw new NewerDatabaseError(unknown);
  return applied;
}
