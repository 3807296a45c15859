/** Which errors of a driver say that the database cannot serve now, rather than that a statement of ours is wrong. */

/**
 * `unreachable`: no one answers, or we are not let in. `busy`: it gave up (too many connections, a time limit, a deadlock).
 * `read-only`: it takes no writes, as a standby does. `full`: its disk is.
 */
export type Outage = 'unreachable' | 'busy' | 'read-only' | 'full';

type Coded = Error & { readonly code?: unknown; readonly errno?: unknown; readonly errcode?: unknown };

const SOCKET: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN'],
  ...['ENETUNREACH', 'ENETDOWN', 'ENOTFOUND', 'EAI_AGAIN', 'PROTOCOL_CONNECTION_LOST'],
]);

const socketOutage = ({ code }: Coded): Outage | undefined => (SOCKET.has(code) ? 'unreachable' : undefined);

/** What node-postgres says without a code. */
const POSTGRES_WORDS: readonly (readonly [RegExp, Outage])[] = [
  [/^(Connection terminated|Client (has encountered a connection error|was closed))/, 'unreachable'],
  [/^(Query read timeout|timeout exceeded when trying to connect|timeout expired)/, 'busy'],
];

/** SQLSTATEs, the longest beginning that is named decides (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const POSTGRES_STATES: Readonly<Record<string, Outage>> = {
  '08': 'unreachable', // connection exception
  '25006': 'read-only',
  '25P03': 'busy', // idle in transaction for too long
  '28': 'unreachable', // not let in
  '3D000': 'unreachable', // no such database
  '40001': 'busy', // serialization failure
  '40P01': 'busy', // deadlock
  '53': 'busy', // out of connections or memory
  '53100': 'full',
  '55P03': 'busy', // a lock that is not to be had
  '57': 'unreachable', // shut down, starting up
  '57014': 'busy', // statement timeout
  '58': 'unreachable', // input or output error
};

export function postgresOutage(error: Error): Outage | undefined {
  const { code } = error as Coded;
  if (typeof code !== 'string') return POSTGRES_WORDS.find(([form]) => form.test(error.message))?.[1];
  return POSTGRES_STATES[code] ?? POSTGRES_STATES[code.slice(0, 2)] ?? socketOutage(error);
}

const MYSQL_WORDS = /^(Can't add new command when connection is in closed state|Can't write in closed state)/;

/** Error numbers, which MySQL and MariaDB share; the driver knows the names of MySQL only. */
const MYSQL_NUMBERS: ReadonlyMap<unknown, Outage> = new Map<unknown, Outage>([
  ...[1021, 1114].map((number) => [number, 'full'] as const), // disk full, table full
  ...[1290, 1792, 1836].map((number) => [number, 'read-only'] as const),
  // Too many connections (three limits), lock wait, deadlock, query interrupted or out of time (MySQL, MariaDB).
  ...[1040, 1203, 1226, 1205, 1213, 1317, 3024, 1969].map((number) => [number, 'busy'] as const),
  // Not let in (three ways), no such database, shutting down, network errors, killed.
  ...[1044, 1045, 1698, 1049, 1053, 1152, 1158, 1159, 1160, 1161, 1927, 4031].map(
    (number) => [number, 'unreachable'] as const,
  ),
]);

export function mysqlOutage(error: Error): Outage | undefined {
  const { code, errno } = error as Coded;
  if (code === 'PROTOCOL_SEQUENCE_TIMEOUT') return 'busy';
  if (code === undefined) return MYSQL_WORDS.test(error.message) ? 'unreachable' : undefined;
  return MYSQL_NUMBERS.get(errno) ?? socketOutage(error);
}

/** Primary result codes (https://www.sqlite.org/rescode.html); what they hold beyond eight bits is detail. */
const SQLITE_CODES: ReadonlyMap<number, Outage> = new Map<number, Outage>([
  [5, 'busy'], // another process writes
  [6, 'busy'],
  [7, 'busy'], // out of memory
  [8, 'read-only'],
  [10, 'unreachable'], // input or output error
  [13, 'full'],
  [14, 'unreachable'], // the file cannot be opened
]);

export function sqliteOutage(error: Error): Outage | undefined {
  const { errcode } = error as Coded;
  return typeof errcode === 'number' ? SQLITE_CODES.get(errcode & 0xff) : undefined;
}
