/**
 * The change feed's triggers on SQLite: three per table; they fire in every program that writes to the file. SQLite compiles
 * a trigger with the statement that fires it: without Tegata's tables the shop's statement fails, and nothing in the trigger
 * could prevent that.
 */
import { sql } from 'kysely';
import {
  CHANGE_COLUMNS,
  type FeedKit,
  insertSelect,
  type LiveTriggerRow,
  type Spelling,
  TRIGGER_EVENTS,
  touchesOf,
} from '../feed-kit.ts';

// `unixepoch()` would break writers whose SQLite is older than 3.38.
const SPELLING: Spelling = {
  now: `cast(strftime('%s', 'now') as integer)`,
  schemaPrefix: '',
  origin: 'null', // set by `asOrigin`: a trigger sees nothing that a program keeps to itself
  differs: (column) => `new."${column}" is not old."${column}"`,
  joined: (texts) => texts.map((text) => `coalesce(${text}, '')`).join(` || ' ' || `),
};

export const sqliteFeed: FeedKit = {
  createChangeTable: [
    `create table tegata_change (change_id integer primary key autoincrement, ${CHANGE_COLUMNS})`,
  ],
  changeKey: sql<string>`cast(change_id as text)`,
  dropChanges: (keys) => [sql`delete from tegata_change where change_id in (${sql.join(keys.map(Number))})`],
  wanted: (source, columns) =>
    TRIGGER_EVENTS.map((event) => {
      const name = `tegata_${source.table}_${event}`;
      const textWith = (known?: ReadonlySet<string>): string => {
        const inserts = touchesOf(source, event).map((touch) => insertSelect(source, touch, SPELLING, known));
        return `CREATE TRIGGER ${name} after ${event} on ${source.table} for each row begin\n${inserts.join('\n')}\nend`;
      };
      const text = textWith(columns);
      return { name, table: source.table, text, formerTexts: [textWith()], create: [text] };
    }),
  live: sql<LiveTriggerRow>`
    select name, tbl_name as "table", sql as text, 1 as fires
    from sqlite_schema where type = 'trigger' and name like 'tegata\\_%' escape '\\'`,
  drop: ({ name }) => [`drop trigger if exists "${name}"`],
  // One writer at a time: the rows that have come since are the deed's, and no other program's.
  asOrigin: async (tx, origin, deed) => {
    const there = await sql`select 1 from sqlite_schema where name = 'tegata_change'`.execute(tx);
    if (there.rows.length === 0) return deed(); // Tegata's tables have gone before it
    const { rows } = await sql<{ last: number }>`
      select coalesce(max(seq), 0) as last from sqlite_sequence where name = 'tegata_change'`.execute(tx);
    const result = await deed();
    await sql`update tegata_change set origin = ${origin} where change_id > ${rows[0]?.last ?? 0}`.execute(
      tx,
    );
    return result;
  },
  // The embedded shop gets its triggers in the transaction that makes it.
  withShortLocks: (db, deed) => (db.isTransaction ? deed(db) : db.transaction().execute(deed)),
};
