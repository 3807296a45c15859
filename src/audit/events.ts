/**
 * The audit log: appended, read, pruned by age; never changed, but for the number in a row that stands for many
 * (staff/refusals.ts) and the outcome of what cannot be undone (webhook/feed-switch.ts). No token or secret goes in (the callers' duty).
 */
import { type Selectable, sql } from 'kysely';
import type { Write } from '../database/hot/deed.ts';
import type { Db } from '../database/open.ts';
import { prepared, runCompiled } from '../database/prepared.ts';
import { storable } from '../database/storable.ts';
import type { Tables } from '../database/tables.ts';
import type { EventKind } from './kinds.ts';

/** JSON values only; names and reasons, never a token or secret. */
export type EventDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type NewEvent = {
  readonly kind: EventKind;
  readonly occurredAt: number;
  readonly clientId?: string | null;
  readonly loginId?: string | null;
  readonly clientIp?: string | null;
  readonly requestId?: string | null;
  /** Who acted at the command line, where there is no member; stands in the detail. */
  readonly operator?: string | undefined;
  readonly detail?: EventDetail;
};

export type AuditEvent = {
  readonly eventId: number;
  readonly occurredAt: number;
  readonly kind: EventKind;
  readonly clientId: string | null;
  readonly loginId: string | null;
  readonly clientIp: string | null;
  readonly requestId: string | null;
  readonly detail: EventDetail;
};

export type EventFilter = {
  readonly limit: number;
  /** Only events older than this one: the `eventId` of the last row of the page before. */
  readonly before?: number;
  readonly kinds?: readonly EventKind[];
  readonly clientId?: string;
  readonly loginId?: string;
  /** From this second on. */
  readonly from?: number;
  /** Before this second. */
  readonly until?: number;
  /** A request id, or what stands anywhere in the record; looked for among the newest `TEXT_REACH` records. */
  readonly text?: string;
};

/** No index finds a text, so that a search goes no farther back. */
export const TEXT_REACH = 500_000;

type EventRow = {
  occurredAt: number;
  kind: string;
  clientId: string | null;
  loginId: string | null;
  clientIp: string | null;
  requestId: string | null;
  detail: string;
};

const insertEvent = prepared((db, p: EventRow) =>
  db.insertInto('tegata_event').values({
    occurred_at: p.occurredAt,
    kind: p.kind,
    client_id: p.clientId,
    login_id: p.loginId,
    client_ip: p.clientIp,
    request_id: p.requestId,
    detail: p.detail,
  }),
);

const detailText = ({ detail, operator }: NewEvent): string =>
  JSON.stringify({ ...detail, ...(operator && { operator }) });

export async function recordEvent(db: Db, event: NewEvent): Promise<void> {
  await runCompiled(db, eventRow(db, event));
}

/** The write that records an event, for a deed. */
export const eventRow = (db: Db, event: NewEvent): Write =>
  insertEvent.bind(db, {
    occurredAt: event.occurredAt,
    kind: event.kind,
    clientId: storable(event.clientId, 32),
    loginId: storable(event.loginId, 255),
    clientIp: storable(event.clientIp, 64),
    requestId: storable(event.requestId, 64),
    detail: detailText(event),
  });

// `!` needs no quoting of its own in any of the databases, as `\\` does in one.
const escaped = (text: string): string => text.replace(/[!%_]/g, '!$&');

function holdsText(text: string) {
  const pattern = `%${escaped((storable(text, 255) ?? '').toLowerCase())}%`;
  const holds = (column: string) => sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '!'`;
  const near = sql<boolean>`event_id > (select max(event_id) from tegata_event) - ${sql.lit(TEXT_REACH)}`;
  return sql<boolean>`${near} and (${sql.join(
    ['request_id', 'login_id', 'client_ip', 'client_id', 'detail'].map(holds),
    sql` or `,
  )})`;
}

/** Gives the row of this event its present detail; false when there is no such row. */
export async function recountEvent(db: Db, event: NewEvent): Promise<boolean> {
  const requestId = storable(event.requestId, 64);
  const { numUpdatedRows } = await db
    .updateTable('tegata_event')
    .set({ detail: detailText(event) })
    .where('occurred_at', '=', event.occurredAt)
    .where('kind', '=', event.kind)
    .where('request_id', requestId === null ? 'is' : '=', requestId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const LOOKED_AT = 5_000; // events in one window
const WINDOWS = 8;

export type EventPart = {
  readonly events: readonly AuditEvent[];
  /** The `before` of the part behind this one; undefined at the end. */
  readonly next: number | undefined;
};

/** Events that fit, newest first. A part may be short where few of many fit, and yet there is more. */
export async function readEvents(db: Db, filter: EventFilter): Promise<EventPart> {
  const events: AuditEvent[] = [];
  let before = filter.before ?? (await newestBefore(db, filter.until));
  for (let i = 0; i < WINDOWS; i += 1) {
    const end = await endOfWindow(db, before);
    const limit = filter.limit + 1 - events.length;
    const behind = { ...filter, limit, ...(before !== undefined && { before }) };
    events.push(...(await listEvents(db, behind, end?.event_id)));
    if (events.length > filter.limit) {
      return { events: events.slice(0, filter.limit), next: events[filter.limit - 1]?.eventId };
    }
    if (!end || end.occurred_at < (filter.from ?? 0) - DISORDER_SECONDS) return { events, next: undefined };
    before = end.event_id;
  }
  return { events, next: before };
}

/** Ids are given in the order of the writing, which is that of time but for transactions side by side. */
const DISORDER_SECONDS = 300;

async function newestBefore(db: Db, until: number | undefined): Promise<number | undefined> {
  if (until === undefined) return undefined;
  const row = await db
    .selectFrom('tegata_event')
    .select('event_id')
    .where('occurred_at', '<', until + DISORDER_SECONDS)
    .orderBy('occurred_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && row.event_id + LOOKED_AT;
}

async function endOfWindow(db: Db, before: number | undefined) {
  let query = db
    .selectFrom('tegata_event')
    .select(['event_id', 'occurred_at'])
    .orderBy('event_id', 'desc')
    .limit(1)
    .offset(LOOKED_AT - 1);
  if (before !== undefined) query = query.where('event_id', '<', before);
  return query.executeTakeFirst();
}

/** The newest events of some kinds among the newest of a client. */
export async function newestOfClient(
  db: Db,
  { clientId, kinds, limit }: { clientId: string; kinds: readonly EventKind[]; limit: number },
): Promise<AuditEvent[]> {
  const newest = db
    .selectFrom('tegata_event')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('occurred_at', 'desc')
    .orderBy('event_id', 'desc')
    .limit(LOOKED_AT);
  const rows = await db
    .selectFrom(newest.as('newest'))
    .selectAll()
    .where('kind', 'in', [...kinds])
    .orderBy('event_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(eventOf);
}

const OF_A_KIND = 1_000; // looked at

/** A member's events of some kinds since `from`, among the newest of each kind, newest first. */
export async function newestOfMember(
  db: Db,
  {
    loginId,
    kinds,
    from,
    limit,
  }: { loginId: string; kinds: readonly EventKind[]; from: number; limit: number },
): Promise<AuditEvent[]> {
  const [first, ...others] = kinds.map((kind) => {
    const newest = db
      .selectFrom('tegata_event')
      .selectAll()
      .where('kind', '=', kind)
      .where('occurred_at', '>=', from)
      .orderBy('occurred_at', 'desc')
      .limit(OF_A_KIND);
    return db.selectFrom(newest.as(kind)).selectAll().where('login_id', '=', loginId);
  });
  if (!first) return [];
  const all = others.reduce((union, one) => union.unionAll(one), first);
  const rows = await db
    .selectFrom(all.as('found'))
    .selectAll()
    .orderBy('event_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(eventOf);
}

/** Newest first; from `downTo` on. */
export async function listEvents(db: Db, filter: EventFilter, downTo?: number): Promise<AuditEvent[]> {
  let query = db.selectFrom('tegata_event').selectAll().orderBy('event_id', 'desc').limit(filter.limit);
  if (downTo !== undefined) query = query.where('event_id', '>=', downTo);
  if (filter.before !== undefined) query = query.where('event_id', '<', filter.before);
  if (filter.kinds?.length) query = query.where('kind', 'in', [...filter.kinds]);
  if (filter.clientId !== undefined) query = query.where('client_id', '=', filter.clientId);
  if (filter.loginId !== undefined) query = query.where('login_id', '=', filter.loginId);
  if (filter.from !== undefined) query = query.where('occurred_at', '>=', filter.from);
  if (filter.until !== undefined) query = query.where('occurred_at', '<', filter.until);
  if (filter.text !== undefined) query = query.where(holdsText(filter.text));
  return (await query.execute()).map(eventOf);
}

const eventOf = (row: Selectable<Tables['tegata_event']>): AuditEvent => ({
  eventId: row.event_id,
  occurredAt: row.occurred_at,
  kind: row.kind as EventKind,
  clientId: row.client_id,
  loginId: row.login_id,
  clientIp: row.client_ip,
  requestId: row.request_id,
  detail: JSON.parse(row.detail) as EventDetail,
});

/** Removes events older than `before`, `batch` at the most, oldest first; says how many. */
export async function pruneEvents(db: Db, before: number, batch: number): Promise<number> {
  const old = await db
    .selectFrom('tegata_event')
    .select('event_id')
    .where('occurred_at', '<', before)
    .orderBy('occurred_at')
    .limit(batch)
    .execute();
  if (old.length === 0) return 0;
  const { numDeletedRows } = await db
    .deleteFrom('tegata_event')
    .where(
      'event_id',
      'in',
      old.map((row) => row.event_id),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
