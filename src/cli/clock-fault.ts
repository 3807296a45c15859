/** The clock of this machine beside that of the database's server, which all nodes share. */
import type { ServerFacts } from '../database/server-facts.ts';

const CLOCK_TOLERANCE_SECONDS = 5; // beyond it, sessions and tokens end visibly early or late

export const CLOCK_TODO = 'let both follow a time server (chrony, systemd-timesyncd)';

/** What is wrong; undefined = they agree. */
export function clockFault({ now: there }: Pick<ServerFacts, 'now'>, here: number): string | undefined {
  const apart = Math.abs(there - here);
  return apart <= CLOCK_TOLERANCE_SECONDS
    ? undefined
    : `this machine and the database are ${apart} seconds apart`;
}
