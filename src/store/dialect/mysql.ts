import { MysqlDialect, sql } from 'kysely';
import { createPool } from 'mysql2';
import type { DialectKit, PortableType } from './kit.ts';

const TYPES: Record<PortableType, string> = {
  integer: 'int unsigned',
  smallint: 'smallint unsigned',
  string: 'varchar',
  text: 'longtext',
  decimal: 'numeric',
  boolean: 'tinyint(1)',
  datetimetz: 'datetime',
};

export const mysql: DialectKit = {
  name: 'mysql',
  open: (url, options) => {
    const pool = createPool({
      uri: url,
      connectionLimit: options.poolSize,
      charset: 'utf8mb4_bin',
      timezone: 'Z',
      dateStrings: true,
      supportBigNumbers: true,
      connectTimeout: 5_000,
    });
    // READ COMMITTED as EC-CUBE itself uses; UTC as EC-CUBE stores.
    pool.on('connection', (connection) => {
      connection.query(`set session time_zone = '+00:00', session transaction_isolation = 'READ-COMMITTED'`);
    });
    return new MysqlDialect({ pool });
  },
  supportsTransactionalDdl: false,
  supportsRowLocks: true,
  livenessTtlMs: 500,
  autoIncrement: { type: 'integer', identity: false },
  columnType: (type, size = {}) => {
    if (type === 'string') return `varchar(${size.length ?? 255})`;
    if (type === 'decimal') return `numeric(${size.precision ?? 12}, ${size.scale ?? 0})`;
    return TYPES[type];
  },
  dateText: (at) => new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' '),
  like: (left, pattern) => sql<boolean>`${left} like ${pattern}`,
  concat: (parts) => sql<string>`concat(${sql.join(parts.map((part) => sql`coalesce(${part}, '')`))})`,
};
