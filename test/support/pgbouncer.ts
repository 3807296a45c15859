/** The real PgBouncer before the usual PostgreSQL, with few connections, so that clients meet in the same sessions. */
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findProgram, hasProgram } from '../../scripts/programs.ts';
import { launch, serverOwner } from '../../scripts/servers/server.ts';
import { freePort } from './free-port.ts';

export type Pooled = {
  /** The database of `behind`, by way of PgBouncer. */
  readonly url: string;
  stop(): Promise<void>;
};

/** Why PgBouncer cannot run here. */
export const lackingPgbouncer = (): string | undefined => {
  if (!hasProgram('pgbouncer')) return 'pgbouncer is not installed';
  return process.env.TEGATA_TEST_POSTGRES_URL ? undefined : 'TEGATA_TEST_POSTGRES_URL is not set';
};

export async function startPgbouncer(
  behind: string,
  mode: 'transaction' | 'session' | 'statement',
  connections: number,
): Promise<Pooled> {
  const target = new URL(behind);
  const owner = serverOwner('postgres');
  const folder = mkdtempSync(join(tmpdir(), 'tegata-pgbouncer-'));
  chmodSync(folder, 0o711);
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const url = new URL(behind);
  url.port = String(await freePort());
  url.hostname = '127.0.0.1';
  const settings = join(folder, 'pgbouncer.ini');
  writeFileSync(
    settings,
    `[databases]
* = host=${target.hostname} port=${target.port} user=${target.username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${url.port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${connections}
`,
  );
  const server = await launch({
    name: 'PgBouncer',
    program: findProgram('pgbouncer'),
    args: [settings],
    owner,
    logFile: join(folder, 'log'),
    url: url.href,
    stopSignal: 'SIGTERM',
    ping: async () => {
      const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 2_000 });
      await client.connect();
      await client.end();
    },
  });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: url.href, stop };
}
