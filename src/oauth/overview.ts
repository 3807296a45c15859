/** What the home page and a client's page show: how much the API is used, and what happened lately. */

import { listEvents } from '../audit/events.ts';
import { dayOf, dayStart, daysUpTo } from '../shop/calendar.ts';
import { NO_USE, sumOf } from './api-use.ts';
import { apiUseSince, EVERYBODY, HOUR_SECONDS, SPANS_MS, type UseCount } from './store/api-use.ts';
import { expiringSecrets, listClientNames } from './store/clients.ts';
import { countOverview } from './store/token-overview.ts';
import type { TokenDeps } from './token/token-deps.ts';

const DAYS = 30;
const HOURS = 24;
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

export type SpanUse = {
  readonly calls: number;
  readonly errors: number;
  /** Null without calls. */
  readonly averageMs: number | null;
  /** So many milliseconds at the most took half of the calls; null when it was more than the longest span counted. */
  readonly medianMs: number | null;
  /** The same of 95 %. */
  readonly mostWithinMs: number | null;
};

/** `day`: `YYYY-MM-DD` in the shop's zone. */
export type DayUse = SpanUse & { readonly day: string };

export type UseReading = Pick<TokenDeps, 'store' | 'clock'> & { readonly timeZone: string };

/** The last thirty days of a subject, the oldest first, without gaps. */
export async function usePerDay(
  { store, clock, timeZone }: UseReading,
  subject = EVERYBODY,
): Promise<DayUse[]> {
  const days = daysUpTo(clock.now(), DAYS, timeZone);
  const from = dayStart(days[0] ?? '', timeZone) ?? 0;
  const sums = new Map<string, UseCount>();
  for (const hour of await apiUseSince(store.db, subject, from)) {
    const day = dayOf(hour.hourAt, timeZone);
    sums.set(day, sumOf(sums.get(day) ?? NO_USE, hour));
  }
  return days.map((day) => ({ day, ...measured(sums.get(day) ?? NO_USE) }));
}

export type HourOfUse = SpanUse & { readonly hourAt: number };

/** The last 24 hours of a subject, the one that runs among them, the oldest first, without gaps. */
export async function usePerHour({ store, clock }: UseReading, subject: string): Promise<HourOfUse[]> {
  const now = clock.now();
  const first = now - (now % HOUR_SECONDS) - (HOURS - 1) * HOUR_SECONDS;
  const found = new Map((await apiUseSince(store.db, subject, first)).map((use) => [use.hourAt, use]));
  return Array.from({ length: HOURS }, (_, index) => {
    const hourAt = first + index * HOUR_SECONDS;
    return { hourAt, ...measured(found.get(hourAt) ?? NO_USE) };
  });
}

function measured(use: UseCount): SpanUse {
  const { calls, errors, ms } = use;
  const averageMs = calls === 0 ? null : Math.round(ms / calls);
  return { calls, errors, averageMs, medianMs: withinMs(use, 0.5), mostWithinMs: withinMs(use, 0.95) };
}

/** The end of the span that holds so great a share of the calls with all shorter ones. */
function withinMs({ calls, spans }: UseCount, share: number): number | null {
  if (calls === 0) return null;
  let within = 0;
  const found = SPANS_MS.find((_, index) => {
    within += spans[index] ?? 0;
    return within >= calls * share;
  });
  return found ?? null;
}
