/** What `/ready` looks at. */
import type { Store } from '../../database/open.ts';
import { databaseProbe } from '../../database/probe.ts';
import type { Extended } from '../../extension/merge.ts';
import type { ReadyCheck } from '../../http/ops-routes.ts';
import { currentKey } from '../../oauth/keys/keyring.ts';
import type { Heartbeat } from '../../webhook/heartbeat.ts';
import type { KeyStore } from '../keys/key-store.ts';

type Probed = { readonly store: Store; readonly keyFiles: KeyStore; readonly extended: Extended };

export const probesOf = ({ store, keyFiles, extended }: Probed, worker: Heartbeat): ReadyCheck[] => [
  { name: 'database', check: databaseProbe(store) },
  { name: 'signing key', check: async () => void currentKey(keyFiles.keys()) },
  { name: 'webhook worker', check: async () => refuseStuck(worker) },
  ...extended.probes.map((probe) => ({ name: probe.name, check: async () => probe.check({ db: store.db }) })),
];

function refuseStuck(worker: Heartbeat): void {
  if (worker.isStuck()) throw new Error(`no round has ended for ${Math.round(worker.silentMs() ?? 0)} ms`);
}
