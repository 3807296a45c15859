/** `TEGATA_READ_DATABASE_URL`: the replica, what the log says of it, and its metrics. */
import type { Logger } from 'pino';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../base/clock.ts';
import type { Store } from '../../database/open.ts';
import {
  openReadReplica,
  type ReadReplica,
  type ReplicaStanding,
} from '../../database/replica/read-replica.ts';
import type { Config } from '../config/config.ts';

const STATEMENT_TIMEOUT_SECONDS = 30;

const SAYS: Readonly<Record<ReplicaStanding, string>> = {
  used: 'reads go to the read replica',
  behind: 'the read replica is too far behind: reads go to the primary',
  away: 'the read replica does not answer: reads go to the primary',
  'no-standby': 'TEGATA_READ_DATABASE_URL names a server that is no standby: reads go to the primary',
  foreign: 'TEGATA_READ_DATABASE_URL names another database: reads go to the primary',
};

type Needs = {
  readonly config: Pick<Config, 'readDatabaseUrl' | 'readMaxLagSeconds' | 'databasePool'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
};

/** undefined = none is configured. */
export function openReplica(needs: Needs, registry: Registry): ReadReplica | undefined {
  const { config, store, clock, log } = needs;
  if (config.readDatabaseUrl === undefined) return undefined;
  const reads = new Counter({
    name: 'tegata_replica_statements_total',
    help: 'statements of queries for which the replica was chosen, by the server that answered',
    labelNames: ['server'] as const,
    registers: [registry],
  });
  const replica = openReadReplica({
    url: config.readDatabaseUrl,
    primary: store,
    clock,
    poolSize: config.databasePool,
    statementTimeoutSeconds: STATEMENT_TIMEOUT_SECONDS,
    maxLagSeconds: config.readMaxLagSeconds,
    onRead: (server) => reads.inc({ server }),
    onStanding: (standing, err) =>
      log[standing === 'used' ? 'info' : 'warn'](
        { standing, ...(err !== undefined && { err }) },
        SAYS[standing],
      ),
  });
  measure(replica, registry);
  void replica.look();
  return replica;
}

function measure(replica: ReadReplica, registry: Registry): void {
  new Gauge({
    name: 'tegata_replica_lag_seconds',
    help: 'by how much the read replica may be behind; -1 = not known',
    aggregator: 'max',
    registers: [registry],
    collect() {
      this.set(replica.lagSeconds() ?? -1);
    },
  });
  new Gauge({
    name: 'tegata_replica_used',
    help: '1 while reads may go to the read replica, else 0',
    aggregator: 'min',
    registers: [registry],
    collect() {
      this.set(replica.standing() === 'used' ? 1 : 0);
    },
  });
}
