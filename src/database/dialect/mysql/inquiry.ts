/** Asks MySQL or MariaDB about the sessions of our own account. */
import { type ConnectionOptions, createConnection, type RowDataPacket } from 'mysql2/promise';
import { INQUIRY_MS, type Inquiry, OVER_FOR_SECONDS } from '../connection-watch.ts';

export async function openMysqlInquiry(connection: ConnectionOptions): Promise<Inquiry> {
  const asking = await createConnection({ ...connection, connectTimeout: INQUIRY_MS });
  asking.on('error', () => {});
  const ask = async (sql: string): Promise<RowDataPacket[]> => {
    const [rows] = await asking.query<RowDataPacket[]>({ sql, timeout: INQUIRY_MS, rowsAsArray: true });
    return rows;
  };
  const [own] = await ask('select connection_id()');
  if (Number(own?.[0]) !== asking.threadId) {
    asking.destroy();
    throw new Error('a proxy before the database gives sessions numbers of its own');
  }
  /** Those there are, each with whether it has slept for a while. */
  const sleeping = async (ids: readonly number[]): Promise<Map<number, boolean>> => {
    const rows = await ask(
      `select id, command = 'Sleep' and time >= ${OVER_FOR_SECONDS} from information_schema.processlist
       where id in (${ids.map(Number).join(', ')})`,
    );
    return new Map(rows.map((row) => [Number(row[0]), Number(row[1]) === 1]));
  };
  return {
    over: async (suspects) => {
      const [status] = await ask("show global status like 'Uptime'");
      const uptime = Number(status?.[1] ?? Number.POSITIVE_INFINITY);
      const known = await sleeping(suspects.map(({ id }) => id));
      const isOver = ({ id, openedSecondsAgo }: (typeof suspects)[number]) =>
        known.get(id) ?? uptime < openedSecondsAgo - 1;
      return suspects.filter(isOver).map(({ id }) => id);
    },
    end: async (suspects) => {
      const known = await sleeping(suspects.map(({ id }) => id));
      for (const [id, isOver] of known) {
        if (isOver) await ask(`kill ${id}`).catch(() => undefined); // gone meanwhile
      }
    },
    close: () => asking.destroy(),
  };
}
