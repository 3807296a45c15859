/** The schema of a database as its own program dumps it; on SQLite, as its file keeps it. */
import { execFileSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { findProgram } from '../../scripts/programs.ts';
import type { TestDatabase } from './databases.ts';

const DUMPS: Readonly<Record<TestDatabase['name'], (url: string) => string>> = {
  sqlite: dumpSqlite,
  postgres: (url) =>
    // Newer versions put a random word into the dump's first and last line.
    execFileSync(findProgram('pg_dump'), ['--schema-only', url], { encoding: 'utf8' }).replace(
      /^\\(un)?restrict .*$/gm,
      '',
    ),
  mysql: dumpMysql,
};

export const schemaDump = ({ name, url }: Pick<TestDatabase, 'name' | 'url'>): string => DUMPS[name](url);

function dumpSqlite(url: string): string {
  const database = new DatabaseSync(url.replace(/^sqlite:/, ''), { readOnly: true });
  try {
    const rows = database
      .prepare('select type, name, tbl_name, sql from sqlite_master order by type, name')
      .all();
    return rows.map((row) => Object.values(row).join(' | ')).join('\n');
  } finally {
    database.close();
  }
}

function dumpMysql(url: string): string {
  const { hostname, port, username, password, pathname } = new URL(url);
  const what = ['--no-data', '--triggers', '--routines', '--events', '--skip-comments'];
  const where = ['-h', hostname, '-P', port, '-u', decodeURIComponent(username)];
  return execFileSync(findProgram('mariadb-dump'), [...what, ...where, pathname.slice(1)], {
    encoding: 'utf8',
    env: { ...process.env, MYSQL_PWD: decodeURIComponent(password) },
  });
}
