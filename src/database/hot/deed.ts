/**
 * A transaction of writes that wait for nothing but the database. Each `yield` is one write, and brings back how many rows it has
 * changed. SQLite, which answers in the call, carries out many of them in one turn and one commit (dialect/sqlite/deeds.ts); the
 * others run one statement after the other.
 */
import type { CompiledQuery } from 'kysely';
import { DirectKysely } from '../dialect/sqlite/direct.ts';
import type { Db } from '../open.ts';
import { changed, runCompiled } from '../prepared.ts';

/** One statement of a deed, with its values. */
export type Write = CompiledQuery;

export type Writes<T = void> = Generator<Write, T, number>;

/**
 * All of it or, where it throws, nothing. `deed` may be begun several times; nobody is answered for one that was taken back. It
 * calls a generator that is declared once: one that is made for each request leaves V8 old objects, and the request hangs on them.
 */
export function carryOut<T>(db: Db, deed: () => Writes<T>): Promise<T> {
  if (db instanceof DirectKysely && db.isOpen) return db.deeds.carryOut(deed);
  return db.transaction().execute(async (tx) => {
    const writes = deed();
    let step = writes.next();
    while (!step.done) step = writes.next(changed(await runCompiled(tx, step.value)));
    return step.value;
  });
}

/** Says that a deed follows on `work`: those that are ready meanwhile wait a little, to share its commit. */
export async function beforeDeed<T>(db: Db, work: Promise<T>): Promise<T> {
  if (!(db instanceof DirectKysely)) return work;
  db.deeds.expected += 1;
  try {
    return await work;
  } finally {
    db.deeds.cameUp();
  }
}
