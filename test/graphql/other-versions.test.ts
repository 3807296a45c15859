/** A shop like EC-CUBE 4.0, with columns and tables of plugins besides: the API adapts, and doctor says what is left out. */
import { buildSchema, type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';

/** What later versions brought, what a plugin may remove, and what plugins add. */
async function makeOld({ db }: Store): Promise<void> {
  const statements = [
    'drop table dtb_login_history',
    'drop table mtb_login_history_status',
    'alter table dtb_member drop column two_factor_auth_key',
    'alter table dtb_member drop column two_factor_auth_enabled',
    'drop table dtb_product_tag',
    'drop table dtb_tag',
    'alter table dtb_product drop column free_area',
    'alter table dtb_customer add column plg_rank varchar(10)',
    "alter table dtb_order add column plg_memo varchar(10) default 'x' not null",
    'create table plg_shelf (id integer primary key, name varchar(10))',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

eachDatabase((database) => {
  const server = useOAuthServer(database, {}, makeOld);
  let browser: HttpBrowser;
  let token: string;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
    const { clientId, secret } = await server.it.client({ grantTypes: ['client_credentials'] });
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
    const answer = await fetch(`${server.it.url}/token`, { method: 'POST', body: new URLSearchParams(form) });
    token = ((await answer.json()) as { access_token: string }).access_token;
  });

  type Result = { data?: Record<string, unknown>; errors?: { message: string }[] };
  const ask = async (query: string): Promise<Result> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(`${server.it.url}/api`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
    });
    return (await answer.json()) as Result;
  };

  test('members log in, and the admin’s pages work', async () => {
    for (const path of ['/admin', '/admin/api/oauth', '/admin/api/apps', '/admin/two_factor_auth/edit']) {
      expect((await browser.get(path)).status, path).toBe(200);
    }
  });

  test('what is absent has no field, argument or sort key; the rest is as ever', () => {
    const schema = buildSchema(server.it.services.api.sdl());
    const fieldsOf = (name: string) => Object.keys((schema.getType(name) as GraphQLObjectType).getFields());
    expect(schema.getType('Tag')).toBeUndefined();
    expect(fieldsOf('Product')).not.toContain('free_area');
    expect(fieldsOf('Product')).not.toContain('ProductTag');
    expect(fieldsOf('Customer')).not.toContain('plg_rank');
    const args = schema
      .getQueryType()
      ?.getFields()
      .products?.args.map(({ name }) => name);
    expect(args).not.toContain('tag_id');
    expect(args).toContain('category_id');
  });

  test('doctor’s notes name each thing', () => {
    const notes = server.it.services.schemaNotes.join('\n');
    for (const thing of ['dtb_login_history', 'two_factor_auth_key', 'dtb_tag', 'free_area', 'ProductTag']) {
      expect(notes).toContain(thing);
    }
    expect(notes).toContain('table dtb_login_history is absent: LoginHistory is left out (not every version');
    expect(notes).not.toContain('plg_');
  });

  test.each(['products', 'orders', 'customers'])('%s: every field answers', async (name) => {
    const schema = buildSchema(server.it.services.api.sdl());
    const connection = getNamedType(schema.getQueryType()?.getFields()[name]?.type) as GraphQLObjectType;
    const node = getNamedType(connection.getFields().nodes?.type) as GraphQLObjectType;
    const fields = (type: GraphQLObjectType, depth: number): string =>
      Object.values(type.getFields())
        .flatMap((field) => {
          const inner = getNamedType(field.type);
          if (!isObjectType(inner)) return [field.name];
          return depth === 0 ? [] : [`${field.name} { ${fields(inner, depth - 1)} }`];
        })
        .join(' ');
    const { data, errors } = await ask(`{ ${name}(limit: 5) { totalCount nodes { ${fields(node, 1)} } } }`);
    expect(errors).toBeUndefined();
    expect(data?.[name]).toMatchObject({ totalCount: expect.any(Number) });
  });

  test('mutations write as ever', async () => {
    const { data } = await ask(
      'mutation { updateProductStock(code: "YNM-01", stock: 3, stock_unlimited: false) { stock } }',
    );
    expect(data).toEqual({ updateProductStock: { stock: 3 } });
  });
});
