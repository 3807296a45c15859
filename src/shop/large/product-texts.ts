/** What is written on products: names and codes, of some or of all, a batch at a time. */
import { type RawBuilder, sql } from 'kysely';
import type { Store } from '../../database/open.ts';
import { columnName } from '../entity.ts';
import type { Registry } from '../registry.ts';
import { parseDatabaseDate } from '../shop-time.ts';

export type TextSource = Pick<Store, 'db' | 'kit'> & { readonly registry: Registry };

export type ProductTexts = readonly {
  readonly id: number;
  readonly text: string;
  /** When the product was updated; stands with its name. */
  readonly updatedAt: number | undefined;
}[];

/** The fields that are read, as a search of products names them. */
export const TEXT_FIELDS = ['name', 'ProductClasses.code'] as const;

const BATCH = 2_000; // products

type Place = {
  readonly table: string;
  readonly product: string;
  readonly text: string;
  readonly date?: string;
};

/** In the order of the fields. */
function places(registry: Registry): readonly [Place, Place] {
  const product = registry.entity('Product');
  const relation = product.relations.ProductClasses;
  const { name, update_date: date } = product.columns;
  if (!name || !date || !relation) throw new Error('products without names, dates or classes');
  const { table, columns } = registry.target(relation);
  const code = columnName('code', columns.code ?? { type: 'string' });
  return [
    {
      table: product.table,
      product: 'id',
      text: columnName('name', name),
      date: columnName('update_date', date),
    },
    { table, product: relation.column, text: code },
  ];
}

/** Where the texts stand. */
export const textColumns = (registry: Registry): [table: string, column: string][] =>
  places(registry).map(({ table, text }) => [table, text]);

/** Of the products with these ids. */
export async function productTexts(source: TextSource, ids: readonly number[]): Promise<ProductTexts> {
  const found = places(source.registry).map((place) =>
    read(source, place, sql`${sql.ref(place.product)} in (${sql.join(ids)})`),
  );
  return (await Promise.all(found)).flat();
}

/** Of all products, by growing id. */
export async function* allProductTexts(source: TextSource): AsyncGenerator<ProductTexts> {
  const [names, codes] = places(source.registry);
  for (let above = 0; ; ) {
    const some = await read(source, names, sql`id > ${above} order by id limit ${sql.lit(BATCH)}`);
    const last = some.at(-1)?.id;
    if (last === undefined) return;
    const product = sql.ref(codes.product);
    const own = await read(
      source,
      codes,
      sql`${product} > ${above} and ${product} <= ${last} order by ${product}`,
    );
    yield [...some, ...own];
    above = last;
    await new Promise(setImmediate); // requests come first
  }
}

async function read({ db }: TextSource, place: Place, where: RawBuilder<unknown>): Promise<ProductTexts> {
  const date = place.date === undefined ? sql`null` : sql.ref(place.date);
  const { rows } = await sql<{ id: number; text: string | null; date: string | null }>`
    select ${sql.ref(place.product)} as id, ${sql.ref(place.text)} as text, ${date} as date
    from ${sql.table(place.table)} where ${where}`.execute(db);
  const texts: { id: number; text: string; updatedAt: number | undefined }[] = [];
  for (const { id, text, date: updated } of rows) {
    const updatedAt = updated === null ? undefined : instantOf(updated);
    if (text !== null) texts.push({ id: Number(id), text, updatedAt });
  }
  return texts;
}

/** A shop date as the database gives it, in epoch seconds. MySQL's zero date is no date and comes before all. */
export const instantOf = (date: string): number => parseDatabaseDate(date) ?? Number.NEGATIVE_INFINITY;
