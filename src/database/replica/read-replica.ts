/** A standby that reads may go to while it is hardly behind. It is looked at beside the requests; they never wait for that. */
import { sql } from 'kysely';
import type { Clock } from '../../base/clock.ts';
import type { ReplicationKit } from '../dialect/replication-kit.ts';
import { type Db, openStore, type Store } from '../open.ts';
import { outageOf } from '../outage.ts';
import { fallingBack, type ReadFrom } from './falling-back.ts';
import { Freshness } from './freshness.ts';

const LOOK_MS = 500;

/**
 * `used`: reads go to it. `behind`: by more than is allowed, or not known how far. `away`: it does not answer. `no-standby`: it has
 * been made a primary. `foreign`: it holds another database.
 */
export type ReplicaStanding = 'used' | 'behind' | 'away' | 'no-standby' | 'foreign';

export type ReadReplica = {
  /** For reading, without transactions. Statements go to the replica while it is `used`, else to the primary. */
  readonly db: Db;
  standing(): ReplicaStanding;
  /** Seconds; undefined = not known. */
  lagSeconds(): number | undefined;
  /** One look at both servers. It never rejects. */
  look(): Promise<void>;
  close(): Promise<void>;
};

export type ReplicaOptions = {
  readonly url: string;
  readonly primary: Store;
  readonly clock: Clock;
  readonly poolSize: number;
  readonly statementTimeoutSeconds: number;
  readonly maxLagSeconds: number;
  onRead(from: ReadFrom): void;
  /** Told whenever the standing changes, and of the first. */
  onStanding(standing: ReplicaStanding, error: unknown): void;
};

/** @throws when the database knows no standbys that are read from; `readReplicaFault` says it before. */
export function openReadReplica(options: ReplicaOptions): ReadReplica {
  const { url, primary, clock, statementTimeoutSeconds, poolSize } = options;
  const replica = openStore(url, { poolSize, statementTimeoutSeconds });
  // Of its own, so that a look waits for no reader.
  const lookout = openStore(url, { poolSize: 1, statementTimeoutSeconds });
  const watch = new Watch(options, lookout);
  const db = fallingBack({
    primary: primary.db,
    replica: replica.db,
    mayUse: () => watch.standing() === 'used',
    onRead: options.onRead,
    onFailure: (error) => {
      if (outageOf(error) === 'unreachable') watch.tell('away', error);
    },
  });
  const timer = setInterval(() => void watch.look(), LOOK_MS);
  timer.unref();
  return {
    db,
    standing: () => watch.standing(),
    lagSeconds: () => {
      const lagMs = watch.freshness.lagMs(clock.monotonicMs());
      return lagMs === undefined ? undefined : lagMs / 1000;
    },
    look: () => watch.look(),
    close: async () => {
      clearInterval(timer);
      await watch.looking;
      await Promise.all([replica.close(), lookout.close()]);
    },
  };
}

class Watch {
  readonly freshness = new Freshness();
  looking: Promise<void> | undefined;
  readonly #options: ReplicaOptions;
  readonly #replica: Store;
  #seen: ReplicaStanding | undefined;
  #told: ReplicaStanding | undefined;
  #isSame = false;

  constructor(options: ReplicaOptions, replica: Store) {
    this.#options = options;
    this.#replica = replica;
  }

  /** A look that is late, or that failed, makes it old. */
  standing(): ReplicaStanding {
    const { clock, maxLagSeconds } = this.#options;
    if (this.#seen !== 'used') return this.#seen ?? 'away';
    const lagMs = this.freshness.lagMs(clock.monotonicMs());
    return lagMs !== undefined && lagMs <= maxLagSeconds * 1000 ? 'used' : 'behind';
  }

  tell(seen: ReplicaStanding, error?: unknown): void {
    this.#seen = seen;
    const standing = this.standing();
    if (standing === this.#told) return;
    this.#told = standing;
    this.#options.onStanding(standing, error);
  }

  /** One at a time. */
  look(): Promise<void> {
    this.looking ??= this.#look().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  async #look(): Promise<void> {
    const { primary, clock } = this.#options;
    const { replication } = primary.kit;
    if (!replication) throw new Error('the database has no replicas to read from');
    const atMs = clock.monotonicMs();
    try {
      this.freshness.wrote(atMs, BigInt(await ask(primary, replication.written)));
    } catch {
      return this.tell(this.#seen ?? 'behind'); // the primary's own faults are told elsewhere
    }
    try {
      this.tell(await this.#judge(replication));
    } catch (error) {
      this.#isSame = false;
      this.tell('away', error);
    }
  }

  async #judge(replication: ReplicationKit): Promise<ReplicaStanding> {
    const position = await ask(this.#replica, replication.replayed);
    if (position === null) {
      this.#isSame = false;
      this.freshness.forget();
      return 'no-standby';
    }
    // Another server may stand behind the name after it was away.
    this.#isSame ||= await isSame(this.#options.primary, this.#replica, replication);
    if (!this.#isSame) return 'foreign';
    this.freshness.replayed(BigInt(position));
    return 'used';
  }
}

const ask = async <T>({ db }: Store, asked: ReturnType<typeof sql<T>>): Promise<T> => {
  const { rows } = await sql<{ value: T }>`select ${asked} as value`.execute(db);
  return (rows[0] as { value: T }).value;
};

async function isSame(one: Store, other: Store, { identity }: ReplicationKit): Promise<boolean> {
  const [ours, theirs] = await Promise.all([ask(one, identity), ask(other, identity)]);
  return ours === theirs;
}
