/** A season's products for a job: three classes, two images, a category and a tag each; and whether each came to be once, as EC-CUBE's screens make them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '../../../src/database/open.ts';

const FAILS_EVERY = 9;
const NAME = '季節の商品';

export type Season = {
  readonly products: number;
  /** Ids of the class categories. */
  readonly sizes: readonly string[];
  /** A category, and the one above it. */
  readonly category: { readonly id: number; readonly parent: number };
  /** Names that the server gave them. */
  readonly images: readonly string[];
};

export const SEASON_QUERY = 'mutation ($input: ProductSetInput!) { productSet(input: $input) { id } }';

const imagesOf = ({ images }: Season, n: number): string[] => [
  images[n % images.length] ?? '',
  images[(n + 1) % images.length] ?? '',
];

/** As many lines as it takes for `products` good ones; every ninth leads to a category that is not there. */
export function seasonLines(season: Season): readonly { readonly fails: boolean; readonly text: string }[] {
  const lines: { fails: boolean; text: string }[] = [];
  for (let n = 0; n < season.products; ) {
    const fails = lines.length % FAILS_EVERY === 0;
    const input = {
      external_id: `season-${fails ? `x${lines.length}` : n}`,
      name: `${NAME} ${fails ? 'なし' : n}`,
      product_status_id: '1',
      category_ids: [fails ? '999999' : String(season.category.id)],
      tag_ids: ['1'],
      images: imagesOf(season, n),
      classes: season.sizes.map((id, i) => ({
        class_category_id1: id,
        code: `S-${n}-${i}`,
        price02: String(1000 + i),
        stock: (n + i) % 50,
      })),
    };
    lines.push({ fails, text: JSON.stringify({ input }) });
    if (!fails) n += 1;
  }
  return lines;
}

type Row = Readonly<Record<string, unknown>>;

/** What a job of products must leave as it is. */
export const catalogueAround = async (db: Db): Promise<Row[]> => {
  const tables = ['dtb_category', 'dtb_class_name', 'dtb_class_category', 'dtb_tag'];
  const rows: Row[] = [];
  for (const table of tables) {
    rows.push(...(await sql<Row>`select * from ${sql.table(table)} order by id`.execute(db)).rows);
  }
  return rows;
};

export async function expectSeason(db: Db, folder: string, season: Season): Promise<void> {
  const rowsOf = async (table: string, columns: string) => {
    const { rows } = await sql<Row>`select ${sql.raw(columns)} from dtb_product p
      join ${sql.table(table)} x on x.product_id = p.id where p.name like ${`${NAME} %`}`.execute(db);
    return Map.groupBy(rows, ({ product_id: id }) => Number(id));
  };
  const products = await sql<Row>`select id, name from dtb_product where name like ${`${NAME} %`}`.execute(
    db,
  );
  const [classes, categories, images, tags] = [
    await rowsOf(
      'dtb_product_class',
      'x.product_id, x.id, x.class_category_id1, x.class_category_id2, x.visible, x.product_code, x.price02, x.stock',
    ),
    await rowsOf('dtb_product_category', 'x.product_id, x.category_id'),
    await rowsOf('dtb_product_image', 'x.product_id, x.file_name, x.sort_no'),
    await rowsOf('dtb_product_tag', 'x.product_id, x.tag_id'),
  ];
  const seen = products.rows.map((row) => {
    const id = Number(row.id);
    const n = Number(String(row.name).slice(NAME.length));
    return {
      n,
      classes: (classes.get(id) ?? []).map(classOf).sort(),
      categories: numbers(categories.get(id), 'category_id'),
      images: (images.get(id) ?? [])
        .sort((a, b) => Number(a.sort_no) - Number(b.sort_no))
        .map(({ file_name: name, sort_no: place }) => [name, Number(place)]),
      tags: numbers(tags.get(id), 'tag_id'),
    };
  });
  expect(seen.sort((a, b) => a.n - b.n)).toEqual(
    Array.from({ length: season.products }, (_, n) => expected(season, n)),
  );
  await expectStocks(db);
  for (const name of season.images) expect(existsSync(join(folder, name)), name).toBe(true);
  const named = season.products >= season.images.length ? season.images : imagesOf(season, 0);
  const { rows } = await sql<Row>`select file_name from tegata_unnamed_image
    where file_name in (${sql.join(named)})`.execute(db);
  expect(rows).toEqual([]);
  const ids = await sql<Row>`select count(*) as times, count(distinct row_id) as apart from tegata_client_data
    where external_id like 'season-%'`.execute(db);
  expect([Number(ids.rows[0]?.times), Number(ids.rows[0]?.apart)]).toEqual([
    season.products,
    season.products,
  ]);
}

function expected(season: Season, n: number) {
  const values = (i: number): string => `S-${n}-${i} ${1000 + i} ${(n + i) % 50}`;
  const sold = season.sizes.map((id, i) => `${id}/- shown ${values(i)}`);
  return {
    n,
    // The hidden default class stands once, with what the first of the others has.
    classes: [`-/- hidden ${values(0)}`, ...sold].sort(),
    categories: [season.category.parent, season.category.id].sort((a, b) => a - b),
    images: imagesOf(season, n).map((name, place) => [name, place]),
    tags: [1],
  };
}

const classOf = (row: Row): string => {
  const shown = [true, 1, '1', 't'].includes(row.visible as string) ? 'shown' : 'hidden';
  const axes = `${row.class_category_id1 ?? '-'}/${row.class_category_id2 ?? '-'}`;
  return `${axes} ${shown} ${row.product_code ?? ''} ${Number(row.price02)} ${row.stock === null ? '' : Number(row.stock)}`;
};

const numbers = (rows: readonly Row[] | undefined, column: string): number[] =>
  (rows ?? []).map((row) => Number(row[column])).sort((a, b) => a - b);

/** Each class has one row of stock that says the same. */
async function expectStocks(db: Db): Promise<void> {
  const { rows } =
    await sql<Row>`select c.id, c.stock, c.stock_unlimited, count(s.id) as times, min(s.stock) as own
    from dtb_product_class c join dtb_product p on p.id = c.product_id
    left join dtb_product_stock s on s.product_class_id = c.id
    where p.name like ${`${NAME} %`} group by c.id, c.stock, c.stock_unlimited`.execute(db);
  const wrong = rows.filter(
    ({ stock, times, own }) =>
      Number(times) !== 1 || (stock === null ? own !== null : Number(stock) !== Number(own)),
  );
  expect(wrong).toEqual([]);
}
