/** What the home page shows: how much the API is used, and what happened lately. */

import { listEvents } from '../audit/events.ts';
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
  const from = startOfDay(clock.now(), timeZone) - (DAYS - 1) * DAY_SECONDS;
  const sums = new Map<string, UseCount>();
  for (const hour of await apiUseSince(store.db, EVERYBODY, from)) {
    const day = dayName(hour.hourAt, timeZone);
    sums.set(day, sumOf(sums.get(day) ?? NO_USE, hour));
  }
  return Array.from({ length: DAYS }, (_, index) => {
    // At noon, so that an hour's shift does not change the day.
    const day = dayName(from + index * DAY_SECONDS + DAY_SECONDS / 2, timeZone);
    return { day, ...measured(sums.get(day) ?? NO_USE) };
  });
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

/** Local midnight before `at`; in zones with daylight saving the bars shift by the hour on the two days of change. */
function startOfDay(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  const [hour = 0, minute = 0, second = 0] = parts
    .formatToParts(at * 1000)
    .filter(({ type }) => type !== 'literal')
    .map(({ value }) => Number(value));
  return at - hour * 3600 - minute * 60 - second;
}

const dayName = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at * 1000);
