/** A database that cannot serve now: every command and `doctor` say so in one line, and what to look at. */
import { createServer } from 'node:net';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/database/open.ts';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';
import { refusalOf, useCli } from './cli.ts';

type Doctor = { checks: { name: string; state: string; says: string }[] };

async function linesOf(url: URL): Promise<string[]> {
  const cli = useCli({ DATABASE_URL: url.href }, onTestFinished);
  const { stdout } = await cli.run('doctor', '--json');
  const { says } = (JSON.parse(stdout) as Doctor).checks.find(
    ({ state, name }) => state === 'fault' && name === 'database',
  )!;
  return [refusalOf(await cli.run('client', 'list')), says];
}

/** An account that may open one connection, and a connection that is it. */
async function lastConnection(db: TestDatabase): Promise<URL> {
  const name = `tegata_one_${Math.random().toString(36).slice(2, 10)}`;
  const owner = await db.open();
  const url = new URL(db.url);
  const run = (text: string) => sql.raw(text).execute(owner.db);
  if (db.name === 'postgres') await run(`create role ${name} login connection limit 1`);
  else await run(`create user ${name}@'%' identified by 'one' with max_user_connections 1`);
  if (db.name !== 'postgres') await run(`grant all on *.* to ${name}@'%'`);
  url.username = name;
  url.password = 'one';
  onTestFinished(async () => {
    await run(db.name === 'postgres' ? `drop role ${name}` : `drop user ${name}@'%'`);
    await owner.close();
  });
  return url;
}

eachDatabase((db) => {
  if (db.name === 'sqlite') {
    test('a file that is a folder', async () => {
      const url = new URL(`sqlite:${import.meta.dirname}`);
      for (const line of await linesOf(url))
        expect(line).toMatch(/the database cannot be used: .*DATABASE_URL/);
    });
    return;
  }

  test('a server that hangs up while it comes up', async () => {
    const port = await freePort();
    const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
    onTestFinished(() => void server.close());
    const url = new URL(db.url);
    url.port = String(port);
    for (const line of await linesOf(url)) {
      expect(line).toMatch(
        /^(tegata: )?the database (cannot be reached|server does not answer).*DATABASE_URL/,
      );
      expect(line).not.toMatch(/\n|node_modules/);
    }
  });

  test('no connection is left', async () => {
    const url = await lastConnection(db);

    const held = openStore(url.href, { poolSize: 1, statementTimeoutSeconds: 5 });
    await held.db.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx);
      for (const line of await linesOf(url)) {
        expect(line).toMatch(/the database is busy: .*connections/);
        expect(line).not.toMatch(/\n|node_modules/);
      }
    });
    await held.close();
  });
});
