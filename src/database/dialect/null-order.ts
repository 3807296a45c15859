/** Where null comes in an order on databases that take it to be less than any value. */
import { sql } from 'kysely';
import type { DialectKit } from './kit.ts';

export const NULL_IS_LEAST: Pick<DialectKit, 'nullsLast' | 'nullsLastIndex'> = {
  nullsLast: (value, direction) =>
    direction === 'desc'
      ? [sql`${value} desc`]
      : [sql`case when ${value} is null then 1 else 0 end`, sql`${value} asc`],
  nullsLastIndex: (columns) => columns,
};
