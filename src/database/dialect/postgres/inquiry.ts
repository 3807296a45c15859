/** Asks PostgreSQL about the sessions of our own role. */
import type pg from 'pg';
import { INQUIRY_MS, type Inquiry, OVER_FOR_SECONDS, type Suspect } from '../connection-watch.ts';

/** `ClientWrite`: it cannot get rid of the answer. */
const IS_OVER = `(a.state like 'idle%' or a.wait_event = 'ClientWrite')
  and a.state_change <= clock_timestamp() - interval '${OVER_FOR_SECONDS} s'`;

const OVER = `
  select s.id from unnest($1::int[], $2::float8[]) as s (id, age)
  left join pg_stat_activity a on a.pid = s.id
  where (${IS_OVER}) or (a.pid is null and pg_postmaster_start_time() > clock_timestamp() - s.age * interval '1 s')`;

/** A number is given to another session in time: that one is younger. */
const END = `
  select pg_terminate_backend(a.pid) from unnest($1::int[], $2::float8[]) as s (id, age)
  join pg_stat_activity a on a.pid = s.id
  where ${IS_OVER} and a.usename = current_user and a.backend_start <= clock_timestamp() - s.age * interval '1 s'`;

/** `config`: the pool's own. */
export async function openPostgresInquiry(
  Client: typeof pg.Client,
  config: pg.ClientConfig,
): Promise<Inquiry> {
  const client = new Client({
    ...config,
    connectionTimeoutMillis: INQUIRY_MS,
    query_timeout: INQUIRY_MS,
  });
  client.on('error', () => {});
  await client.connect();
  const ask = async (text: string, suspects: readonly Suspect[]): Promise<readonly { id: number }[]> => {
    const ages = suspects.map(({ openedSecondsAgo }) => openedSecondsAgo);
    return (await client.query<{ id: number }>(text, [suspects.map(({ id }) => id), ages])).rows;
  };
  return {
    over: async (suspects) => (await ask(OVER, suspects)).map(({ id }) => Number(id)),
    end: async (suspects) => void (await ask(END, suspects)),
    close: () => void client.end().catch(() => undefined),
  };
}
