/** What extensions add: the example through real HTTP with real tokens, and every fault of a wrong one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { loadExtensions } from '../../src/extension/load.ts';
import { feedStatus, installFeed } from '../../src/feed/store/triggers.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { withoutMissing } from '../../src/shop/without-missing.ts';
import { ownToken } from '../oauth/support/asking.ts';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { CALLBACK, useOAuthServer } from '../support/oauth-server.ts';
import { makerTables } from './support/maker-tables.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/maker');
const FILES = [join(EXAMPLE, 'plugins.yaml'), join(EXAMPLE, 'maker.mjs')];

eachDatabase((database) => {
  const server = useOAuthServer(database, { TEGATA_EXTENSIONS: FILES.join() }, makerTables);
  const ask = async (scope: string, query: string) => {
    const { url } = server.it;
    const own = { scopes: scope.split(' '), grantTypes: ['client_credentials'] };
    const token = await ownToken(server.it, await server.it.client(own));
    const answer = await fetch(`${url}/api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    return {
      status: answer.status,
      ...((await answer.json()) as { data?: unknown; errors?: { message: string }[] }),
    };
  };

  test('columns and relations of a plugin stand beside EC-CUBE’s', async () => {
    const { data } = await ask('read', '{ product(id: 1) { id maker_url Maker { id name commission } } }');
    expect(data).toEqual({
      product: {
        id: '1',
        maker_url: 'https://maker.example/',
        Maker: { id: '1', name: '手形製作所', commission: 12.5 },
      },
    });
  });

  test('a new entity has root fields, its rows, pages and cursors', async () => {
    const { data } = await ask(
      'read:products',
      '{ maker(id: 2) { name } makers(first: 1, sortkey: "sort_no", sorttype: "a") { totalCount pageInfo { hasNextPage } nodes { name Products { id } } } }',
    );
    expect(data).toEqual({
      maker: { name: '割符工房' },
      makers: {
        totalCount: 2,
        pageInfo: { hasNextPage: true },
        nodes: [{ name: '手形製作所', Products: [{ id: '1' }, { id: '2' }] }],
      },
    });
  });

  test('queries and mutations of a module run; wrong input is said in the usual form', async () => {
    const found = await ask(
      'read',
      '{ makerByName(name: "割符工房") { id } none: makerByName(name: "?") { id } }',
    );
    expect(found.data).toEqual({ makerByName: { id: '2' }, none: null });
    const renamed = await ask(
      'read write',
      'mutation { renameMaker(id: 2, name: "新割符工房") { id name } }',
    );
    expect(renamed.data).toEqual({ renameMaker: { id: '2', name: '新割符工房' } });
    const blank = await ask('read write', 'mutation { renameMaker(id: 2, name: " ") { id } }');
    expect(blank.errors?.[0]).toMatchObject({
      message: 'name: The name must not be blank;',
      extensions: { category: 'Invalid argument', code: 'INVALID', field: 'name' },
    });
  });

  test('a scope of the extension opens what it names, and nothing else', async () => {
    const allowed = await ask('write:makers', 'mutation { renameMaker(id: 1, name: "手形製作所") { name } }');
    expect(allowed.data).toEqual({ renameMaker: { name: '手形製作所' } });
    const nested = await ask(
      'write:makers',
      'mutation { renameMaker(id: 1, name: "x") { Products { name } } }',
    );
    expect([nested.status, nested.errors?.[0]?.message]).toEqual([
      403,
      'Insufficient permission. (read:products)',
    ]);
    expect((await ask('read:customers', '{ makerByName(name: "x") { id } }')).status).toBe(403);
  });

  test('a scope of the extension is registered and consented to in its own words', async () => {
    const browser = await loggedIn(server.it);
    expect((await browser.get('/admin/api/oauth/new')).body).toContain('メーカーの名前の変更');
    const { clientId } = await server.it.client({ scopes: ['write:makers'] });
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: CALLBACK,
      scope: 'write:makers',
      state: 's',
    });
    const consent = await browser.get(`/admin/authorize?${query}`);
    expect(consent.body).toContain('「メーカーの名前の変更」');
    const metadata = await fetch(`${server.it.url}/.well-known/oauth-authorization-server`);
    expect(await metadata.json()).toMatchObject({
      scopes_supported: expect.arrayContaining(['write:makers']),
    });
  });

  test('the plugin’s table tells changes of the product', async () => {
    const { store, extended } = server.it.services;
    const { state, triggers } = await installFeed(store, extended.feedSources);
    expect(state).toBe('installed');
    expect(triggers.map(({ table }) => table)).toContain('plg_product_maker_note');
    expect((await feedStatus(store, extended.feedSources)).skipped).toEqual([]);
  });

  test('what the database lacks of an extension is left out and named', async () => {
    const store: Store = server.it.services.store;
    const { entities } = await loadExtensions(FILES, coreEntities, '0.1.0');
    const { rows } = await sql<{ n: number }>`select count(*) as n from plg_maker`.execute(store.db);
    expect(Number(rows[0]?.n)).toBe(2);
    const bare = new Map([['dtb_product', new Set(['id', 'name'])]]);
    const { notes } = withoutMissing(buildRegistry(entities), bare);
    expect(notes).toContain('table plg_maker is absent: Maker is left out (plugins.yaml declares it)');
    expect(notes).toContain(
      'column dtb_product.maker_url is absent: Product.maker_url is left out (plugins.yaml declares it)',
    );
    expect(notes).toContain('Product.Maker is left out, because plg_maker is absent');
  });
});

describe('a wrong extension', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-extension-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const refusal = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return loadExtensions([file], coreEntities, '0.1.0').then(
      () => 'was taken',
      (error: Error) => error.message,
    );
  };

  test('every fault of a list is named with its place', async () => {
    const text = await refusal(
      'a.json',
      JSON.stringify({
        entitys: {},
        entities: {
          Product: { columns: { a: 'strin', b: { type: 'decimal', digits: [1], nullabel: 1 } } },
          Maker: { table: 7, relations: { R: { kind: 'some', column: 'c' } } },
        },
        scopes: { 'read:products': 'Maker' },
      }),
    );
    for (const fault of [
      'entitys: not known here',
      'entities.Product.columns.a.type: must be one of',
      'entities.Product.columns.b.digits: must be two numbers',
      'entities.Product.columns.b.nullabel: not known here',
      'entities.Maker.table: must be a text',
      'entities.Maker.relations.R.kind: must be one of',
      'entities.Maker.relations.R.entity: is missing',
      'scopes.read:products: must be a list of names',
    ]) {
      expect(text).toContain(`a.json: ${fault}`);
    }
  });

  test.each([
    [
      'what does not fit the core',
      'b.yaml',
      'entities: { Product: { columns: { name: string } } }',
      'Product.name is there already',
    ],
    [
      'an unknown entity without a table',
      'c.yaml',
      'entities: { Nothing: { columns: { a: string } } }',
      'Nothing is no entity of EC-CUBE',
    ],
    [
      'a relation into nowhere',
      'd.yaml',
      'entities: { Product: { relations: { M: { kind: one, entity: Mk, column: m } } } }',
      'Product.M points to Mk',
    ],
    [
      'a table without a key',
      'e.yaml',
      'entities: { Mk: { table: t, columns: { a: string } } }',
      'Mk: no column is the key',
    ],
    ['another version', 'f.yaml', 'tegata: ^9.0.0', 'was written for Tegata ^9.0.0; this is 0.1.0'],
    ['no range', 'g.yaml', 'tegata: soon', 'is no range of versions'],
    [
      'a new scope without words',
      'h.yaml',
      'scopes: { "read:makers": [Product] }',
      'scope read:makers: a new scope needs a description',
    ],
    ['a scope that opens nothing', 'm.yaml', 'scopes: { read: [Nope] }', 'scope read opens Nope'],
    [
      'a name that is taken',
      'n.yaml',
      'entities: { Mk: { table: t, columns: { id: id }, many: products } }',
      'would be called products',
    ],
    ['text that is no YAML', 'i.yaml', 'a: [', 'i.yaml'],
    ['a module without an extension', 'j.mjs', 'export const a = 1;', 'has no default export'],
    ['a module that throws', 'k.mjs', 'throw new Error("broken");', 'broken'],
    ['another kind of file', 'l.txt', '', 'must end in .json'],
  ])('is refused: %s', async (_what, name, text, fault) => {
    expect(await refusal(name, text)).toContain(fault);
  });
});
