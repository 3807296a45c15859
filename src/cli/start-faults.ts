/** What a start finds to be wrong though it can go on: told to the person and to the log. */

import type { Services } from '../app/services.ts';
import { PROXY_TODO, proxyFault, seenProxy } from '../app/unnamed-proxy.ts';
import { readServerFacts } from '../database/server-facts.ts';
import { claimKeyFolder, FOREIGN_FOLDER, FOREIGN_FOLDER_TODO } from '../oauth/key-folder.ts';
import { CLOCK_TODO, clockFault } from './clock-fault.ts';

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
