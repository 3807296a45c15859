/** What a start finds to be wrong though it can go on: told to the person and to the log. */

import type { Services } from '../app/services.ts';
import { PROXY_TODO, proxyFault, seenProxy } from '../app/unnamed-proxy.ts';
import { readServerFacts, type ServerFacts } from '../database/server-facts.ts';
import { claimKeyFolder, FOREIGN_FOLDER, FOREIGN_FOLDER_TODO } from '../oauth/key-folder.ts';

export async function startFaults({ config, clock, store, keyFiles, log }: Services): Promise<string[]> {
  const now = clock.now();
  const folder = await claimKeyFolder(store, keyFiles, now);
  const ahead = clockFault(await readServerFacts(store), clock.now());
  const proxy = proxyFault(config, await seenProxy(store, config, now));
  const faults = [
    ...(folder === 'foreign' ? [`${FOREIGN_FOLDER}; ${FOREIGN_FOLDER_TODO}`] : []),
    ...(ahead === undefined ? [] : [`the clock: ${ahead}; ${CLOCK_TODO}`]),
    ...(proxy === undefined ? [] : [`${proxy}; ${PROXY_TODO}`]),
  ];
  for (const fault of faults) log.error({ fault }, 'a fault that should be mended');
  return faults;
}

const CLOCK_TOLERANCE_SECONDS = 5; // beyond it, sessions and tokens end visibly early or late

export const CLOCK_TODO = 'let both follow a time server (chrony, systemd-timesyncd)';

/** What is wrong with the clock of this machine beside that of the database's server, which all nodes share; undefined = they agree. */
export function clockFault({ now: there }: Pick<ServerFacts, 'now'>, here: number): string | undefined {
  const apart = Math.abs(there - here);
  return apart <= CLOCK_TOLERANCE_SECONDS
    ? undefined
    : `this machine and the database are ${apart} seconds apart`;
}
