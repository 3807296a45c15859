/** Customers, their addresses and points: the rows of EC-CUBE's forms, and what they refuse. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/database/open.ts';
import { verifyPassword } from '../../src/staff/rules/password.ts';
import { eachDatabase } from '../support/databases.ts';
import { clock, embeddedShopApi, type ShopApi } from './support/shop-api.ts';

const PERSON =
  'name01: "記録", name02: "花子", kana01: "きろく", kana02: "ハナコ", postal_code: "530-0001", pref_id: 27, addr01: "大阪市北区", addr02: "梅田1-1-1", phone_number: "０６-1234-5678"';

eachDatabase((database) => {
  let store: Store;
  let shop: ShopApi;
  beforeAll(async () => {
    store = await database.openShop();
    shop = await embeddedShopApi(store);
  });
  afterAll(() => shop.close());

  const run = async (field: string) => {
    const { data, errors } = await shop.ask(`mutation { it: ${field} }`);
    return { it: data?.it, errors };
  };
  const done = async (field: string) => {
    const { it, errors } = await run(field);
    expect(errors).toBeUndefined();
    return it;
  };
  const faults = async (field: string) => {
    const { errors } = await run(field);
    const [{ extensions, message }] = errors ?? [{ extensions: {}, message: '' }];
    expect(message).not.toContain('recPassword');
    return (extensions.faults ?? [extensions]).map(
      ({ field: at, code }: { field: string; code: string }) => `${at} ${code}`,
    );
  };
  const row = async (id: string) =>
    (await sql<Record<string, unknown>>`select * from dtb_customer where id = ${id}`.execute(store.db))
      .rows[0];
  const day = (value: unknown) => Date.parse(`${String(value).slice(0, 19).replace(' ', 'T')}Z`) / 1000;

  test('a new one has the row that the form writes', async () => {
    const { id } = await done(
      `customerCreate(input: { ${PERSON}, email: "Rec-Hanako@example.com", birth: "1990-02-03", sex_id: 2, job_id: 3, password: "recPassword123", note: "メモ" }) { id }`,
    );
    const made = await row(id);
    expect(made).toMatchObject({
      customer_status_id: 2,
      sex_id: 2,
      job_id: 3,
      pref_id: 27,
      country_id: null,
      kana01: 'キロク',
      company_name: null,
      postal_code: '5300001',
      phone_number: '0612345678',
      email: 'Rec-Hanako@example.com',
      salt: null,
      reset_key: null,
      note: 'メモ',
      discriminator_type: 'customer',
    });
    expect([made?.point, made?.buy_times, made?.buy_total].map(Number)).toEqual([0, 0, 0]);
    expect(day(made?.birth)).toBe(Date.UTC(1990, 1, 2, 15) / 1000);
    expect(made?.secret_key).toMatch(/^[\w-]{32}$/);
    expect(
      await verifyPassword(
        'recPassword123',
        { password: String(made?.password), salt: null },
        { authMagic: '' },
      ),
    ).toBe(true);
  });

  test.each<[string, string, string[]]>([
    [
      'nothing',
      '',
      [
        'name01',
        'name02',
        'kana01',
        'kana02',
        'postal_code',
        'addr01',
        'addr02',
        'phone_number',
        'email',
        'pref_id',
      ].map((name) => `input.${name} INVALID`),
    ],
    [
      'all that can be wrong',
      `${PERSON.replace('"きろく"', '"漢字"').replace('"530-0001"', '"abc"').replace('27', '99')}, email: "x", birth: "2099-01-01", sex_id: 9`,
      [
        'input.kana01 INVALID',
        'input.postal_code INVALID',
        'input.email INVALID',
        'input.birth INVALID',
        'input.pref_id NOT_FOUND',
        'input.sex_id NOT_FOUND',
      ],
    ],
    ['a day that is none', `${PERSON}, email: "a@example.com", birth: "2000-02-30"`, ['input.birth INVALID']],
    [
      'a short password',
      `${PERSON}, email: "a@example.com", password: "recPassw1"`,
      ['input.password INVALID'],
    ],
    [
      'a password of letters',
      `${PERSON}, email: "a@example.com", password: "recPasswordXYZ"`,
      ['input.password INVALID'],
    ],
    [
      'the address as a password',
      `${PERSON}, email: "abcdefgh123@example.com", password: "abcdefgh123@example.com"`,
      ['input.password INVALID'],
    ],
    ['an address that is taken', `${PERSON}, email: "Rec-Hanako@example.com"`, ['input.email INVALID']],
  ])('refused: %s', async (_what, input, expected) => {
    expect(await faults(`customerCreate(input: { ${input} }) { id }`)).toEqual(expected);
  });

  test('of two that ask for an address at once, one gets it', async () => {
    const both = await Promise.all(
      [1, 2].map(() => run(`customerCreate(input: { ${PERSON}, email: "race@example.com" }) { id }`)),
    );
    expect(both.filter(({ errors }) => errors === undefined)).toHaveLength(1);
  });

  test('withdrawing erases the address, and the address is free again', async () => {
    const { id } = await done(`customerCreate(input: { ${PERSON}, email: "leaves@example.com" }) { id }`);
    await done(`customerUpdate(id: ${id}, input: { customer_status_id: 3 }) { id }`);
    expect(await row(id)).toMatchObject({ customer_status_id: 3, name01: '記録' });
    expect((await row(id))?.email).toMatch(/^[\w-]{60}@dummy\.dummy$/);
    await done(`customerUpdate(id: ${id}, input: { customer_status_id: 2 }) { id }`);
    expect((await row(id))?.email).toMatch(/@dummy\.dummy$/);
    await done(`customerCreate(input: { ${PERSON}, email: "leaves@example.com" }) { id }`);
  });

  test('only what is given changes, and what does not differ is not written', async () => {
    const before = await row('1');
    await done('customerUpdate(id: 1, input: { note: "新しいメモ" }) { id }');
    expect(await row('1')).toEqual({ ...before, note: '新しいメモ', update_date: expect.anything() });
    const after = await row('1');
    clock.advance(1);
    await done('customerUpdate(id: 1, input: { note: "新しいメモ" }) { id }');
    expect(await row('1')).toEqual(after);
    expect(await faults('customerUpdate(id: 1, input: { name01: null, pref_id: null }) { id }')).toEqual([
      'input.name01 INVALID',
      'input.pref_id INVALID',
    ]);
    expect(await faults('customerUpdate(id: 999, input: { note: "x" }) { id }')).toEqual(['id NOT_FOUND']);
  });

  test('addresses: twenty, then no more', async () => {
    const { id } = await done(`customerCreate(input: { ${PERSON}, email: "book@example.com" }) { id }`);
    const add = `customerAddressCreate(customer_id: ${id}, input: { ${PERSON} }) { id Customer { id } postal_code }`;
    const first = await done(add);
    expect(first).toMatchObject({ Customer: { id }, postal_code: '5300001' });
    await done(`customerAddressUpdate(id: ${first.id}, input: { addr02: "北2条" }) { id }`);
    for (let i = 1; i < 20; i++) await done(add);
    expect(await faults(add)).toEqual(['customer_id LIMIT']);
    await done(`customerAddressDelete(id: ${first.id})`);
    expect(await faults(`customerAddressDelete(id: ${first.id})`)).toEqual(['id NOT_FOUND']);
    await done(add);
  });

  test('points: by so many, with the reason kept, never below nothing', async () => {
    const { point } = await done('customerPointChange(id: 2, delta: 0, reason: "x") { point }');
    await Promise.all(
      Array.from({ length: 10 }, () =>
        done('customerPointChange(id: 2, delta: 7, reason: "お詫び", reference: "R-1") { point }'),
      ),
    );
    expect(Number((await row('2'))?.point)).toBe(point + 70);
    const kept = await store.db
      .selectFrom('tegata_point_change')
      .selectAll()
      .where('customer_id', '=', 2)
      .execute();
    expect(kept).toHaveLength(10);
    expect(kept[0]).toMatchObject({ reason: 'お詫び', reference: 'R-1' });
    expect(await faults(`customerPointChange(id: 2, delta: -${point + 71}, reason: "x") { point }`)).toEqual([
      'delta INVALID',
    ]);
    expect(await faults('customerPointChange(id: 2, delta: 1, reason: " ") { point }')).toEqual([
      'reason INVALID',
    ]);
  });

  test('points that were given are told, newest first, page by page', async () => {
    for (const delta of [3, -1, 5])
      await done(`customerPointChange(id: 1, delta: ${delta}, reason: "調整") { id }`);
    const page = async (args: string) => {
      const { data, errors } = await shop.ask(`{ pointChanges(customer_id: 1, first: 2${args}) {
        nodes { customer_id point_before point_after delta reason reference client_id Customer { id } }
        pageInfo { hasNextPage endCursor } } }`);
      expect(errors).toBeUndefined();
      return data.pointChanges;
    };
    const first = await page('');
    const { point } = (await row('1')) ?? {};
    expect(first.nodes.map(({ delta }: { delta: number }) => delta)).toEqual([5, -1]);
    expect(first.nodes[0]).toMatchObject({
      point_before: Number(point) - 5,
      point_after: Number(point),
      reason: '調整',
      reference: null,
      Customer: { id: '1' },
    });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await page(`, after: "${first.pageInfo.endCursor}"`);
    expect(second).toMatchObject({ nodes: [{ delta: 3 }], pageInfo: { hasNextPage: false } });
    for (const args of ['first: 0', 'first: 1001', 'after: "x"']) {
      const { errors } = await shop.ask(`{ pointChanges(${args}) { nodes { id } } }`);
      expect(errors?.[0]?.extensions.code, args).toMatch(/LIMIT|INVALID/);
    }
  });

  test('deletion: with addresses, and not with orders or a cart', async () => {
    expect(await faults('customerDelete(id: 1)')).toEqual(['id IN_USE']);
    const { id } = await done(`customerCreate(input: { ${PERSON}, email: "gone@example.com" }) { id }`);
    await done(`customerAddressCreate(customer_id: ${id}, input: { ${PERSON} }) { id }`);
    await sql`insert into dtb_cart (customer_id, cart_key, create_date, update_date, discriminator_type)
      values (${id}, 'k', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 'cart')`.execute(store.db);
    expect(await faults(`customerDelete(id: ${id})`)).toEqual(['id IN_USE']);
    await sql`delete from dtb_cart where customer_id = ${id}`.execute(store.db);
    expect(await done(`customerDelete(id: ${id})`)).toBe(id);
    expect(await row(id)).toBeUndefined();
  });
});
