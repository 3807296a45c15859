/** How long anything that waits for a database server may take. */
import type { Duplex } from 'node:stream';

/** For a connection: a new one to be made, or another's to come free. */
export const ACQUIRE_MS = 5_000;
/** For a new connection alone: those who try while the network is silent begin again soon after. */
export const CONNECT_MS = 3_000;
/** A node that is gone keeps its locks no longer. */
export const IDLE_IN_TRANSACTION_SECONDS = 60;
/** Of an idle connection until the first probe; then one a second, ten times. */
export const KEEP_ALIVE_AFTER_MS = 10_000;
/** For pools to close in good order; then their sockets are cut. */
export const CLOSE_MS = 3_000;
/** Beyond the time that the server gives a statement: for its answer to arrive. */
const ANSWER_GRACE_MS = 5_000;

/** The server, or the way to it, has not answered in time. */
export class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT';
}

/**
 * Starts the wait for an answer; call what it returns when the answer is there. When it is not in time the connection is
 * cut: no one knows what state it is in, and the next would wait behind the lost answer. Undefined seconds = no limit.
 */
export function awaitAnswer(socket: () => Duplex, statementTimeoutSeconds: number | undefined): () => void {
  if (statementTimeoutSeconds === undefined) return () => {};
  const seconds = statementTimeoutSeconds + ANSWER_GRACE_MS / 1000;
  const cut = () => socket().destroy(new NoAnswer(`the database has not answered for ${seconds} s`));
  const timer = setTimeout(cut, seconds * 1000);
  return () => clearTimeout(timer);
}
