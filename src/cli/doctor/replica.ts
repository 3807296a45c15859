/** A probe of the read replica: what its node would make of it. A replica that is away is no fault: the primary answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../app/config/config.ts';
import { systemClock } from '../../base/clock.ts';
import type { Store } from '../../database/open.ts';
import { openReadReplica, type ReplicaStanding } from '../../database/replica/read-replica.ts';
import { firstFailureLine } from '../failure.ts';
import { type Finding, ok, warning } from './finding.ts';

const NAME = 'read replica';
const LOOKS = 20;
const BETWEEN_MS = 100;

export async function replicaFindings(config: Config, primary: Store): Promise<Finding[]> {
  const { readDatabaseUrl: url, readMaxLagSeconds: maxLagSeconds } = config;
  if (url === undefined) return [];
  let why: unknown;
  const replica = openReadReplica({
    url,
    primary,
    clock: systemClock,
    poolSize: 1,
    statementTimeoutSeconds: 30,
    maxLagSeconds,
    onRead: () => {},
    onStanding: (_standing, error) => {
      why = error ?? why;
    },
  });
  try {
    return [finding(await settled(replica), maxLagSeconds, why)];
  } finally {
    await replica.close();
  }
}

/** One that follows has what was just written within moments. */
async function settled(replica: ReturnType<typeof openReadReplica>): Promise<ReplicaStanding> {
  for (let look = 0; look < LOOKS; look += 1) {
    await replica.look();
    if (replica.standing() !== 'behind') break;
    await sleep(BETWEEN_MS);
  }
  return replica.standing();
}

function finding(standing: ReplicaStanding, maxLagSeconds: number, why: unknown): Finding {
  if (standing === 'used') return ok(NAME, `follows the primary by less than ${maxLagSeconds} s`);
  if (standing === 'away')
    return warning(
      NAME,
      `does not answer (${firstFailureLine(why)}); the primary answers in its place`,
      'see whether it runs, and whether TEGATA_READ_DATABASE_URL is right',
    );
  if (standing === 'behind')
    return warning(
      NAME,
      'does not come after the primary; the primary answers in its place',
      'see pg_stat_replication on the primary, and whether its replay is paused',
    );
  const what = standing === 'foreign' ? 'another database' : 'a server that is no standby';
  return warning(
    NAME,
    `TEGATA_READ_DATABASE_URL names ${what}; it is not used`,
    'name a streaming replica of DATABASE_URL',
  );
}
