/** CSV files that are made to cost: what is read of them, and what is said of them, stays small. */
import { describe, expect, test } from 'vitest';
import type { CsvJob } from '../../src/graphql/jobs/csv/csv-job.ts';
import { openCsv } from '../../src/graphql/jobs/csv/csv-rows.ts';
import { csvFormat } from '../../src/graphql/jobs/csv/run-row.ts';
import { JOB_LIMITS } from '../../src/graphql/jobs/job-limits.ts';

const COLUMNS = [
  '公開ステータス(ID)',
  '商品名',
  '販売種別(ID)',
  '販売価格',
  '商品カテゴリ(ID)',
  '規格分類1(ID)',
];
const HEAD = COLUMNS.join(',');
const products = csvFormat('products');
const job: CsvJob = {
  kind: 'products',
  columns: COLUMNS,
  unread: [],
  validateOnly: false,
  locale: 'ja',
  timeZone: 'Asia/Tokyo',
};

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

const open = (text: string, lineBytes = JOB_LIMITS.lineBytes) =>
  openCsv(products, {
    chunks: bytesOf(text),
    charset: undefined,
    limits: { ...JOB_LIMITS, lineBytes },
    locale: 'ja',
  });

describe('CSV files made to cost', () => {
  test('a header of 200,000 names is refused before they are held against each other', async () => {
    const names = Array.from({ length: 200_000 }, (_, i) => i.toString(36));
    await expect(open(`${HEAD},${names.join(',')}\n`)).rejects.toThrow(/次の項目は使えません: 0, 1, 2/);
    await expect(open(`${HEAD}${',商品名'.repeat(90_000)}\n`)).rejects.toThrow(/同じ項目が2つあります/);
  });

  test('of a cell with 100,000 wrong ids twenty are told', () => {
    const cells = ['1', 'x', '1', '100', 'a,'.repeat(100_000), ''];
    const verdict = products.read(job, [{ number: 2, cells }]);
    expect(verdict.ok).toBe(false);
    expect(verdict.ok ? [] : verdict.errors).toHaveLength(20);
  });

  test('rows that are done in one go are as long as a database keeps in one piece', async () => {
    const row = (id: number) => `1,x,1,100,${'9'.repeat(150)},${id}\n`;
    const file = (count: number) =>
      `${HEAD}\n${Array.from({ length: count }, (_, i) => row(i + 1)).join('')}`;
    const read = async (count: number) => {
      const lengths: number[] = [];
      for await (const line of (await open(file(count), 200)).lines) lengths.push(line.length);
      return lengths;
    };
    expect(await read(9)).toEqual([9]);
    await expect(read(11)).rejects.toMatchObject({ code: 'LIMIT', field: 'line 12' });
  });
});
