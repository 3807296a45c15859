/**
 * Tells “the database is away” from a fault of ours. Noted at the driver, where the error arises: an ECONNREFUSED of a mail
 * server is none. The error itself stays what it is, with its code and message for the log.
 */
import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import type { DialectKit } from './dialect/kit.ts';
import type { Outage } from './dialect/outages.ts';

/** How long a caller is asked to wait before it comes again. */
export const AWAY_RETRY_SECONDS = 5;

const outages = new WeakMap<Error, Outage>();

/** Remembers what an error of a driver says, where it says that the database cannot serve. */
export function noteOutage(error: unknown, read: DialectKit['outage']): void {
  const outage = error instanceof Error ? read(error) : undefined;
  if (outage !== undefined) outages.set(error as Error, outage);
}

/** Why the database cannot serve now, when that is what the error, or what caused it, says. */
export function outageOf(error: unknown): Outage | undefined {
  for (let one = error; one instanceof Error; one = causeOf(one)) {
    const outage = outages.get(one);
    if (outage !== undefined) return outage;
  }
  return undefined;
}

/** It answers, but takes no writes (a standby, a full disk): what was to be written is not. */
export function takesNoWrites(error: unknown): boolean {
  const outage = outageOf(error);
  return outage === 'read-only' || outage === 'full';
}

/** GraphQL keeps what a resolver threw as `originalError`. */
const causeOf = (error: Error & { originalError?: unknown }): unknown => error.originalError ?? error.cause;

/** The same dialect, whose errors `outageOf` can tell apart. */
export const notingOutages = (dialect: Dialect, kit: Pick<DialectKit, 'outage'>): Dialect => ({
  createDriver: () => noting(dialect.createDriver(), kit),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
});

function noting(driver: Driver, kit: Pick<DialectKit, 'outage'>): Driver {
  const note = (error: unknown): never => {
    noteOutage(error, kit.outage);
    throw error;
  };
  // Whatever keeps a connection from being opened, the database does not serve.
  const noConnection = (error: unknown): never => {
    if (error instanceof Error) outages.set(error, kit.outage(error) ?? 'unreachable');
    throw error;
  };
  const seen = new WeakSet<DatabaseConnection>();
  const watched = (connection: DatabaseConnection): DatabaseConnection => {
    if (seen.has(connection)) return connection;
    seen.add(connection);
    const run = connection.executeQuery.bind(connection);
    connection.executeQuery = (query, options) => run<never>(query, options).catch(note);
    return connection;
  };
  const methods = new Map<PropertyKey, unknown>();
  return new Proxy(driver, {
    get(target, name) {
      if (!methods.has(name)) methods.set(name, methodOf(target, name));
      return methods.get(name);
    },
  });

  function methodOf(target: Driver, name: PropertyKey): unknown {
    const own: unknown = Reflect.get(target, name, target);
    if (typeof own !== 'function') return own;
    if (name === 'acquireConnection')
      return (...given: unknown[]) => own.apply(target, given).then(watched, noConnection);
    const failed = name === 'init' ? noConnection : note;
    return (...given: unknown[]) => own.apply(target, given)?.catch(failed);
  }
}
