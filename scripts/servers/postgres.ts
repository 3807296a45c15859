/** A throw-away PostgreSQL: own data folder, free port, no fsync. Its clock stands in Tokyo, as a shop's may. */
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../test/support/free-port.ts';
import { findProgram } from '../programs.ts';
import { type DatabaseServer, launch, makeFolder, runFile, serverOwner } from './server.ts';

/** `settings` win over the usual ones. */
export async function startPostgres(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<DatabaseServer> {
  const owner = serverOwner('postgres');
  const home = makeFolder(join(folder, 'postgres'), owner);
  const data = join(home, 'data');
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  await runFile(findProgram('initdb'), initdb, { ...owner, cwd: home });
  const port = await freePort();
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  return launch({
    name: 'PostgreSQL',
    program: findProgram('postgres'),
    args: [
      ...['-D', data, '-h', '127.0.0.1', '-p', String(port)],
      ...Object.entries({ ...SETTINGS, ...settings }).flatMap(setting),
    ],
    owner,
    logFile: join(folder, 'postgres.log'),
    url,
    stopSignal: 'SIGINT', // fast shutdown: drops the clients
    ping: () => ping(url),
  });
}

/** A streaming standby of a server of this machine, in a folder of its own. */
export async function startStandby(folder: string, primaryUrl: string): Promise<DatabaseServer> {
  const owner = serverOwner('postgres');
  const home = makeFolder(join(folder, 'standby'), owner);
  const data = join(home, 'data');
  const backup = ['-D', data, '-d', primaryUrl, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'];
  await runFile(findProgram('pg_basebackup'), backup, { ...owner, cwd: home });
  const port = await freePort();
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  return launch({
    name: 'PostgreSQL standby',
    program: findProgram('postgres'),
    args: [
      ...['-D', data, '-h', '127.0.0.1', '-p', String(port)],
      ...Object.entries(SETTINGS).flatMap(setting),
    ],
    owner,
    logFile: join(folder, 'standby.log'),
    url,
    stopSignal: 'SIGINT',
    ping: () => ping(url),
  });
}

const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  unix_socket_directories: '',
  TimeZone: 'Asia/Tokyo',
};

const setting = ([name, value]: [string, string]): string[] => ['-c', `${name}=${value}`];

async function ping(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  await client.connect();
  await client.end();
}
