/**
 * Databases that are filled the same way again and again. The first is filled by the program itself; from the second on
 * each is a copy of one that was, made by the database: what a copy holds came from the same statements.
 */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from '../../src/database/open.ts';
import { databaseOf, onMysql, onPostgres, serverOf, urlOn } from './database-servers.ts';
import { scratchFolder } from './scratch.ts';

type Fill = (store: Store) => Promise<void>;
/** Copies the template over the empty database at a URL; false when that is not empty, or in use. */
type Template = { copyTo(url: string): Promise<boolean> };
type Maker = (fill: Fill) => Promise<Template>;

const SQLITE_FILE = /^sqlite:(.+)$/;

/** How often each way to fill was asked for in this process, and the template from the second time on. */
const wanted = new Map<string, number>();
const templates = new Map<string, Promise<Template>>();

/** Does to the database what `fill` does. `what` names that; the same name means the same statements. */
export async function fillDatabase(url: string, what: string, fill: Fill): Promise<void> {
  const maker = makerFor(url);
  const key = `${url.split(':')[0]} ${what}`;
  const times = (wanted.get(key) ?? 0) + 1;
  wanted.set(key, times);
  if (maker !== undefined && times > 1) {
    const template = templates.get(key) ?? maker(fill);
    templates.set(key, template);
    if (await (await template).copyTo(url)) return;
  }
  await filled(url, fill);
}

async function filled(url: string, fill: Fill): Promise<void> {
  const store = openStore(url);
  try {
    await fill(store);
  } finally {
    await store.close();
  }
}

/** Undefined where the database is reached in a way of its own, by which no copy comes. */
function makerFor(url: string): Maker | undefined {
  if (SQLITE_FILE.test(url)) return sqliteTemplate;
  const server = serverOf(url);
  if (server === undefined) return undefined;
  return server === 'postgres' ? postgresTemplate : mysqlTemplate;
}

async function sqliteTemplate(fill: Fill): Promise<Template> {
  const file = join(scratchFolder('tegata-template-'), 'shop.db');
  await filled(`sqlite:${file}`, fill);
  const copyTo = async (url: string) => {
    const [, target = ''] = SQLITE_FILE.exec(url) ?? [];
    if (existsSync(target)) return false;
    copyFileSync(file, target);
    return true;
  };
  return { copyTo };
}

/** Named so that global-teardown.ts finds it. */
const templateName = (): string =>
  `tegata_template_${process.env.TEGATA_TEST_RUN ?? 'x'}_${randomBytes(6).toString('hex')}`;

/** Tables, schemas, and settings of the database itself. */
const POSTGRES_CONTENT = `
  select 1 from pg_class where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace,
    'pg_toast'::regnamespace)
  union all select 1 from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
  union all select 1 from pg_db_role_setting where setdatabase =
    (select oid from pg_database where datname = current_database())
  limit 1`;

async function postgresTemplate(fill: Fill): Promise<Template> {
  const template = templateName();
  await onPostgres(`create database ${template} template template0`);
  await filled(urlOn('postgres', template) ?? '', fill);
  const copyTo = async (url: string) => {
    if ((await onPostgres(POSTGRES_CONTENT, url)).length > 0) return false;
    const name = databaseOf(url);
    try {
      await onPostgres(`drop database ${name}`);
    } catch {
      return false; // connected to already
    }
    await onPostgres(`create database ${name} template ${template}`);
    return true;
  };
  return { copyTo };
}

async function mysqlTemplate(fill: Fill): Promise<Template> {
  const template = templateName();
  await onMysql(`create database ${template} character set utf8mb4`);
  await filled(urlOn('mysql', template) ?? '', fill);
  if ((await onMysql(`show triggers from ${template}`)).length > 0)
    throw new Error(`${template} has triggers`);
  const statements = ['set foreign_key_checks = 0'];
  const rows = await onMysql(`show full tables from ${template} where Table_type = 'BASE TABLE'`);
  for (const table of rows.map((row) => String(Object.values(row)[0]))) {
    const [made] = await onMysql(`show create table ${template}.\`${table}\``);
    const columns = await onMysql(
      `select column_name as name from information_schema.columns where table_schema = '${template}'
       and table_name = '${table}' and coalesce(generation_expression, '') = ''`,
    );
    const list = columns.map(({ name }) => `\`${name}\``).join(', ');
    statements.push(String(made?.['Create Table']));
    statements.push(`insert into \`${table}\` (${list}) select ${list} from ${template}.\`${table}\``);
  }
  const copyTo = async (url: string) => {
    const name = databaseOf(url);
    const tables = `select 1 from information_schema.tables where table_schema = '${name}' limit 1`;
    if ((await onMysql(tables)).length > 0) return false;
    await onMysql(statements.join(';\n'), url);
    return true;
  };
  return { copyTo };
}
