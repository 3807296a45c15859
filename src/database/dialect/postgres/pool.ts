/**
 * The pool of connections to PostgreSQL. Over node-postgres's own it sets every session up before its first use, names
 * statements where the session is ours, cuts a connection that does not answer, and follows libpq's `sslmode`.
 */
import type { Socket } from 'node:net';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { ConnectionWatch } from '../connection-watch.ts';
import type { OpenOptions } from '../kit.ts';
import { ACQUIRE_MS, awaitAnswer, CLOSE_MS, CONNECT_MS, KEEP_ALIVE_AFTER_MS, NoAnswer } from '../limits.ts';
import { StaleSession } from '../stale-session.ts';
import { openPostgresInquiry } from './inquiry.ts';
import { OtherServerError, otherServerFault } from './relatives.ts';
import { beginLent, type PostgresSession, START_PARAMETERS, setUpSession } from './session.ts';
import { StatementNames } from './statement-names.ts';
import { postgresTypes } from './types.ts';
import type { PostgresTarget } from './url.ts';

/** What node-postgres does not declare. */
type Inner = {
  readonly processID: number | null;
  readonly connection: { readonly stream: Socket };
  getStartupConf(): Record<string, string>;
};

const inner = (client: object): Inner => client as Inner;

class Client extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    const { connectionTimeoutMillis = CONNECT_MS } = config;
    super({ ...config, connectionTimeoutMillis: Math.min(connectionTimeoutMillis, CONNECT_MS) });
  }

  /** Behind `options` in the message, so that they win. */
  getStartupConf(): Record<string, string> {
    const given = (pg.Client.prototype as unknown as Inner).getStartupConf.call(this as unknown as Inner);
    return { ...given, ...START_PARAMETERS };
  }
}

export class BoundedPool implements PostgresPool {
  readonly options: pg.PoolConfig;
  readonly #pool: pg.Pool;
  readonly #tls: PostgresTarget['tls'];
  readonly #open = new Map<object, StaleSession>();

  constructor({ connectionString, options, tls }: PostgresTarget, bounds: OpenOptions) {
    const watch = new ConnectionWatch(() => openPostgresInquiry(Client, this.#asClient()));
    this.#pool = new pg.Pool({
      Client: Client as unknown as NonNullable<pg.PoolConfig['Client']>,
      connectionString,
      ...(options !== undefined && { options }),
      ssl: tls[0] ?? false,
      max: bounds.poolSize,
      types: postgresTypes,
      connectionTimeoutMillis: ACQUIRE_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      onConnect: setUp(bounds, new StatementNames(), this.#open, watch) as (client: pg.ClientBase) => void,
    });
    this.options = this.#pool.options;
    this.#tls = tls;
    // A connection that the server ends while no one uses it is a matter for the pool, which opens another.
    this.#pool.on('error', () => {});
  }

  async connect(): Promise<PostgresPoolClient> {
    const tried = this.options.ssl;
    try {
      return await this.#connect();
    } catch (error) {
      const next = this.#tls.find((tls) => (hasNoTls(error) ? tls === false : tls !== tried));
      if (next === undefined || !(hasNoTls(error) || isNotLetIn(error))) throw error;
      this.options.ssl = next;
      return await this.#connect();
    }
  }

  async end(): Promise<void> {
    const cut = setTimeout(() => {
      for (const client of this.#open.keys()) inner(client).connection.stream.destroy();
    }, CLOSE_MS);
    await this.#pool.end();
    clearTimeout(cut);
  }

  /** What a connection beside the pool's is opened with. */
  #asClient(): pg.ClientConfig {
    const { connectionString, options, ssl } = this.options;
    return { connectionString, ...(options !== undefined && { options }), ssl: ssl ?? false };
  }

  async #connect(): Promise<PostgresPoolClient> {
    try {
      const client = await this.#pool.connect();
      const { release } = client; // a new one each time
      client.release = () => release(this.#open.get(client)?.isOver());
      return client as unknown as PostgresPoolClient;
    } catch (error) {
      throw isTimeout(error) ? new NoAnswer((error as Error).message, { cause: error }) : error;
    }
  }
}

/** node-postgres gives neither a code. */
const isTimeout = (error: unknown): boolean => error instanceof Error && /timeout/i.test(error.message);

/** Neither error has a code. */
const hasNoTls = (error: unknown): boolean =>
  error instanceof Error && /does not support SSL|error establishing an SSL/.test(error.message);

/** No one is let in with TLS, or no one without it; which of them is said in the server's own language only. */
const isNotLetIn = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '28000';

const READ_ONLY = '25006';

/** Makes a new connection what a holder may expect; no one gets it before. */
function setUp(
  bounds: OpenOptions,
  names: StatementNames,
  open: Map<object, StaleSession>,
  watch: ConnectionWatch,
) {
  const requirePostgres = postgresOnly();
  return async (client: pg.ClientBase): Promise<void> => {
    const stale = new StaleSession();
    open.set(client, stale);
    client.on('end', () => open.delete(client));
    let lost: Error | undefined; // else a rollback after it would hide why
    client.on('error', (error) => {
      lost ??= error;
    });
    const plain = client.query.bind(client) as unknown as Plain;
    const socket = () => inner(client).connection.stream;
    let sent = () => () => {};
    const bounded: Plain = async (...query) => {
      if (lost) throw lost;
      const answered = [awaitAnswer(socket, bounds.statementTimeoutSeconds), sent()];
      try {
        return await plain(...query);
      } catch (error) {
        if ((error as { code?: unknown }).code === READ_ONLY) stale.refused();
        throw error;
      } finally {
        for (const tell of answered) tell();
      }
    };
    // Before the settings, of which another server knows some and not others.
    await requirePostgres(bounded);
    const session = await setUpSession(
      (sql) => bounded(sql) as ReturnType<Parameters<typeof setUpSession>[0]>,
      inner(client).processID,
      bounds,
    );
    // A pooler makes up the number of the session.
    if (session === 'ours') sent = watch.add(Number(inner(client).processID), socket);
    const query = asker({
      session,
      bounded,
      names,
      bounds,
      isIdle: () => client.getTransactionStatus() === 'I',
    });
    client.query = query as unknown as pg.ClientBase['query'];
  };
}

/** The server is asked once what it is. */
function postgresOnly(): (run: Plain) => Promise<void> {
  let isPostgres = false;
  return async (run) => {
    if (isPostgres) return;
    const { rows } = (await run('select version() as version')) as { rows: { version: string }[] };
    const fault = otherServerFault(rows[0]?.version ?? '');
    if (fault !== undefined) throw new OtherServerError(fault);
    isPostgres = true;
  };
}

type Plain = (
  query: string | { name: string; text: string; values: unknown[] },
  values?: unknown[],
) => Promise<unknown>;

type Asking = {
  readonly session: PostgresSession;
  readonly bounded: Plain;
  readonly names: StatementNames;
  readonly bounds: OpenOptions;
  /** Outside of a transaction: a statement that fails may be tried again. */
  readonly isIdle: () => boolean;
};

/** How Kysely asks: a text and its values. */
function asker({ session, bounded, names, bounds, isIdle }: Asking) {
  if (session === 'lent') {
    const begin = beginLent(bounds);
    return (text: string, values: unknown[]) => bounded(text === 'begin' ? begin : text, values);
  }
  return async (text: string, values: unknown[]): Promise<unknown> => {
    const name = values.length === 0 ? undefined : names.of(text);
    if (name === undefined) return bounded(text, values);
    const mayRepeat = isIdle();
    try {
      return await bounded({ name, text, values });
    } catch (error) {
      if (!names.isToBlame(text, error) || !mayRepeat) throw error;
      return bounded(text, values);
    }
  };
}
