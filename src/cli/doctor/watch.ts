/** `tegata doctor --watch` and `--once`: what a monitor reads. A finding is news when it appears and when it goes. */
import type { Finding } from './finding.ts';

export type News = {
  readonly at: string;
  readonly change: 'appeared' | 'gone';
  readonly name: string;
  readonly state: Finding['state'];
  readonly says: string;
  readonly todo: string | null;
};

/** What is in order, or only worth knowing, wakes no one. */
const isTrouble = ({ state }: Finding): boolean => state === 'fault' || state === 'warning';

/** A number that runs (seconds, rows) makes no other finding of it. */
const keyOf = ({ name, state, says }: Finding): string => `${name}\n${state}\n${says.replace(/\d+/g, '#')}`;

export type Watch = {
  /** Given what was found now, says what has changed since the last time. */
  see(findings: readonly Finding[], at: Date): News[];
  /** The worst that is there now. */
  worst(): 'ok' | 'warning' | 'fault';
};

export function watch(): Watch {
  let known = new Map<string, Finding>();
  return {
    see: (findings, at) => {
      const now = new Map(findings.filter(isTrouble).map((finding) => [keyOf(finding), finding]));
      const appeared = [...now].filter(([key]) => !known.has(key));
      const gone = [...known].filter(([key]) => !now.has(key));
      known = now;
      return [
        ...gone.map(([, finding]) => newsOf('gone', finding, at)),
        ...appeared.map(([, finding]) => newsOf('appeared', finding, at)),
      ];
    },
    worst: () => worstOf([...known.values()]),
  };
}

export function worstOf(findings: readonly Finding[]): 'ok' | 'warning' | 'fault' {
  if (findings.some(({ state }) => state === 'fault')) return 'fault';
  return findings.some(({ state }) => state === 'warning') ? 'warning' : 'ok';
}

const newsOf = (change: News['change'], { name, state, says, todo }: Finding, at: Date): News => ({
  at: at.toISOString(),
  change,
  name,
  state,
  says,
  todo: todo ?? null,
});

export const newsLine = ({ at, change, state, name, says, todo }: News): string =>
  change === 'gone'
    ? `${at} gone     ${name}: ${says}`
    : `${at} ${state.padEnd(8)} ${name}: ${says}${todo === null ? '' : ` → ${todo}`}`;

/** Exit codes of Nagios and what understands its plugins. */
export const MONITOR_CODES = { ok: 0, warning: 1, fault: 2, unknown: 3 } as const;

/** One line in the manner of a Nagios plugin; `|` begins its numbers. */
export function monitorLine(findings: readonly Finding[]): string {
  const faults = findings.filter(({ state }) => state === 'fault');
  const warnings = findings.filter(({ state }) => state === 'warning');
  const word = { ok: 'OK', warning: 'WARNING', fault: 'CRITICAL' }[worstOf(findings)];
  const told = [...faults, ...warnings].map(({ name, says }) => `${name}: ${says}`).join('; ');
  const line = `TEGATA ${word} - ${told === '' ? `${findings.length} checks in order` : told}`;
  const oneLine = line.replaceAll(/[|\r\n]+/g, ' ');
  return `${oneLine} | faults=${faults.length} warnings=${warnings.length}`;
}
