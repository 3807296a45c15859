/** The dumps and recordings of a real shop (../shared/eccube/real-shop), where they exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import type { TestDatabase } from '../../support/databases.ts';

const FOLDER = join(import.meta.dirname, '../../../../shared/eccube/real-shop');

export const realShopLacking = existsSync(FOLDER) ? undefined : 'the recorded shop is not here';

/** Loads the dump into an empty database; undefined where there is no dump for it. */
export const realShopLoaders: Readonly<
  Record<TestDatabase['name'], ((database: TestDatabase) => Promise<void>) | undefined>
> = {
  sqlite: undefined,
  postgres: async ({ url }) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(recording('eccube43-pgsql.sql').replace(/^\\.*$/gm, '')); // lines with a backslash are for psql alone
    await client.end();
  },
  mysql: async ({ url }) => {
    const connection = await createConnection({ uri: url, multipleStatements: true });
    await connection.query(recording('eccube43-mysql.sql'));
    await connection.end();
  },
};

/** A file of the folder. */
export const recording = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

type PluginError = { readonly extensions: { readonly category: string } };

/** An answer without what Tegata tells beside the plugin's: the cost, and the code and place of an error. */
export function asPlugin<A extends { readonly errors?: readonly PluginError[] }>(answer: A): A {
  const { extensions: _cost, ...rest } = answer as A & { readonly extensions?: unknown };
  const errors = answer.errors?.map((error) => ({
    ...error,
    extensions: { category: error.extensions.category },
  }));
  return { ...rest, ...(errors && { errors }) } as unknown as A;
}
