/**
 * What a session of PostgreSQL is set to before its first use. The server, the database, the role or `options` of the URL
 * may say otherwise, and what a statement means hangs on each: in which form and zone dates come, whether `\` escapes,
 * what one transaction sees of another. `search_path` stays as it is: it says where the shop is.
 *
 * Between us and the server may stand a pooler that lends its sessions for a transaction at a time (PgBouncer). There a
 * session is neither ours, so a setting would reach PHP's statements, nor the same the next time, so a prepared
 * statement would be gone, or another's. What PgBouncer itself keeps for each client is in `START_PARAMETERS`; the rest
 * goes into each transaction.
 */
import type { OpenOptions } from '../kit.ts';
import { IDLE_IN_TRANSACTION_SECONDS } from '../limits.ts';

/** Sent with the connection's first message; PgBouncer takes them and keeps each client's own. */
export const START_PARAMETERS = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY', // spelt as the server reports it, so that PgBouncer finds no difference
  standard_conforming_strings: 'on',
  application_name: 'tegata',
} as const;

/** What a session must say of itself where we cannot set it. */
const EXPECTED: Readonly<Record<string, string>> = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  standard_conforming_strings: 'on',
  client_encoding: 'UTF8',
  default_transaction_isolation: 'read committed',
};

const milliseconds = (seconds: number): string => String(seconds * 1000);

function settings({ statementTimeoutSeconds }: OpenOptions): Readonly<Record<string, string>> {
  return {
    ...EXPECTED,
    bytea_output: 'hex',
    default_transaction_deferrable: 'off',
    transform_null_equals: 'off',
    gin_fuzzy_search_limit: '0',
    lock_timeout: '0',
    statement_timeout: milliseconds(statementTimeoutSeconds ?? 0),
    idle_in_transaction_session_timeout: milliseconds(IDLE_IN_TRANSACTION_SECONDS),
    // The server finds out that a node is gone.
    tcp_keepalives_idle: '60',
    tcp_keepalives_interval: '10',
    tcp_keepalives_count: '6',
  };
}

export type PostgresSession = 'ours' | 'lent';

/** A pooler between us and the server that does not give us the session we need. */
export class PoolerError extends Error {}

type Rows = { readonly rows: readonly { readonly name: string; readonly value: string }[] };

/** `processId`: the server process that the other end of the connection says it is. */
export async function setUpSession(
  run: (sql: string) => Promise<Rows>,
  processId: number | null,
  options: OpenOptions,
): Promise<PostgresSession> {
  const wanted = Object.entries(settings(options)).map(([name, value]) => `('${name}', '${value}')`);
  const { rows } = await run(
    `select name, set_config(name, value, false) as value from (values ${wanted.join(', ')}) as wanted (name, value)` +
      ` where pg_catalog.pg_backend_pid() = ${Number(processId)}`,
  );
  if (rows.length > 0) return 'ours';
  await requireExpected(run);
  await requireTransactions(run);
  return 'lent';
}

const NO_TRANSACTIONS = '08P01'; // PgBouncer's word at `begin`, with which it ends the connection

async function requireTransactions(run: (sql: string) => Promise<Rows>): Promise<void> {
  try {
    await run('begin');
    await run('rollback');
  } catch (error) {
    if ((error as { code?: unknown }).code !== NO_TRANSACTIONS) throw error;
    throw new PoolerError(
      'the connection pooler before PostgreSQL lends its sessions for one statement at a time, which knows no' +
        ' transactions: set pool_mode to transaction or session for this database, or let Tegata connect to PostgreSQL itself',
    );
  }
}

async function requireExpected(run: (sql: string) => Promise<Rows>): Promise<void> {
  const names = Object.keys(EXPECTED).map((name) => `('${name}')`);
  const { rows } = await run(
    `select name, current_setting(name) as value from (values ${names.join(', ')}) as asked (name)`,
  );
  const wrong = rows.find(({ name, value }) => value.toLowerCase() !== EXPECTED[name]?.toLowerCase());
  if (!wrong) return;
  throw new PoolerError(
    `the connection pooler before PostgreSQL gives sessions with ${wrong.name} = ${wrong.value}` +
      `; Tegata needs ${EXPECTED[wrong.name]}: set it for the role, or let Tegata connect to PostgreSQL itself`,
  );
}

/** `begin` in a lent session. */
export function beginLent({ statementTimeoutSeconds }: OpenOptions): string {
  const local = {
    statement_timeout: milliseconds(statementTimeoutSeconds ?? 0),
    idle_in_transaction_session_timeout: milliseconds(IDLE_IN_TRANSACTION_SECONDS),
  };
  const sets = Object.entries(local).map(([name, value]) => `set local ${name} = ${value}`);
  return ['begin isolation level read committed', ...sets].join('; ');
}
