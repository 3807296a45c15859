/**
 * What a session of MySQL or MariaDB is set to before its first use. The server, an account or `init_connect` may say
 * otherwise, and what a statement means hangs on each: whether `\` escapes and `"` quotes, whether '' is null, how many
 * rows SELECT gives, whether a statement is committed, whether a new table knows transactions, whether a text that does
 * not fit is cut in silence.
 */
import type { OpenOptions } from '../kit.ts';
import { IDLE_IN_TRANSACTION_SECONDS } from '../limits.ts';

/** MySQL and MariaDB share these defaults; everything else, NO_BACKSLASH_ESCAPES first of all, is off. */
const SQL_MODE = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

/** In order, before any other statement of a connection; one that fails makes the connection unusable. */
export const sessionStatements = ({ statementTimeoutSeconds }: OpenOptions): readonly string[] => [
  // Texts are UTF-8 both ways, whatever the server forces on those who log in.
  'set names utf8mb4 collate utf8mb4_bin',
  `set session ${[
    `sql_mode = '${SQL_MODE}'`,
    `time_zone = '+00:00'`,
    'autocommit = 1',
    'completion_type = 0',
    'sql_auto_is_null = 0',
    'sql_safe_updates = 0',
    'sql_select_limit = 18446744073709551615',
    'sql_big_selects = 1',
    'foreign_key_checks = 1',
    'unique_checks = 1',
    'default_storage_engine = InnoDB',
    ...(statementTimeoutSeconds === undefined
      ? []
      : [`innodb_lock_wait_timeout = ${statementTimeoutSeconds}`]),
  ].join(', ')}`,
  // READ COMMITTED as EC-CUBE itself uses. As a statement: the variable's name differs between MySQL 8 and MariaDB.
  'set session transaction isolation level read committed',
  ...timeouts(statementTimeoutSeconds),
];

/** Each server reads its own comment. MySQL limits SELECT only, and knows no limit for a transaction that waits. */
const timeouts = (seconds: number | undefined): readonly string[] => {
  if (seconds === undefined) return [];
  const mariadb = `max_statement_time = ${seconds}, idle_transaction_timeout = ${IDLE_IN_TRANSACTION_SECONDS}`;
  return [
    `set session /*M!100300 ${mariadb}, */ /*!50708 max_execution_time = ${seconds * 1000}, */ autocommit = 1`,
  ];
};
