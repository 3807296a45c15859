/** CSV files by /api/jobs: rows with their messages, encodings, several classes, dry runs, who may, and files that are none. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JobLimits } from '../../src/graphql/jobs/job-limits.ts';
import { jobWorker } from '../../src/graphql/jobs/job-worker.ts';
import { cp932 } from '../support/cp932.ts';
import { onSqlite } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';

type Line = {
  readonly line: number;
  readonly data?: unknown;
  readonly errors?: readonly {
    message: string;
    extensions: { code: string; column?: string; line: number };
  }[];
};
type Refused = {
  readonly errors: readonly { message: string; extensions: { code: string; field?: string } }[];
};

const HEAD = '商品ID,公開ステータス(ID),商品名,販売種別(ID),規格分類1(ID),商品コード,在庫数,販売価格';

onSqlite((db) => {
  const server = useOAuthServer(db);
  let token: string;
  beforeAll(async () => {
    token = (await newTokens(server.it, await loggedIn(server.it), await server.it.client())).access;
  });
  const bearer = (given = token) => ({ authorization: `Bearer ${given}` });
  const send = (
    file: string | Uint8Array<ArrayBuffer>,
    { kind = 'products', type = 'text/csv', more = '', given = token } = {},
  ) =>
    fetch(`${server.it.url}/api/jobs?csv=${kind}${more}`, {
      method: 'POST',
      body: file,
      headers: { ...bearer(given), 'content-type': type },
    });
  const workOff = async (limits: Partial<JobLimits> = {}) => {
    const { jobs } = server.it.services;
    server.it.clock.advance(jobs.limits.leaseSeconds + 1);
    const worker = jobWorker({ ...jobs, limits: { ...jobs.limits, ...limits } });
    while (await worker.tick());
  };
  const idOf = async (answer: Response) => {
    const told = (await answer.json()) as { id: string };
    expect(answer.status, JSON.stringify(told)).toBe(202);
    return told.id;
  };
  const get = (path: string, given = token) =>
    fetch(`${server.it.url}/api/jobs${path}`, { headers: bearer(given) });
  const see = async (id: string) => (await get(`/${id}`)).json() as Promise<Record<string, unknown>>;
  const linesOf = async (id: string) =>
    (await (await get(`/${id}/result`)).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const done = async (answer: Response) => {
    const id = await idOf(answer);
    await workOff();
    return { id, job: await see(id), lines: await linesOf(id) };
  };
  const classesOf = async (name: string) =>
    (
      await sql<{ code: string | null; c1: number | null; visible: number }>`select c.product_code as code,
        c.class_category_id1 as c1, c.visible from dtb_product_class c join dtb_product p on p.id = c.product_id
        where p.name = ${name} order by c.id`.execute(server.it.services.store.db)
    ).rows.map(({ code, c1, visible }) => [code, c1, Boolean(visible)]);
  const refusal = async (answer: Response) => {
    const { errors } = (await answer.json()) as Refused;
    const [error] = errors;
    return { status: answer.status, ...error?.extensions, message: error?.message };
  };
  const bad = (field: string) => ({ status: 400, code: 'BAD_REQUEST', field });

  test('good rows are saved, bad ones say line, column and why', async () => {
    const rows = [
      ',1,一つ目,1,,a-1,5,1000',
      ',9,二つ目,1,,a-2,x,',
      ',1,三つ目',
      ',,,,,,,',
      ',1,"四つ目\n改行",1,,a-4,5,10.5',
    ];
    const { id, job, lines } = await done(await send(`\ufeff${HEAD}\r\n${rows.join('\r\n')}\r\n`));
    expect(job).toMatchObject({ status: 'completed', csv: 'products', total: 4, succeeded: 1, failed: 3 });
    expect(
      lines.map(({ line, errors }) => [line, errors?.map(({ extensions }) => extensions.column)]),
    ).toEqual([
      [2, undefined],
      [3, ['販売価格', '在庫数']],
      [4, [undefined]],
      [6, ['販売価格']],
    ]);
    expect(lines[1]?.errors?.map(({ message }) => message)).toEqual([
      '3行目の販売価格が設定されていません',
      '3行目の在庫数は0以上の数値を設定してください。',
    ]);
    expect(await classesOf('一つ目')).toEqual([['a-1', null, true]]);

    const failed = await get(`/${id}/result?format=csv`);
    expect(failed.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const file = await failed.text();
    expect(file.split('\r\n')[0]).toBe(`\ufeff${HEAD},エラー`.slice(file.startsWith('\ufeff') ? 0 : 1));
    expect(file).toContain('"四つ目\n改行",1,,a-4,5,10.5,');
    const again = await done(await send(file.replace('10.5', '10')));
    expect(again.job).toMatchObject({ succeeded: 1, failed: 2 });
    expect(await classesOf('四つ目\n改行')).toEqual([['a-4', null, true]]);
  });

  test('files as EC-CUBE exports them come in again; names beside ids are passed over', async () => {
    const head =
      '商品ID,公開ステータス(ID),公開ステータス(名称),商品名,ショップ用メモ欄,商品説明(一覧),商品説明(詳細),検索ワード,フリーエリア,商品規格ID,販売種別(ID),販売種別(名称),規格分類1(ID),規格分類1(名称),規格分類2(ID),規格分類2(名称),発送日目安(ID),発送日目安(名称),商品コード,在庫数,在庫数無制限フラグ,販売制限数,通常価格,販売価格,商品画像,商品カテゴリ(ID),商品カテゴリ(名称),タグ(ID),タグ(名称)';
    const row = ',1,公開,書き出し,,,,,,99,1,販売種別A,,,,,,,ex-1,5,0,,,1000,,,,,';
    const products = await done(await send(`${head}\r\n${row}\r\n`));
    expect(products.lines).toMatchObject([{ line: 2, data: {} }]);
    expect(await classesOf('書き出し')).toEqual([['ex-1', null, true]]);
    const category = 'カテゴリID,表示ランク,カテゴリ名,親カテゴリID,階層\r\n,7,書き出し,,1\r\n';
    const categories = await done(await send(category, { kind: 'categories' }));
    expect(categories.job).toMatchObject({ succeeded: 1, failed: 0 });
  });

  test('a spreadsheet does not run what comes back to it, and what it was comes in again', async () => {
    const name = '=HYPERLINK(0)';
    const { id } = await done(await send(`${HEAD}\n,1,${name},1,,f-1,-1,1000\n`));
    const file = await (await get(`/${id}/result?format=csv`)).text();
    expect(file).toContain(`,1,'${name},1,,f-1,-1,1000,`);
    await done(await send(file.replace(',-1,', ',1,')));
    expect(await classesOf(name)).toEqual([['f-1', null, true]]);
  });

  test('Shift_JIS with the letters of Windows, told by the header or by the caller', async () => {
    const text = (name: string) => `${HEAD}\r\n,1,${name},1,,${name.length},5,1000\r\n`;
    for (const [name, type] of [
      ['髙島①～㈱', 'text/csv'],
      ['﨑－∥ｱ', 'text/csv; charset=Shift_JIS'],
    ] as const) {
      const { job } = await done(await send(cp932(text(name)), { type }));
      expect(job).toMatchObject({ succeeded: 1, failed: 0 });
      expect(await classesOf(name)).toHaveLength(1);
    }
  });

  test('rows of a new product stand together; a row with an id changes one class and leaves the others', async () => {
    const { job } = await done(
      await send(`${HEAD}\n,1,シャツ,1,1,s-1,5,800\n,1,シャツ,1,2,s-2,6,850\n,1,シャツ,1,2,t-2,6,850\n`),
    );
    expect(job).toMatchObject({ total: 2, succeeded: 2, failed: 0 });
    const shirts = [
      ['s-1', null, false],
      ['s-1', 1, true],
      ['s-2', 2, true],
      ['t-2', null, false],
      ['t-2', 2, true],
    ];
    expect(await classesOf('シャツ')).toEqual(shirts);
    const { rows } = await sql<{
      id: number;
    }>`select min(id) as id from dtb_product where name = 'シャツ'`.execute(server.it.services.store.db);
    const id = rows[0]?.id;
    const next = await done(
      await send(`${HEAD}\n${id},1,シャツ,1,2,s-2b,6,850\n${id},1,シャツ,1,3,s-3,1,900\n`),
    );
    expect(next.job).toMatchObject({ succeeded: 2, failed: 0 });
    expect(await classesOf('シャツ')).toEqual([
      ...shirts.slice(0, 2),
      ['s-2b', 2, true],
      ...shirts.slice(3),
      ['s-3', 3, true],
    ]);
    const mixed = await done(await send(`${HEAD}\n${id},1,シャツ,1,4,s-4,6,850\n`));
    expect(mixed.lines[0]?.errors?.[0]?.message).toMatch(/^2行目/);
    const gone = await done(
      await send(
        `商品ID,公開ステータス(ID),商品名,販売種別(ID),販売価格,商品削除フラグ\n${id},,,,,1\n,,,,,1\n`,
      ),
    );
    expect(gone.job).toMatchObject({ succeeded: 1, failed: 1 });
    expect(await classesOf('シャツ')).toEqual(shirts.slice(3));
  });

  test('what fails in a row of several classes is told at its own line', async () => {
    const { lines } = await done(await send(`${HEAD}\n,1,帯,1,1,o-1,5,800\n,1,帯,1,2,o-2,5,8.5\n`));
    expect(lines.map(({ line, errors }) => [line, errors?.map(({ extensions }) => extensions.line)])).toEqual(
      [[2, [3]]],
    );
    expect(await classesOf('帯')).toEqual([]);
  });

  test('a dry run keeps nothing and says all that is wrong', async () => {
    const more = '&validateOnly=true';
    const { job } = await done(await send(`${HEAD}\n,1,試し,1,,d-1,5,800\n,1,試し,1,,d-2,5,x\n`, { more }));
    expect(job).toMatchObject({ validate_only: true, succeeded: 1, failed: 1 });
    expect(await classesOf('試し')).toEqual([]);
  });

  test('categories and parcels, with their form', async () => {
    const form = new FormData();
    form.set('csv', 'categories');
    form.set('charset', 'cp932');
    form.set('file', new File([cp932('カテゴリ名,親カテゴリID\r\n急須,1\r\n,1\r\n')], 'category.csv'));
    const posted = await fetch(`${server.it.url}/api/jobs`, {
      method: 'POST',
      body: form,
      headers: bearer(),
    });
    expect((await done(posted)).job).toMatchObject({ operation: 'categoryUpdate', succeeded: 1, failed: 1 });
    const parcels = await done(
      await send('出荷ID,お問い合わせ番号,出荷日\n11,A-1,2026-11-30\n11,A-1,2026-11-30\n12,あ,2026/11/30\n', {
        kind: 'shippings',
      }),
    );
    expect(parcels.job).toMatchObject({ succeeded: 1, failed: 2 });
    expect(parcels.lines[2]?.errors?.[0]?.message).toBe('4行目の出荷日の日付フォーマットが異なります');
  });

  test('who may: the scopes of the mutations; the list is the client’s own', async () => {
    const client = await server.it.client({ scopes: ['read', 'write:products'] });
    const narrow = await newTokens(server.it, await loggedIn(server.it), client, {
      scope: 'read write:products',
    });
    const parcels = '出荷ID,出荷日\n11,2026-11-30\n';
    expect((await send(parcels, { kind: 'shippings', given: narrow.access })).status).toBe(403);
    const id = await idOf(await send('カテゴリ名\n花器\n', { kind: 'categories', given: narrow.access }));
    const page = async (query: string, given: string) =>
      (await (await get(query, given)).json()) as { jobs: { id: string }[]; next: string | null };
    expect((await page('', narrow.access)).jobs.map((one) => one.id)).toEqual([id]);
    const first = await page('?first=2', token);
    const second = await page(`?first=2&after=${first.next}`, token);
    const ids = [...first.jobs, ...second.jobs].map((one) => one.id);
    expect(new Set(ids).size).toBe(4);
    expect(ids).not.toContain(id);
    expect((await get('?first=0')).status).toBe(400);
    expect((await get('?after=x')).status).toBe(400);
    const query = `{ job(id: "${ids[0]}") { id csv status } other: job(id: "${id}") { id } jobs(first: 2) { nodes { id } endCursor } }`;
    const asked = await fetch(`${server.it.url}/api`, {
      method: 'POST',
      body: JSON.stringify({ query }),
      headers: { ...bearer(), 'content-type': 'application/json' },
    });
    const { data } = (await asked.json()) as { data: Record<string, unknown> };
    expect(data).toEqual({
      job: { id: ids[0], csv: 'shippings', status: 'completed' },
      other: null,
      jobs: { nodes: first.jobs.map((one) => ({ id: one.id })), endCursor: first.next },
    });
    await workOff();
  });

  describe('files that are none', () => {
    const files: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, string, RegExp])[] = [
      ['nothing', '', 'INVALID', /空のファイル/],
      ['a header alone', `${HEAD}\r\n`, 'INVALID', /CSVデータが存在しません/],
      ['unknown columns', `${HEAD},色,=1+1\n,1\n`, 'INVALID', /1行目: .*色, =1\+1（使える項目/],
      ['missing columns', '商品名\nx\n', 'INVALID', /公開ステータス\(ID\), 販売種別\(ID\), 販売価格/],
      ['a column twice', `${HEAD},商品名\n`, 'INVALID', /同じ項目/],
      ['a NUL', `${HEAD}\n,1,a\0b,1,,x,1,1\n`, 'INVALID', /2行目.*NUL/],
      ['a quote that does not close', `${HEAD}\n,1,"a,1,,x,1,1\n`, 'INVALID', /2行目.*引用符/],
      ['a stray quote', `${HEAD}\n,1,a,1,,x,1,1\n,1,"a"b,1,,x,1,1\n`, 'INVALID', /3行目.*引用符/],
      ['a workbook', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(50)]), 'INVALID', /xlsx/],
      ['UTF-16', Buffer.from(`\ufeff${HEAD}`, 'utf16le'), 'INVALID', /UTF-16/],
      [
        'broken Shift_JIS',
        Buffer.concat([cp932(`${HEAD}\n`), Buffer.from([0x2c, 0x81, 0x20, 0x0a])]),
        'INVALID',
        /2行目.*Shift_JIS/,
      ],
      [
        'broken UTF-8',
        Buffer.concat([Buffer.from(`${HEAD}\n`), Buffer.from([0x2c, 0xff, 0x0a])]),
        'INVALID',
        /2行目.*UTF-8/,
      ],
      ['a line of 2 MB', `${HEAD}\n,1,${'a'.repeat(2 * 1024 * 1024)},1,,x,1,1\n`, 'LIMIT', /2行目/],
      [
        'a cell of 2 MB over lines',
        `${HEAD}\n,1,"${'a\n'.repeat(1024 * 1024)}",1,,x,1,1\n`,
        'LIMIT',
        /2行目/,
      ],
    ];
    test.each(files)('%s', async (_name, file, code, words) => {
      const status = code === 'LIMIT' ? 413 : 400;
      expect(await refusal(await send(file))).toMatchObject({
        status,
        code,
        message: expect.stringMatching(words),
      });
      const left = await sql`select 1 from tegata_job where state = 'receiving'`.execute(
        server.it.services.store.db,
      );
      expect(left.rows).toEqual([]);
    });

    test('an unknown kind, charset or flag, and a file of none', async () => {
      expect(await refusal(await send('x', { kind: 'orders' }))).toMatchObject(bad('csv'));
      const type = 'text/csv; charset=utf-16';
      expect(await refusal(await send('x', { type }))).toMatchObject(bad('charset'));
      const more = '&validateOnly=1';
      expect(await refusal(await send('x', { more }))).toMatchObject(bad('validateOnly'));
      const form = new FormData();
      form.set('csv', 'products');
      const body = { method: 'POST', body: form, headers: bearer() };
      const empty = await fetch(`${server.it.url}/api/jobs`, body);
      expect(await refusal(empty)).toMatchObject(bad('file'));
    });
  });
});
