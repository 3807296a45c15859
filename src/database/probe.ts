/** Whether the database answers and takes writes. A server that has become a standby, or a disk that is full, still reads. */
import { randomHex } from '../base/bytes.ts';
import type { Store } from './open.ts';

/** Rejects when it does not. What is written is removed in the same transaction, which is committed: a full disk is told by that only. */
export function databaseProbe({ db }: Store): () => Promise<void> {
  const name = `probe_${randomHex(8)}`;
  const write = () =>
    db.transaction().execute(async (trx) => {
      await trx.insertInto('tegata_setting').values({ name, value: '' }).execute();
      await trx.deleteFrom('tegata_setting').where('name', '=', name).execute();
    });
  let running: Promise<void> | undefined;
  // One at a time, however many ask, also while the database does not answer.
  return () => {
    running ??= write().finally(() => {
      running = undefined;
    });
    return running;
  };
}
