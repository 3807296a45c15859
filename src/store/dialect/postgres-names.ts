/**
 * Statements that come again and again get a name, so that the server parses and plans each once per connection.
 * Only a statement with parameters is worth a name, and only from its third run on; the number of names is bounded,
 * since every connection keeps every one of them.
 */
import type pg from 'pg';

const RUNS_BEFORE_NAMED = 2;
const MOST_NAMES = 200;
const MOST_COUNTED = 2_000; // texts whose runs are counted; then the count starts over

/** The plan no longer fits the table; the server does not know the name. */
const STALE = new Set(['0A000', '26000']);

export type StatementNames = { of(text: string): string | undefined; forget(text: string): void };

export function statementNames(): StatementNames {
  const names = new Map<string, string>();
  const runs = new Map<string, number>();
  let made = 0;
  return {
    of: (text) => {
      const known = names.get(text);
      if (known !== undefined || names.size >= MOST_NAMES) return known;
      const count = (runs.get(text) ?? 0) + 1;
      if (runs.size >= MOST_COUNTED) runs.clear();
      runs.set(text, count);
      if (count <= RUNS_BEFORE_NAMED) return undefined;
      runs.delete(text);
      made += 1;
      const name = `tegata_${made}`;
      names.set(text, name);
      return name;
    },
    forget: (text) => void names.delete(text),
  };
}

/** Makes a connection use the names. A statement loses its name when its table has changed under it. */
export function useNames(client: pg.PoolClient, names: StatementNames): void {
  const plain = client.query.bind(client) as (...args: unknown[]) => unknown;
  const named = (...args: unknown[]): unknown => {
    const [text, values] = args;
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0 || args.length > 2) {
      return plain(...args);
    }
    const name = names.of(text);
    if (name === undefined) return plain(text, values);
    const running = plain({ name, text, values }) as Promise<unknown>;
    running.catch((error: { code?: string }) => {
      if (STALE.has(error.code ?? '')) names.forget(text);
    });
    return running;
  };
  client.query = named as pg.PoolClient['query'];
}
