/** After a run: drops the templates that its processes made (filled-database.ts) and that nobody else knows. */
import { onMysql, onPostgres } from './database-servers.ts';

export async function setup(): Promise<() => Promise<void>> {
  const prefix = `tegata_template_${process.env.TEGATA_TEST_RUN}_`;
  return async () => {
    if (process.env.TEGATA_TEST_POSTGRES_URL) {
      const like = `select datname as name from pg_database where starts_with(datname, '${prefix}')`;
      for (const { name } of await onPostgres(like)) await onPostgres(`drop database ${name} with (force)`);
    }
    if (process.env.TEGATA_TEST_MYSQL_URL) {
      const like = `select schema_name as name from information_schema.schemata where left(schema_name, ${prefix.length}) = '${prefix}'`;
      for (const { name } of await onMysql(like)) await onMysql(`drop database ${name}`);
    }
  };
}
