/**
 * The pool of connections to MySQL or MariaDB. Over mysql2's own it sets every session up before its first use, lets
 * no one wait for ever (neither for a connection nor for an answer), and closes even when the server is silent.
 */
import type { Socket } from 'node:net';
import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { createPool, type Pool, type PoolConnection } from 'mysql2';
import { ConnectionWatch } from '../connection-watch.ts';
import type { OpenOptions } from '../kit.ts';
import { ACQUIRE_MS, awaitAnswer, CLOSE_MS, CONNECT_MS, KEEP_ALIVE_AFTER_MS, NoAnswer } from '../limits.ts';
import { StaleSession } from '../stale-session.ts';
import { openMysqlInquiry } from './inquiry.ts';
import { askingNarrowly } from './narrow-text.ts';
import { sessionStatements } from './session.ts';
import type { MysqlTarget } from './url.ts';
import { bindable } from './values.ts';

const READ_ONLY_TRANSACTION = 1792; // by the session's own setting, unlike ER_OPTION_PREVENTS_STATEMENT
const IDLE_MS = 30_000; // a connection that is not needed is given back

type Query = MysqlPoolConnection['query'];
type Acquired = Parameters<MysqlPool['getConnection']>[0];

/** In the order in which they are given away; each with its turn. */
type Waiting = Set<() => void>;

export function openMysqlPool({ connection, tlsIfOffered }: MysqlTarget, options: OpenOptions): MysqlPool {
  const pool = createPool({
    ...connection,
    connectionLimit: options.poolSize,
    maxIdle: options.poolSize - 1, // with fewer than the limit mysql2 closes what is idle
    idleTimeout: IDLE_MS,
    gracefulEnd: true,
    connectTimeout: CONNECT_MS,
    keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    multipleStatements: false,
  });
  return new BoundedPool(pool, options, tlsIfOffered, () => {
    const { ssl, ...plain } = connection;
    const hasTls = (pool as unknown as Configured).config.connectionConfig.ssl !== false;
    return ssl && hasTls ? connection : plain;
  });
}

class BoundedPool implements MysqlPool {
  readonly #pool: Pool;
  readonly #options: OpenOptions;
  readonly #known = new WeakMap<PoolConnection, Lease>();
  readonly #open = new Set<PoolConnection>();
  readonly #waiting: Waiting = new Set();
  #free: number;
  readonly #tlsIfOffered: boolean;
  readonly #watch: ConnectionWatch;

  /** `beside`: what a connection beside the pool's is opened with. */
  constructor(
    pool: Pool,
    options: OpenOptions,
    tlsIfOffered: boolean,
    beside: () => MysqlTarget['connection'],
  ) {
    this.#pool = pool;
    this.#options = options;
    this.#free = options.poolSize;
    this.#tlsIfOffered = tlsIfOffered;
    this.#watch = new ConnectionWatch(() => openMysqlInquiry(beside()));
  }

  getConnection(acquired: Acquired): void {
    if (this.#free > 0) {
      this.#free -= 1;
      this.#take(acquired);
      return;
    }
    const turn = () => {
      clearTimeout(patience);
      this.#waiting.delete(turn);
      this.#take(acquired);
    };
    const patience = setTimeout(() => {
      this.#waiting.delete(turn);
      fail(acquired, new NoAnswer(`no connection to the database came free in ${ACQUIRE_MS / 1000} s`));
    }, ACQUIRE_MS);
    this.#waiting.add(turn);
  }

  /** A connection that fails while it says goodbye is as gone as the others. */
  end(ended: (error: unknown) => void): void {
    const cut = setTimeout(() => {
      for (const raw of this.#open) socketOf(raw).destroy();
      ended(undefined);
    }, CLOSE_MS);
    this.#pool.end(() => {
      clearTimeout(cut);
      ended(undefined);
    });
  }

  #take(acquired: Acquired): void {
    this.#pool.getConnection((error, raw) => {
      if (error && this.#tlsIfOffered && error.code === 'HANDSHAKE_NO_SSL_SUPPORT') {
        withoutTls(this.#pool);
        this.#take(acquired);
        return;
      }
      if (error) {
        this.#passOn();
        fail(acquired, error);
        return;
      }
      const known = this.#known.get(raw);
      if (known) acquired(undefined, known.again());
      else this.#setUp(raw, acquired);
    });
  }

  #setUp(raw: PoolConnection, acquired: Acquired): void {
    const lease = new Lease(raw, this.#options, this.#watch, () => this.#passOn());
    this.#known.set(raw, lease);
    this.#open.add(raw);
    socketOf(raw).once('close', () => this.#open.delete(raw));
    const statements = sessionStatements(this.#options);
    const next = (place: number): void => {
      const statement = statements[place];
      if (statement === undefined) {
        acquired(undefined, lease);
        return;
      }
      lease.query(statement, [], (error) => {
        if (!error) return next(place + 1);
        raw.destroy();
        lease.release();
        fail(acquired, error);
      });
    };
    next(0);
  }

  /** The place of a connection is free: the one who has waited longest gets it. */
  #passOn(): void {
    const [turn] = this.#waiting;
    if (turn) turn();
    else this.#free += 1;
  }
}

/** A connection as Kysely sees it. */
class Lease implements MysqlPoolConnection {
  readonly query: Query;
  readonly #raw: PoolConnection;
  readonly #given: () => void;
  readonly #stale = new StaleSession();
  #held = true;
  /** What ended the connection; else a rollback after it would hide why. */
  #lost: Error | undefined;

  constructor(
    raw: PoolConnection,
    { statementTimeoutSeconds }: OpenOptions,
    watch: ConnectionWatch,
    given: () => void,
  ) {
    this.#raw = raw;
    this.#given = given;
    raw.on('error', (error) => {
      this.#lost ??= error;
    });
    const sent = watch.add(raw.threadId, () => socketOf(raw));
    const plain: Query = raw.query.bind(raw) as Query;
    const bounded: Query = (sql, parameters: readonly unknown[], callback) => {
      const values = parameters.map(bindable);
      if (!callback) return plain(sql, values);
      if (this.#lost) return plain(sql, values, () => callback(this.#lost, []));
      const answered = [awaitAnswer(() => socketOf(raw), statementTimeoutSeconds), sent()];
      return plain(sql, values, (error, result) => {
        for (const tell of answered) tell();
        if ((error as { errno?: unknown } | null)?.errno === READ_ONLY_TRANSACTION) this.#stale.refused();
        callback(error, result);
      });
    };
    this.query = askingNarrowly(bounded);
  }

  get config(): object {
    return this.#raw.config;
  }

  get threadId(): number {
    return this.#raw.threadId;
  }

  connect(): void {}

  destroy(): void {
    this.#raw.destroy();
  }

  again(): this {
    this.#held = true;
    return this;
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    if (this.#stale.isOver()) this.#raw.destroy();
    else this.#raw.release();
    this.#given();
  }
}

const socketOf = (raw: PoolConnection): Socket => (raw as unknown as { stream: Socket }).stream;

/** What mysql2 does not declare. */
type Configured = { readonly config: { readonly connectionConfig: { ssl: unknown } } };

function withoutTls(pool: Pool): void {
  (pool as unknown as Configured).config.connectionConfig.ssl = false;
}

/** Kysely looks at the error first. */
const fail = (acquired: Acquired, error: unknown): void => (acquired as (error: unknown) => void)(error);
