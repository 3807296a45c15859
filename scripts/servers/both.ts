/** Starts PostgreSQL and MariaDB side by side in one temporary folder; whatever cannot start is named, not hidden. */
import { chmodSync, rmSync } from 'node:fs';
import { scratchFolder } from '../../test/support/scratch.ts';
import { startMariadb } from './mariadb.ts';
import { startPostgres } from './postgres.ts';
import type { DatabaseServer } from './server.ts';

export type TestServers = {
  /** The variables under which test/support/databases.ts looks for the servers. */
  readonly env: Record<string, string>;
  /** One line for each server that did not start. */
  readonly failures: string[];
  stop(): Promise<void>;
};

export async function startServers(): Promise<TestServers> {
  const folder = scratchFolder('tegata-servers-');
  chmodSync(folder, 0o711); // the servers' own users pass through it
  const [postgres, mariadb] = await Promise.allSettled([startPostgres(folder), startMariadb(folder)]);
  const running: DatabaseServer[] = [];
  const env: Record<string, string> = {};
  const failures: string[] = [];
  for (const [variable, outcome] of [
    ['TEGATA_TEST_POSTGRES_URL', postgres],
    ['TEGATA_TEST_MYSQL_URL', mariadb],
  ] as const) {
    if (outcome.status === 'rejected') {
      failures.push(`no ${variable}: ${(outcome.reason as Error).message}`);
      continue;
    }
    running.push(outcome.value);
    env[variable] = outcome.value.url;
  }
  const stop = async () => {
    await Promise.all(running.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  return { env, failures, stop };
}
