/** For modules that a program is started with (`node --import`): each word that it says to its database, before it is said. */
import { Socket } from 'node:net';
import { DatabaseSync, StatementSync } from 'node:sqlite';

type Method = (this: object, ...args: unknown[]) => unknown;

/** `hear` may end the process, or hold it up. What stands in a prepared statement is heard once, and '' each time that it runs. */
export function overhearDatabase(hear: (text: string) => void): void {
  const on = (prototype: object, names: readonly string[], textOf: (first: unknown) => string) => {
    const methods = prototype as Record<string, Method>;
    for (const name of names) {
      const before = methods[name];
      if (!before) throw new Error(`there is no ${name}`);
      methods[name] = function (...args) {
        hear(textOf(args[0]));
        return before.apply(this, args);
      };
    }
  };
  on(Socket.prototype, ['write'], (first) => (Buffer.isBuffer(first) ? first.toString('latin1') : ''));
  on(DatabaseSync.prototype, ['prepare', 'exec'], String);
  on(StatementSync.prototype, ['run', 'all', 'iterate'], () => '');
}
