/**
 * Who says that a clock that was set is right now: the clock of the database's server. SQLite has none of its own; there
 * the new time counts when the clock has not been set again for some seconds.
 */
import { CLOCK_LEEWAY_SECONDS, type Clock } from '../../base/clock.ts';
import { type ClockNews, type ClockWatch, type Evidence, watchClock } from '../../base/clock-watch.ts';
import type { Log } from '../../base/log.ts';
import { sparingLog } from '../../base/sparing-log.ts';
import type { Store } from '../../database/open.ts';
import { readServerFacts } from '../../database/server-facts.ts';

/** The longest that an answer may have been under way to say something of the time. */
const FRESH_MS = 2_000;
const QUIET_MS = 5_000;

export type NodeClock = ClockWatch & {
  /** Remembers how far the two clocks are apart while neither was set: they may always have been. */
  compare(): Promise<void>;
};

export function openClock(store: Store, log: Log, wall: Clock): NodeClock {
  const evidence = store.kit.hasOwnClock ? serverEvidence(store) : quietEvidence;
  const watch = watchClock(wall, evidence, newsTo(log));
  return {
    ...watch,
    compare: () => evidence.compare(watch),
  };
}

type Comparing = Evidence & { compare(watch: ClockWatch): Promise<void> };

const quietEvidence: Comparing = {
  bearsOut: async (_wall, steadyMs) => steadyMs >= QUIET_MS,
  compare: async () => {},
};

function serverEvidence(store: Store): Comparing {
  let usual = 0;
  return {
    bearsOut: async (wall) => {
      const apart = await secondsAhead(store, wall);
      if (apart === undefined) return false;
      return Math.min(Math.abs(apart), Math.abs(apart - usual)) <= CLOCK_LEEWAY_SECONDS;
    },
    compare: async (watch) => {
      const apart = await secondsAhead(store, watch.clock);
      // It may have been set meanwhile.
      if (apart !== undefined && !watch.isStepped()) usual = apart;
    },
  };
}

/** What the clock is ahead of the database's; undefined = the answer took too long to tell. */
async function secondsAhead(store: Store, clock: Clock): Promise<number | undefined> {
  const beganMs = clock.monotonicMs();
  const { now } = await readServerFacts(store);
  return clock.monotonicMs() - beganMs > FRESH_MS ? undefined : clock.now() - now;
}

function newsTo(log: Log): ClockNews {
  const [steps, settlings, failures] = [sparingLog(), sparingLog(), sparingLog()];
  return {
    stepped: (seconds) =>
      steps.write('error', log, { seconds }, 'the clock was set: tokens wait until the time is borne out'),
    settled: (takenBack) => settlings.write('warn', log, { takenBack }, 'the clock is right again'),
    failed: (error) =>
      failures.write('warn', log, { err: error }, 'nobody could say whether the clock is right'),
  };
}
