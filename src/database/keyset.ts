/**
 * Long lists, newest first, read from a place on instead of by page numbers, and in windows of so many rows: a list costs the
 * same whether a thousand rows lie behind it or millions, however few of them are wanted.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './open.ts';

/** A row's place in a list that goes by time and then by id, both downwards. */
export type Place = { readonly at: number; readonly id: string };

export const placeText = ({ at, id }: Place): string => `${at}.${id}`;

export function placeIn(text: string): Place | undefined {
  const [, at, id] = /^(\d{1,12})\.([\w-]{1,64})$/.exec(text) ?? [];
  return at === undefined || id === undefined ? undefined : { at: Number(at), id };
}

/** Spelled out: of pairs that are compared as such, some databases use no index. */
export const behind = (at: string, id: string, place: Place): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(at)} <= ${place.at} and (${sql.ref(at)} < ${place.at} or ${sql.ref(id)} < ${place.id}))`;

export const isBehind = (one: Place, other: Place): boolean =>
  one.at < other.at || (one.at === other.at && one.id < other.id);

export type Part<R> = {
  readonly rows: readonly R[];
  /** Where the list goes on; undefined at its end. */
  readonly next: Place | undefined;
};

/** One window: the wanted rows among those looked at; `end` is the last one looked at, undefined when none is behind it. */
export type ListWindow<R> = { readonly rows: readonly R[]; readonly end: Place | undefined };

/** Up to `limit` rows out of `windows` windows at the most. A part may therefore be short, and yet there is more. */
export async function readPart<R>(
  { limit, after, windows }: { limit: number; after: Place | undefined; windows: number },
  read: (after: Place | undefined) => Promise<ListWindow<R>>,
  placeOf: (row: R) => Place,
): Promise<Part<R>> {
  const rows: R[] = [];
  let place = after;
  for (let i = 0; i < windows && rows.length <= limit; i += 1) {
    const window = await read(place);
    rows.push(...window.rows);
    place = window.end;
    if (place === undefined) break;
  }
  const last = rows[limit - 1];
  if (rows.length > limit && last) return { rows: rows.slice(0, limit), next: placeOf(last) };
  return { rows, next: place };
}

/** A number that was counted up to a bound. */
export type Count = { readonly n: number; readonly more: boolean };

const COUNTED = 1_000;

export const counted = (n: number, more = false): Count =>
  n > COUNTED ? { n: COUNTED, more: true } : { n, more };

/** How many rows there are, up to a thousand. `from`: everything behind the columns. */
export async function countSome(db: Db, from: RawBuilder<unknown>, most = COUNTED): Promise<Count> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 as one ${from} limit ${sql.lit(most + 1)}) counted`.execute(db);
  const n = Number(rows[0]?.n ?? 0);
  return n > most ? { n: most, more: true } : { n, more: false };
}
