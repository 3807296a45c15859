/** What `/ready` asks, by the name that it gives when it fails. */
import type { ClockWatch } from '../../base/clock-watch.ts';
import type { Store } from '../../database/open.ts';
import { databaseProbe } from '../../database/probe.ts';
import type { Extended } from '../../extension/merge.ts';
import type { ReadyCheck } from '../../http/ops-routes.ts';
import { currentKey } from '../../oauth/keys/keyring.ts';
import type { Heartbeat } from '../../webhook/heartbeat.ts';
import type { KeyStore } from '../keys/key-store.ts';

type ProbeDeps = {
  readonly store: Store;
  readonly keyFiles: Pick<KeyStore, 'keys'>;
  readonly extended: Pick<Extended, 'probes'>;
  readonly clockWatch: ClockWatch;
};

export const probesOf = (
  { store, keyFiles, extended, clockWatch }: ProbeDeps,
  worker: Heartbeat,
  apiFault: () => Error | undefined,
): ReadyCheck[] => [
  { name: 'database', check: databaseProbe(store) },
  { name: 'clock', check: async () => refuseStepped(clockWatch) },
  { name: 'signing key', check: async () => void currentKey(keyFiles.keys()) },
  { name: 'api', check: async () => refuseFault(apiFault()) },
  { name: 'webhook worker', check: async () => refuseStuck(worker) },
  ...extended.probes.map((probe) => ({ name: probe.name, check: async () => probe.check({ db: store.db }) })),
];

function refuseStepped(watch: ClockWatch): void {
  if (watch.isStepped()) throw new Error(`the clock was set by ${watch.stepSeconds()} seconds`);
}

function refuseFault(fault: Error | undefined): void {
  if (fault) throw fault;
}

function refuseStuck(worker: Heartbeat): void {
  if (worker.isStuck()) throw new Error(`no round has ended for ${Math.round(worker.silentMs() ?? 0)} ms`);
}
