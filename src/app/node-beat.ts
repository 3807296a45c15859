/** Says in the database, every few seconds, that this process serves: a restore and an uninstall wait until none does. */
import { randomHex } from '../base/bytes.ts';
import { isLeaving, LeavingError } from '../database/nodes/leave.ts';
import { addNode, BEAT_SECONDS, beatNode, removeNode } from '../database/nodes/nodes.ts';
import { requireNoRestore } from './backup/restore-lease.ts';
import type { Services } from './services.ts';
import { VERSION } from './version.ts';

const ID_BYTES = 16;

export type NodeBeat = { stop(): Promise<void> };

/** Throws while a restore or an uninstall is under way. */
export async function startNodeBeat({
  store,
  clock,
  clockWatch,
  log,
}: Pick<Services, 'store' | 'clock' | 'clockWatch' | 'log'>): Promise<NodeBeat> {
  const id = randomHex(ID_BYTES);
  await addNode(store.db, { id, version: VERSION, startedAt: clock.now() });
  try {
    // Each of the two looks for nodes once it holds its lease: one of the two sees the other.
    await requireNoRestore(store.db, clock.now());
    if (await isLeaving(store.db, clock.now())) throw new LeavingError();
  } catch (error) {
    await removeNode(store.db, id);
    throw error;
  }
  // Whatever keeps it from being written is told by all else that needs the database.
  const beat = () =>
    Promise.all([beatNode(store.db, id, clock.now()), clockWatch.compare()]).catch((error: unknown) =>
      log.debug({ err: error }, 'no beat'),
    );
  const timer = setInterval(beat, BEAT_SECONDS * 1_000);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await removeNode(store.db, id).catch((error: unknown) => log.debug({ err: error }, 'not removed'));
    },
  };
}
