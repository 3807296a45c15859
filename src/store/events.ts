/** The audit log: appended, read, pruned by age; never changed. No token or secret goes in (the callers' duty). */
import { sql } from 'kysely';
import type { EventKind } from '../oauth/event-kind.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';
import { storable } from './storable.ts';

/** JSON values only; names and reasons, never a token or secret. */
export type EventDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type NewEvent = {
  readonly kind: EventKind;
  readonly occurredAt: number;
  readonly clientId?: string | null;
  readonly loginId?: string | null;
  readonly clientIp?: string | null;
  readonly requestId?: string | null;
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

export async function recordEvent(db: Db, event: NewEvent): Promise<void> {
  await insertEvent(db, {
    occurredAt: event.occurredAt,
    kind: event.kind,
    clientId: storable(event.clientId, 32),
    loginId: storable(event.loginId, 255),
    clientIp: storable(event.clientIp, 64),
    requestId: storable(event.requestId, 64),
    detail: JSON.stringify(event.detail ?? {}),
  });
}

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

/** Newest first. */
export async function listEvents(db: Db, filter: EventFilter): Promise<AuditEvent[]> {
  let query = db.selectFrom('tegata_event').selectAll().orderBy('event_id', 'desc').limit(filter.limit);
  if (filter.before !== undefined) query = query.where('event_id', '<', filter.before);
  if (filter.kinds?.length) query = query.where('kind', 'in', [...filter.kinds]);
  if (filter.clientId !== undefined) query = query.where('client_id', '=', filter.clientId);
  if (filter.loginId !== undefined) query = query.where('login_id', '=', filter.loginId);
  if (filter.from !== undefined) query = query.where('occurred_at', '>=', filter.from);
  if (filter.until !== undefined) query = query.where('occurred_at', '<', filter.until);
  if (filter.text !== undefined) query = query.where(holdsText(filter.text));
  const rows = await query.execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    occurredAt: row.occurred_at,
    kind: row.kind as EventKind,
    clientId: row.client_id,
    loginId: row.login_id,
    clientIp: row.client_ip,
    requestId: row.request_id,
    detail: JSON.parse(row.detail) as EventDetail,
  }));
}

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
