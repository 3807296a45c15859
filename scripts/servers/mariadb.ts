/** A throw-away MariaDB: own data folder, free port, nothing flushed. Its clock stands in Tokyo, as a shop's may. */
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePort } from '../../test/support/free-port.ts';
import { findProgram } from '../programs.ts';
import { type DatabaseServer, launch, makeFolder, runFile, serverOwner } from './server.ts';

/** `settings` come behind the usual ones and win. */
export async function startMariadb(
  folder: string,
  settings: readonly string[] = [],
): Promise<DatabaseServer> {
  const owner = serverOwner('mysql');
  const home = makeFolder(join(folder, 'mariadb'), owner);
  const data = join(home, 'data');
  const common = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${home}`];
  const installArgs = [...common, '--auth-root-authentication-method=normal', '--skip-test-db'];
  await runFile(findProgram('mariadb-install-db'), installArgs, { ...owner, cwd: home });
  const port = await freePort();
  const url = `mysql://root@127.0.0.1:${port}/mysql`;
  const listen = ['--bind-address=127.0.0.1', `--port=${port}`, `--socket=${join(home, 'socket')}`];
  return launch({
    name: 'MariaDB',
    program: findProgram('mariadbd'),
    args: [...common, ...listen, `--pid-file=${join(home, 'pid')}`, ...SETTINGS, ...settings],
    owner,
    logFile: join(folder, 'mariadb.log'),
    url,
    stopSignal: 'SIGTERM',
    ping: () => ping(url),
  });
}

const SETTINGS = [
  '--innodb-flush-log-at-trx-commit=0',
  '--skip-innodb-doublewrite',
  '--innodb-fast-shutdown=2', // the data is thrown away: no purge, no flush
  '--skip-log-bin',
  '--max-connections=300',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_general_ci',
  '--default-time-zone=+09:00',
];

async function ping(uri: string): Promise<void> {
  const connection = await createConnection({ uri, connectTimeout: 2_000 });
  await connection.end();
}
