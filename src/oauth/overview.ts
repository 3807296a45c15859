/** What the home page shows: how much the API is used, and what happened lately. */

import { listEvents } from '../audit/events.ts';
import { dayOf, dayStart, daysUpTo } from '../shop/calendar.ts';
import { NO_USE, sumOf } from './api-use.ts';
import { apiUseSince, EVERYBODY, SPANS_MS, type UseCount } from './store/api-use.ts';
import { expiringSecrets, listClientNames } from './store/clients.ts';
import { countOverview } from './store/token-overview.ts';
import type { TokenDeps } from './token/token-deps.ts';

const DAYS = 30;
const DAY_SECONDS = 86_400;
const EVENTS_SHOWN = 10;
const SECRET_WARNING_SECONDS = 14 * DAY_SECONDS;
const WARNINGS_SHOWN = 5;

export async function overview(deps: Pick<TokenDeps, 'store' | 'clock'> & { timeZone: string }) {
  const { db } = deps.store;
  const now = deps.clock.now();
  const [counts, events] = [await countOverview(db, now), await listEvents(db, { limit: EVENTS_SHOWN })];
  const names = await listClientNames(
    db,
    events.flatMap(({ clientId }) => clientId ?? []),
  );
  return {
    clientCount: counts.clients,
    liveGrantCount: counts.liveGrants,
    expiringSecrets: await expiringSecrets(db, {
      now,
      until: now + SECRET_WARNING_SECONDS,
      limit: WARNINGS_SHOWN,
    }),
    days: await usePerDay(deps),
    events: events.map(({ occurredAt, kind, loginId, clientId }) => {
      const name = clientId === null ? undefined : names.get(clientId);
      return {
        occurredAt,
        kind,
        loginId,
        client: clientId !== null && name !== undefined ? { clientId, name } : null,
      };
    }),
  };
}

export type DayUse = {
  /** `YYYY-MM-DD` in the shop's zone. */
  readonly day: string;
  readonly calls: number;
  readonly errors: number;
  /** Null on a day without calls. */
  readonly averageMs: number | null;
  /** So many milliseconds at the most took 95 % of the calls; null when it was more than the longest span counted. */
  readonly mostWithinMs: number | null;
};

/** The last thirty days, the oldest first, without gaps. */
export async function usePerDay({
  store,
  clock,
  timeZone,
}: Pick<TokenDeps, 'store' | 'clock'> & { timeZone: string }): Promise<DayUse[]> {
  const days = daysUpTo(clock.now(), DAYS, timeZone);
  const from = dayStart(days[0] ?? '', timeZone) ?? 0;
  const sums = new Map<string, UseCount>();
  for (const hour of await apiUseSince(store.db, EVERYBODY, from)) {
    const day = dayOf(hour.hourAt, timeZone);
    sums.set(day, sumOf(sums.get(day) ?? NO_USE, hour));
  }
  return days.map((day) => ({ day, ...measured(sums.get(day) ?? NO_USE) }));
}

function measured({ calls, errors, ms, spans }: UseCount): Omit<DayUse, 'day'> {
  let within = 0;
  const most = SPANS_MS.find((_, index) => {
    within += spans[index] ?? 0;
    return within >= calls * 0.95;
  });
  const averageMs = calls === 0 ? null : Math.round(ms / calls);
  return { calls, errors, averageMs, mostWithinMs: calls === 0 ? null : (most ?? null) };
}
