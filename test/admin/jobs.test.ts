/** 一括処理 over real HTTP: a file is sent by staff, who may, what is shown, what is downloaded, and the end. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { onSqlite } from '../support/databases.ts';
import { type HttpBrowser, hidden, loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';

const HEAD = 'カテゴリID,カテゴリ名,親カテゴリID,カテゴリ削除フラグ';
const JOBS = '/admin/api/job';

onSqlite((db) => {
  const server = useOAuthServer(db);
  let browser: HttpBrowser;
  beforeAll(async () => {
    browser = await loggedIn(server.it);
  });
  const store = () => server.it.services.store;
  const workOff = async () => {
    const { jobWorker } = server.it.services;
    while (await jobWorker.tick());
  };
  const page = (path: string, who = browser) => who.get(path);
  const upload = async (file: string, fields: Record<string, string> = {}, who = browser) => {
    const form = await page(`${JOBS}/new`, who);
    const all = { _token: hidden(form, '_token'), kind: 'categories', mode: 'real', ...fields };
    const named = Object.entries(all).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="category.csv"\r\n\r\n';
    const body = `${named.join('')}${head}${file}\r\n--b--\r\n`;
    return who.post(`${JOBS}/new`, body, { 'content-type': 'multipart/form-data; boundary=b' });
  };
  const named = async (name: string) =>
    (
      await sql<{
        creator_id: number;
      }>`select creator_id from dtb_category where category_name = ${name}`.execute(store().db)
    ).rows;

  test('a check keeps nothing; the rows that fail are shown and downloaded; then the good ones are saved', async () => {
    const file = `${HEAD}\n,花器,,\n,,,\n,x,999,\n`;
    const checked = await upload(file, { mode: 'dry' });
    expect(checked.status).toBe(303);
    const job = checked.location;
    expect((await page(job)).body).toContain('data-follow');
    await workOff();
    const ended = (await page(job)).body;
    expect(ended).toContain('まだ何も登録されていません');
    expect(ended).toContain('4行目の親カテゴリIDが存在しません');
    expect(ended).not.toContain('data-follow');
    expect(await named('花器')).toEqual([]);
    const failed = await page(`${job}/result?format=csv`);
    expect(failed.headers.get('content-disposition')).toMatch(
      /^attachment; filename="job-[0-9a-f]{32}-failed.csv"$/,
    );
    expect(failed.body).toContain(',x,999,,4行目の親カテゴリIDが存在しません');

    const saved = await upload(file);
    await workOff();
    expect(await named('花器')).toEqual([{ creator_id: 1 }]);
    const list = (await page(JOBS)).body;
    expect(list).toContain('管理画面（admin）');
    expect(list).toContain(saved.location);
    const events = await sql<{
      kind: string;
    }>`select kind from tegata_event where kind = 'job_uploaded'`.execute(store().db);
    expect(events.rows).toHaveLength(2);
  });

  test('a file that is none, and a form without the token', async () => {
    const empty = await upload('');
    expect([empty.status, empty.body]).toEqual([400, expect.stringContaining('空のファイル')]);
    const foreign = await upload(`${HEAD}\n,盗み,,\n`, { _token: 'x' });
    expect(foreign.status).toBe(403);
    await workOff();
    expect(await named('盗み')).toEqual([]);
  });

  test('a job is cancelled after a question, and ends once', async () => {
    const job = (await upload(`${HEAD}\n,中止,,\n`)).location;
    const asked = await page(`${job}/cancel`);
    expect(asked.body).toContain('この一括処理を中止しますか');
    const _token = hidden(asked, '_token');
    for (let times = 0; times < 2; times += 1) {
      expect((await browser.post(`${job}/cancel`, { _token })).status).toBe(303);
    }
    await workOff();
    expect(await named('中止')).toEqual([]);
    expect((await page(job)).body).toContain('中止');
  });

  test('who is no システム管理者 sees the list, and neither sends, downloads nor reads what failed', async () => {
    const failing = (await upload(`${HEAD}\n,x,999,\n`)).location;
    await workOff();
    expect((await page(failing)).body).toContain('2行目の親カテゴリIDが存在しません');
    await sql`delete from dtb_authority_role`.execute(store().db);
    await sql`update dtb_member set authority_id = 1`.execute(store().db);
    try {
      const owner = await loggedIn(server.it);
      expect((await page(JOBS, owner)).status).toBe(200);
      expect((await page(`${JOBS}/new`, owner)).status).toBe(403);
      const id = /api\/job\/([0-9a-f]{32})/.exec((await page(JOBS, owner)).body)?.[1];
      expect((await page(`${JOBS}/${id}/result`, owner)).status).toBe(403);
      const seen = await page(failing, owner);
      expect(seen.status).toBe(200);
      expect(seen.body).toContain('システム管理者だけです');
      expect(seen.body).not.toContain('存在しません');
    } finally {
      await sql`update dtb_member set authority_id = 0`.execute(store().db);
    }
  });

  test('a job ends when its member may no longer approve', async () => {
    browser = await loggedIn(server.it);
    const job = (await upload(`${HEAD}\n,去った,,\n`)).location;
    await sql`update dtb_member set work_id = 0`.execute(store().db);
    await workOff();
    await sql`update dtb_member set work_id = 1`.execute(store().db);
    expect(await named('去った')).toEqual([]);
    const id = job.split('/').at(-1);
    const row = store()
      .db.selectFrom('tegata_job')
      .select('error_code')
      .where('job_id', '=', id ?? '');
    expect(await row.executeTakeFirst()).toEqual({ error_code: 'UNAUTHENTICATED' });
  });

  test('templates have EC-CUBE’s columns, and an unknown job is not there', async () => {
    expect((await page(`${JOBS}/template/categories`)).body.replace('\ufeff', '')).toBe(`${HEAD}\r\n`);
    expect((await page(`${JOBS}/template/orders`)).status).toBe(404);
    expect((await page(`${JOBS}/${'0'.repeat(32)}`)).status).toBe(404);
  });
});
