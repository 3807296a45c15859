/**
 * Shops that began with EC-CUBE 4.0 or 4.1 may keep their texts in MySQL's old `utf8`, which has no character of more than
 * three bytes (emoji, rare kanji). MySQL refuses even to compare such a character with it; a search for it finds nothing.
 */
import type { MysqlPoolConnection } from 'kysely';

type Query = MysqlPoolConnection['query'];

/** Errors that compare a text with columns which cannot hold it. */
const INCOMPARABLE: ReadonlySet<unknown> = new Set([
  'ER_CANT_AGGREGATE_2COLLATIONS',
  'ER_CANT_AGGREGATE_3COLLATIONS',
  'ER_CANT_AGGREGATE_NCOLLATIONS',
]);

const BEYOND = /[\u{10000}-\u{10FFFF}]/gu;

/** Asks again with U+FFFD, which no text has, where a SELECT was refused for such a character. */
export const askingNarrowly =
  (query: Query): Query =>
  (sql, parameters: unknown, callback) => {
    if (!callback) return query(sql, parameters);
    return query(sql, parameters, (error, result) => {
      const again = isNarrow(error) && /^\s*select\b/i.test(sql) && Array.isArray(parameters);
      if (again) query(sql, parameters.map(narrowed), callback);
      else callback(error, result);
    });
  };

const isNarrow = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && INCOMPARABLE.has(error.code);

const narrowed = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(BEYOND, '\uFFFD') : value;
