/** The one row that says how far the takeover from EC-CUBE's plugin has come. */
import type { Selectable } from 'kysely';
import type { DialectKit } from '../../database/dialect/kit.ts';
import type { Db } from '../../database/open.ts';
import { prepared } from '../../database/prepared.ts';
import type { Tables } from '../../database/tables.ts';
import type { PluginName, TakeoverState } from '../rules/takeover.ts';

export type TakeoverRecord = {
  readonly state: TakeoverState;
  readonly plugin: PluginName;
  readonly startedAt: number;
  readonly changedAt: number;
  readonly honouredUntil: number | null;
  readonly keyType: 'plain' | 'defuse';
  readonly passwordSealed: string | null;
  /** PEM. */
  readonly publicKey: string | null;
};

const ROW = 1;

const selectTakeover = prepared((db) =>
  db.selectFrom('tegata_takeover').selectAll().where('takeover_id', '=', ROW),
);

const recordOf = (row: Selectable<Tables['tegata_takeover']>): TakeoverRecord => ({
  state: row.state as TakeoverState,
  plugin: row.plugin_code === 'Api' ? 'Api' : 'Api42',
  startedAt: row.started_at,
  changedAt: row.changed_at,
  honouredUntil: row.honoured_until,
  keyType: row.key_type === 'defuse' ? 'defuse' : 'plain',
  passwordSealed: row.password_sealed,
  publicKey: row.public_key,
});

/** Undefined: nothing was ever taken over. */
export async function readTakeover(db: Db): Promise<TakeoverRecord | undefined> {
  const row = (await selectTakeover(db, {})).rows[0];
  return row && recordOf(row);
}

type Opening = Pick<TakeoverRecord, 'plugin' | 'keyType' | 'passwordSealed' | 'publicKey'>;

/**
 * Opens the takeover; false when another state than `from` is there by now, `none` included. One conditional write: of
 * two nodes one succeeds, the other waits for it and then finds it done.
 */
export async function openTakeover(
  db: Db,
  kit: DialectKit,
  opening: Opening,
  now: number,
): Promise<'first' | 'again' | 'open' | 'finished'> {
  const values = {
    state: 'open',
    plugin_code: opening.plugin,
    key_type: opening.keyType,
    password_sealed: opening.passwordSealed,
    public_key: opening.publicKey,
    honoured_until: null,
    changed_at: now,
  };
  const row = { takeover_id: ROW, started_at: now, ...values };
  const { numInsertedOrUpdatedRows } = await kit
    .ifAbsent(db.insertInto('tegata_takeover').values(row))
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) return 'first';
  if (await updateWhere(db, ['returned', 'ended'], { ...values, started_at: now })) return 'again';
  // Locks the row, so that two who bring what is new do it one after the other.
  return (await updateWhere(db, ['open'], values)) ? 'open' : 'finished';
}

/** True for the one caller who changed it. */
export const moveTakeover = (
  db: Db,
  from: TakeoverState,
  to: TakeoverState,
  now: number,
  honouredUntil: number | null = null,
): Promise<boolean> => updateWhere(db, [from], { state: to, changed_at: now, honoured_until: honouredUntil });

/** Forgets password and key: from now on nothing of the plugin can be read. */
export const forgetPluginKeys = (db: Db, from: TakeoverState): Promise<boolean> =>
  updateWhere(db, [from], { password_sealed: null, public_key: null });

async function updateWhere(
  db: Db,
  states: readonly TakeoverState[],
  set: Partial<Tables['tegata_takeover']>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tegata_takeover')
    .set(set)
    .where('takeover_id', '=', ROW)
    .where('state', 'in', [...states])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
