/** Every field of the schema, asked of the dumps of a real shop on PostgreSQL and MariaDB: nothing is in the way of anything. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';
import { describeUnless } from '../support/left-out.ts';
import { type ShopApi, startApi } from './support/shop-api.ts';

const FOLDER = join(import.meta.dirname, '../../../shared/eccube/real-shop');

describeUnless(existsSync(FOLDER) ? undefined : 'the recorded shop is not here', 'a real shop', () => {
  eachDatabase((database) => {
    if (database.name === 'sqlite') {
      test('has no dump for SQLite', () =>
        expect(existsSync(join(FOLDER, 'eccube43-sqlite.sql'))).toBe(false));
      return;
    }
    let shop: ShopApi;
    beforeAll(async () => {
      await LOADERS[database.name](database);
      shop = await startApi(database.open());
    });
    afterAll(() => shop.close());

    test.each(['products', 'orders', 'customers'])(
      '%s: all fields of all rows, two relations deep',
      async (field) => {
        const schema = buildSchema(shop.api.sdl());
        const connection = getNamedType(schema.getQueryType()?.getFields()[field]?.type);
        const node = isObjectType(connection) ? getNamedType(connection.getFields().nodes?.type) : undefined;
        const fields = allFields(node as GraphQLObjectType, 2);
        const answer = await shop.ask(`{ ${field}(limit: 1000) { totalCount nodes { ${fields} } } }`);
      expect(answer.errors).toBeUndefined();
        expect(answer.data[field].nodes.length).toBe(answer.data[field].totalCount);
        expect(answer.data[field].totalCount).toBeGreaterThanOrEqual(20);
        expect(shop.log).toEqual([]);
      },
    );
  });
});

const LOADERS = { postgres: loadPostgres, mysql: loadMysql };

async function loadPostgres({ url }: TestDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(dump('pgsql').replace(/^\\.*$/gm, '')); // lines with a backslash are for psql alone
  await client.end();
}

async function loadMysql({ url }: TestDatabase): Promise<void> {
  const connection = await createConnection({ uri: url, multipleStatements: true });
  await connection.query(dump('mysql'));
  await connection.end();
}

const dump = (name: string): string => readFileSync(join(FOLDER, `eccube43-${name}.sql`), 'utf8');

function allFields(type: GraphQLObjectType, depth: number): string {
  return Object.values(type.getFields())
    .flatMap((field) => {
      const inner = getNamedType(field.type);
      if (!isObjectType(inner)) return [field.name];
      return depth === 0 ? [] : [`${field.name} { ${allFields(inner, depth - 1)} }`];
    })
    .join(' ');
}
