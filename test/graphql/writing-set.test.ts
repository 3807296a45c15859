/** What every write operation is made of: rows of a bulk write, new keys, order by `sort_no`, faults with their paths. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transact } from '../../src/database/transact.ts';
import { InvalidArgument } from '../../src/graphql/errors.ts';
import { NO_EXTENSION } from '../../src/graphql/extension-parts.ts';
import type { Mutation, MutationContext } from '../../src/graphql/mutation.ts';
import { faultAt, formFaults, throwFaults, whole } from '../../src/graphql/mutations/form-faults.ts';
import {
  ERROR_POLICY,
  ERROR_POLICY_ARGUMENT,
  type ErrorPolicy,
  runRows,
} from '../../src/graphql/mutations/row-results.ts';
import { digits, maxLength, notBlank } from '../../src/shop/forms/rules.ts';
import { buildRegistry, coreEntities } from '../../src/shop/registry.ts';
import { addRow, nextSortNo, readRows, shiftSortNo, updateRows } from '../../src/shop/rows/write.ts';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';
import { embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const RULES = { name: [notBlank, maxLength(255)], price02: [notBlank, digits] };

test('a fault says the path of its field; what is absent concerns new rows only', () => {
  const faults = formFaults('ja', RULES, { name: ' '.trim(), price02: '1e3' }, 'items[3]');
  expect(faults.map(({ field, text }) => [field, text])).toEqual([
    ['items[3].name', '入力されていません。'],
    ['items[3].price02', '数字で入力してください。'],
  ]);
  expect(formFaults('ja', RULES, { name: 'x' })).toEqual([]);
  expect(formFaults('en', RULES, whole(RULES, { name: 'x' })).map(({ field }) => field)).toEqual(['price02']);
  expect(() => throwFaults([])).not.toThrow();
  expect(() => throwFaults(faults)).toThrow('items[3].name: 入力されていません。;items[3].price02: ');
});

const noteAll: Mutation = {
  name: 'noteAll',
  scopes: ['read', 'write'],
  args: { ids: { type: '[ID!]!' }, errorPolicy: ERROR_POLICY_ARGUMENT },
  types: [ERROR_POLICY],
  type: '[Boolean!]!',
  run: async (context, given) => {
    const { ids, errorPolicy } = given as { ids: string[]; errorPolicy: ErrorPolicy };
    const ran = await runRows(context, { argument: 'ids', rows: ids, errorPolicy }, async (id) => {
      const count = await updateRows(context, 'Product', { id: Number(id) }, { note: 'all' });
      if (count === 0) throwFaults([faultAt('ids', 'No Product found', 'NOT_FOUND')]);
    });
    return ran.map(({ result }) => result.ok);
  },
};

eachDatabase((database: TestDatabase) => {
  let shop: ShopApi;
  let store: Awaited<ReturnType<TestDatabase['openMigrated']>>;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store, { extension: { ...NO_EXTENSION, mutations: [noteAll] } });
  });
  afterAll(() => shop.close());

  const writing = <T>(work: (context: MutationContext) => Promise<T>): Promise<T> => {
    const base = {
      kit: store.kit,
      registry: buildRegistry(coreEntities),
      now: 1_790_000_000,
      memberId: 1,
      currency: 'JPY',
    };
    return transact(store, (db) => work({ ...base, db } as MutationContext));
  };

  test('a new row tells its key, and has what EC-CUBE fills in', async () => {
    const [first, second] = await writing(async (context) => [
      await addRow(context, 'ClassName', {
        name: '色',
        backend_name: null,
        sort_no: await nextSortNo(context, 'ClassName'),
      }),
      await addRow(context, 'ClassName', {
        name: '形',
        backend_name: null,
        sort_no: await nextSortNo(context, 'ClassName'),
      }),
    ]);
    expect(second).toBe(Number(first) + 1);
    const rows = (
      await sql<
        Record<string, unknown>
      >`select * from dtb_class_name where id in (${first}, ${second}) order by id`.execute(store.db)
    ).rows;
    expect(rows).toMatchObject([
      { name: '色', creator_id: 1, discriminator_type: 'classname' },
      { name: '形', creator_id: 1, discriminator_type: 'classname' },
    ]);
    expect(Number(rows[1]?.sort_no)).toBe(Number(rows[0]?.sort_no) + 1);
  });

  test('a shift of the order is no change of the rows', async () => {
    const all = () => writing((context) => readRows(context, 'Tag', ['id', 'sort_no'], { id: [1, 2, 3] }));
    const dated = async () =>
      (await sql`select id, update_date, creator_id from dtb_category order by id`.execute(store.db)).rows;
    const before = await all();
    const dates = await dated();
    await writing((context) => shiftSortNo(context, 'Tag', { from: 2 }, 1));
    expect((await all()).map(({ sort_no }) => Number(sort_no))).toEqual(
      before.map(({ sort_no }) => Number(sort_no) + (Number(sort_no) >= 2 ? 1 : 0)),
    );
    await writing((context) => shiftSortNo(context, 'Category', { from: 1, to: 100 }, 5));
    await writing((context) => shiftSortNo(context, 'Category', { from: 6, within: { Parent: null } }, 1));
    expect(await dated()).toEqual(dates);
  });

  test('a mutation leaves to its caller what becomes of the other rows; all are taken back by default', async () => {
    const ask = (args: string) => shop.ask(`mutation { noteAll(ids: [4, 999], validateOnly: true${args}) }`);
    expect((await ask(', errorPolicy: REJECT_ROWS')).data).toEqual({ noteAll: [true, false] });
    const { errors } = await ask('');
    expect(errors?.[0]).toMatchObject({
      message: 'ids[1]: No Product found;',
      extensions: { code: 'NOT_FOUND', field: 'ids[1]' },
    });
    expect(shop.api.sdl()).toContain('errorPolicy: ErrorPolicy! = REJECT_ALL');
  });

  const notes = async () =>
    (
      await sql<{
        note: string | null;
      }>`select note from dtb_product where id in (1, 2, 3) order by id`.execute(store.db)
    ).rows.map(({ note }) => note);
  const write = (errorPolicy: ErrorPolicy, note: string) =>
    writing((context) =>
      runRows(context, { argument: 'items', rows: [1, 2, 3], errorPolicy }, async (id, place) => {
        await updateRows(context, 'Product', { id }, { note });
        if (id === 2)
          throwFaults([faultAt(`${place}.note`, 'no'), faultAt(`${place}.id`, 'neither', 'CONFLICT')]);
        return id;
      }),
    );

  test('REJECT_ROWS: what a rejected row has written is taken back, the others stay', async () => {
    const before = await notes();
    expect(await write('REJECT_ROWS', 'rows')).toEqual([
      { result: { ok: true, message: null, code: null, field: null }, value: 1 },
      {
        result: {
          ok: false,
          message: 'items[1].note: no;items[1].id: neither;',
          code: 'INVALID',
          field: 'items[1].note',
        },
        value: undefined,
      },
      { result: { ok: true, message: null, code: null, field: null }, value: 3 },
    ]);
    expect(await notes()).toEqual(['rows', before[1], 'rows']);
  });

  test('REJECT_ALL: one row takes all back, and every fault is told with its path', async () => {
    const before = await notes();
    const error = await write('REJECT_ALL', 'all').catch((one: unknown) => one);
    expect(error).toBeInstanceOf(InvalidArgument);
    expect((error as InvalidArgument).extensions).toMatchObject({
      code: 'INVALID',
      field: 'items[1].note',
      faults: [
        { code: 'INVALID', field: 'items[1].note' },
        { code: 'CONFLICT', field: 'items[1].id' },
      ],
    });
    expect(await notes()).toEqual(before);
  });
});
