/**
 * The change feed's triggers on MySQL and MariaDB: three per table. They run with the rights of the account that made
 * them (DEFINER); restoring a dump on a server without that account makes writes to the shop fail, as with any trigger.
 *
 * INSERT … VALUES and no INSERT … SELECT: the latter takes InnoDB's AUTO-INC lock on `tegata_change` until the writer's
 * statement ends (innodb_autoinc_lock_mode 1), and two writers of the shop deadlock on it. The id behind a child of a
 * child is read by SELECT … INTO, which locks nothing.
 *
 * Taken rows are deleted by a join that looks each one up by its key. For a list of keys the optimizer likes to read the
 * whole table instead, and DELETE then waits for every row that a writer of the shop has inserted but not committed:
 * one long transaction would hold up the feed. `tegata_change_taken` is empty but during the sequencer's transaction.
 */
import { sql } from 'kysely';
import type { FeedSource } from '../../feed-sources.ts';
import {
  CHANGE_COLUMNS,
  type FeedKit,
  INTO_CHANGE,
  type LiveTriggerRow,
  TRIGGER_EVENTS,
  type TriggerEvent,
  touchesOf,
} from '../feed-kit.ts';
import { INTO_CHANGE_WITH_PARTS, type PartsSpelling, partsTold, type Touch } from '../feed-parts.ts';

const LOCK_WAIT_SECONDS = 3;

/**
 * Without Tegata's tables (ER_NO_SUCH_TABLE), or with those of an earlier version (ER_BAD_FIELD_ERROR), the shop's statement
 * does what it would do without the trigger.
 */
const FORGIVING = 'declare continue handler for 1146, 1054 begin end;\n';
const FORGIVING_BEFORE = 'declare continue handler for 1146 begin end;\n';

const SPELLING: PartsSpelling = {
  // As bytes: a collation takes different letters for equal.
  differs: (column) => `not (cast(new.\`${column}\` as binary) <=> cast(old.\`${column}\` as binary))`,
  joined: (texts) => `concat_ws(' ', ${texts.join(', ')})`,
};

export const mysqlFeed: FeedKit = {
  createChangeTable: [
    `create table tegata_change (change_id bigint not null auto_increment primary key, ${CHANGE_COLUMNS})`,
    'create table tegata_change_taken (change_id bigint not null primary key)',
  ],
  changeKey: sql<string>`cast(change_id as char)`,
  dropChanges: (keys) => [
    sql`insert into tegata_change_taken (change_id) values ${sql.join(keys.map((key) => sql`(${Number(key)})`))}`,
    sql`delete c from tegata_change_taken t straight_join tegata_change c force index (primary)
      on c.change_id = t.change_id`,
    sql`delete from tegata_change_taken`,
  ],
  wanted: (source, columns) =>
    TRIGGER_EVENTS.map((event) => {
      const name = `tegata_${source.table}_${event}`;
      const text = bodyOf(source, event, FORGIVING, columns);
      const head = `create trigger ${name} after ${event} on ${source.table} for each row`;
      const formerTexts = [bodyOf(source, event, FORGIVING_BEFORE), bodyOf(source, event, '')];
      return { name, table: source.table, text, formerTexts, create: [`${head} ${text}`] };
    }),
  live: sql<LiveTriggerRow>`
    select trigger_name as name, event_object_table as \`table\`, action_statement as text,
      action_timing = 'AFTER' as fires
    from information_schema.triggers
    where trigger_schema = database() and trigger_name like 'tegata\\_%'`,
  drop: ({ name }) => [`drop trigger if exists \`${name}\``],
  withShortLocks: (db, deed) =>
    db.connection().execute(async (connection) => {
      await sql.raw(`set session lock_wait_timeout = ${LOCK_WAIT_SECONDS}`).execute(connection);
      try {
        await deed(connection);
      } finally {
        await sql.raw('set session lock_wait_timeout = default').execute(connection);
      }
    }),
  // The variable belongs to the session: unset before the transaction ends, also by a failure, it is no one else's.
  asOrigin: async (tx, origin, deed) => {
    await sql`set @tegata_origin = ${origin}`.execute(tx);
    const unset = () => sql`set @tegata_origin = null`.execute(tx);
    try {
      return await deed();
    } finally {
      await unset().catch(unset); // a KILL QUERY meant for the deed may have come late
    }
  },
};

/** Without `columns`, as 0.1.0 wrote it. */
function bodyOf(
  source: FeedSource,
  event: TriggerEvent,
  handler: string,
  columns?: ReadonlySet<string>,
): string {
  const declared = `${source.through ? 'declare parent bigint;\n' : ''}${handler}`;
  const statements = touchesOf(source, event).map((touch) => statementOf(source, touch, columns));
  return `begin\n${declared}${statements.join('\n')}\nend`;
}

function statementOf(source: FeedSource, touch: Touch, columns?: ReadonlySet<string>): string {
  const { entity, column, through } = source;
  const { row, action, when } = touch;
  const key = through ? 'parent' : `${row}.${column}`;
  const look = through
    ? `select max(p.${through.column}) into parent from ${through.table} p where p.${through.key} = ${row}.${column};\n`
    : '';
  const condition = `${key} is not null${when === undefined ? '' : ` and ${when}`}`;
  const into = columns ? INTO_CHANGE_WITH_PARTS : INTO_CHANGE;
  const told = columns ? `, ${partsTold(source, touch, columns, SPELLING)}, @tegata_origin` : '';
  const insert = `${into} values ('${entity}', ${key}, '${action}', unix_timestamp()${told});`;
  return `${look}if ${condition} then ${insert} end if;`;
}
