/** What the home page shows: how much the API is used, and what happened lately. */
import { expiringSecrets, listClientNames } from '../store/clients.ts';
import { listEvents } from '../store/events.ts';
import { countOverview, issuedPerSpan } from '../store/token-overview.ts';
import type { TokenDeps } from './token-deps.ts';

const DAYS = 30;
const DAY_SECONDS = 86_400;
const EVENTS_SHOWN = 10;
const SECRET_WARNING_SECONDS = 14 * DAY_SECONDS;
const WARNINGS_SHOWN = 5;

export async function overview(deps: Pick<TokenDeps, 'store' | 'clock'> & { timeZone: string }) {
  const { db } = deps.store;
  const now = deps.clock.now();
  const from = startOfDay(now, deps.timeZone) - (DAYS - 1) * DAY_SECONDS;
  const [counts, issued, events] = [
    await countOverview(db, now),
    await issuedPerSpan(db, { from, spanSeconds: DAY_SECONDS, spans: DAYS }),
    await listEvents(db, { limit: EVENTS_SHOWN }),
  ];
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
    issuedPerDay: issued.map(({ n }, day) => ({
      day: dayName(from + day * DAY_SECONDS, deps.timeZone),
      count: n,
    })),
    issued: { n: issued.reduce((sum, { n }) => sum + n, 0), more: issued.some(({ more }) => more) },
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

/** `YYYY-MM-DD` in the shop's zone; taken at noon, so that an hour's shift does not change the day. */
const dayName = (startsAt: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format((startsAt + DAY_SECONDS / 2) * 1000);
