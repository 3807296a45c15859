/** Which things of one kind have changed since a position of the feed, in one statement and so at one moment. */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';
import { prepared } from '../../database/prepared.ts';

export type ChangedSince = {
  /** The position to ask from next time. What is not in the feed yet is told again then. */
  readonly head: number;
  readonly ids: ReadonlySet<number>;
};

type Part = { readonly entity: string; readonly position: number; readonly enough: number };
type Row = { readonly entity: string | null; readonly id: number; readonly position: number | null };

const OLDEST = '$oldest';
const HEAD = '$head';
const WAITING = 0; // a position that is never given

/** `most` and no more things; undefined = more, or the feed no longer reaches back so far. */
export async function changedSince(
  db: Db,
  entity: string,
  position: number,
  most: number,
): Promise<ChangedSince | undefined> {
  const { rows } = await changesSince(db, { entity, position, enough: most + 1 });
  const positionOf = (name: string) => Number(rows.find((row) => row.entity === name)?.position ?? 0);
  const head = positionOf(HEAD);
  const oldest = rows.some((row) => row.entity === OLDEST && row.position !== null)
    ? positionOf(OLDEST)
    : head + 1;
  const changes = rows.filter((row) => row.entity !== HEAD && row.entity !== OLDEST);
  const waiting = changes.filter((row) => Number(row.position) === WAITING).length;
  if (oldest > position + 1 && head > position) return undefined;
  if (waiting > most || changes.length - waiting > most) return undefined;
  return { head, ids: new Set(changes.filter((row) => row.entity === entity).map(({ id }) => Number(id))) };
}

const changesSince = prepared<Part, Row>((db, { entity, position, enough }) => {
  const waiting = db
    .selectFrom('tegata_change')
    .select(['entity', 'entity_id as id', sql<number | null>`${sql.lit(WAITING)}`.as('position')])
    .limit(enough);
  const told = db
    .selectFrom('tegata_feed')
    .select(['entity', 'entity_id as id', 'position'])
    .where('position', '>', position)
    .where('entity', '=', entity)
    .orderBy('position')
    .limit(enough);
  const oldest = db
    .selectFrom('tegata_feed')
    .select(({ fn }) => [
      sql.lit(OLDEST).as('entity'),
      sql<number>`0`.as('id'),
      fn.min('position').as('position'),
    ]);
  const head = db
    .selectFrom('tegata_feed_head')
    .select([sql.lit(HEAD).as('entity'), sql<number>`0`.as('id'), 'position'])
    .where('head_id', '=', 1);
  return db
    .selectFrom(waiting.as('w'))
    .selectAll()
    .unionAll(db.selectFrom(told.as('t')).selectAll())
    .unionAll(oldest)
    .unionAll(head);
});
