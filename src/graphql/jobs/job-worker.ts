/**
 * Works on jobs, a turn at a time: the next lines of one job, then of the one that has waited longest, one job a client. One
 * process at a time has the lease; a killed one leaves nothing but that. After each turn it rests for as long as the turn
 * took, so that the shop's own writes get through.
 */
import { randomHex } from '../../base/bytes.ts';
import { spareMemory } from '../../base/spare-memory.ts';
import { takeLease } from '../../database/leases.ts';
import { outageOf } from '../../database/outage.ts';
import { readJobPart, removeInput } from '../store/job-parts.ts';
import { endJob, findJob, type Job, type JobEnd, waitingJobs } from '../store/jobs.ts';
import { type JobDeps, jobPartStore } from './job-deps.ts';
import { principalOfJob } from './job-principal.ts';
import { exportPage } from './run-export.ts';
import { runLines } from './run-lines.ts';
import { type JobText, judged } from './take-in.ts';

const LONGEST_REST_MS = 1_000;
const AFTER_ERROR_MS = 2_000; // e.g. the database is away
const OWNER_BYTES = 16;

export type JobWorker = {
  /** One turn now; false when there was nothing to do, or another process does it. */
  tick(): Promise<boolean>;
  start(): void;
  /** Ends behind the turn that is under way. */
  stop(): Promise<void>;
  /** There may be something to do. */
  wake(): void;
};

/** What this process knows of a job that it works on. */
type Known = {
  text: JobText;
  /** Lines, or rows of a page, at a time. */
  most: number;
  /** Why the last turn came to nothing. */
  trouble: Error | undefined;
};

export const jobWorker = (deps: JobDeps): JobWorker => new Worker(deps);

class Worker implements JobWorker {
  readonly #deps: JobDeps;
  readonly #owner = randomHex(OWNER_BYTES);
  readonly #known = new Map<string, Known>();
  #looping: Promise<void> | undefined;
  #stopped = false;
  #roused = false;
  #rouse: () => void = () => {};

  constructor(deps: JobDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#looping ??= this.#loop();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#looping;
  }

  wake(): void {
    this.#roused = true;
    this.#rouse();
  }

  async tick(): Promise<boolean> {
    const { store, clock, limits } = this.#deps;
    const jobs = await waitingJobs(store.db);
    for (const id of this.#known.keys()) if (!jobs.some((job) => job.job_id === id)) this.#known.delete(id);
    const job = nextOf(jobs);
    if (!job || !(await this.#deps.isOn())) return false;
    const lease = { name: 'jobs', owner: this.#owner, seconds: limits.leaseSeconds };
    if (!(await takeLease(store, lease, clock.now()))) return false;
    await this.#turn(job);
    spareMemory(clock);
    return true;
  }

  async #loop(): Promise<void> {
    const { clock, limits, log } = this.#deps;
    while (!this.#stopped) {
      const since = clock.monotonicMs();
      try {
        const worked = await this.tick();
        const took = clock.monotonicMs() - since;
        await (worked
          ? this.#pause(Math.min(took, LONGEST_REST_MS), false)
          : this.#pause(limits.idleMs, true));
      } catch (error) {
        log.error({ err: error }, 'a job could not go on');
        await this.#pause(AFTER_ERROR_MS, false);
      }
    }
  }

  /** `wakes`: a new job ends it; a stop always does. */
  async #pause(ms: number, wakes: boolean): Promise<void> {
    if (this.#stopped || (wakes && this.#roused)) {
      this.#roused = false;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#rouse = () => {
      if (wakes || this.#stopped) resolve();
    };
    await promise;
    clearTimeout(timer);
    this.#rouse = () => {};
    if (wakes) this.#roused = false;
  }

  async #turn(job: Job): Promise<void> {
    if (job.part >= job.input_parts) return this.#end(job, { state: 'completed' });
    const principal = await principalOfJob(this.#deps.store.db, job);
    if (!principal) return this.#end(job, GRANT_ENDED);
    const known = await this.#knownOf(job);
    if (!known) return this.#end(job, UNREADABLE);
    const wrong = judged(this.#deps, principal, known.text, known.text.variables);
    if (wrong) {
      const [error = undefined] = wrong.kind === 'forbidden' ? [wrong.error] : wrong.errors;
      const shown = this.#deps.api.publish(error ?? new Error('refused'), job.job_id);
      const { message, extensions } = shown;
      return this.#end(job, { state: 'failed', error: { code: extensions.code, message } });
    }
    const turn = { job, principal, text: known.text };
    if (job.kind === 'query') await this.#exportTurn(known, turn);
    else await this.#linesTurn(known, turn);
    const now = await findJob(this.#deps.store.db, job.job_id);
    if (now && now.part >= now.input_parts) await this.#end(now, { state: 'completed' });
  }

  /** A line by which the whole transaction comes to nothing is run alone, and passed over when it fails again. */
  async #linesTurn(known: Known, turn: Pick<Parameters<typeof runLines>[1], 'job' | 'principal' | 'text'>) {
    const skip = known.most === 1 ? known.trouble : undefined;
    try {
      await runLines(this.#deps, { ...turn, most: known.most, skip });
      known.trouble = undefined;
    } catch (error) {
      if (outageOf(error) !== undefined || !(error instanceof Error) || skip) throw error;
      this.#deps.log.error({ err: error, job: turn.job.job_id }, 'lines of a job are run one by one');
      if (known.most === 1) known.trouble = error;
      known.most = 1;
    }
  }

  async #exportTurn(
    known: Known,
    turn: Pick<Parameters<typeof exportPage>[1], 'job' | 'principal' | 'text'>,
  ) {
    const step = await exportPage(this.#deps, { ...turn, rows: known.most });
    if (step.kind === 'read') return;
    if (step.kind === 'tooMuch' && known.most > 1) known.most = Math.ceil(known.most / 2);
    else await this.#end(turn.job, { state: 'failed', error: step.error });
  }

  async #knownOf({ job_id: jobId, kind }: Job): Promise<Known | undefined> {
    const found = this.#known.get(jobId);
    if (found) return found;
    const name = { jobId, kind: 'document', number: 0 } as const;
    // Sealed with a key that is gone, it cannot be run by anyone.
    const part = await readJobPart(jobPartStore(this.#deps), name).catch((error: unknown) => {
      if (outageOf(error) !== undefined) throw error;
      return undefined;
    });
    if (!part) return undefined;
    const { batchLines, pageRows } = this.#deps.limits;
    const most = kind === 'query' ? pageRows : batchLines;
    const known = { text: JSON.parse(part.text) as JobText, most, trouble: undefined };
    this.#known.set(jobId, known);
    return known;
  }

  async #end({ job_id: jobId }: Job, end: JobEnd): Promise<void> {
    const { store, clock } = this.#deps;
    await endJob(store.db, jobId, end, clock.now());
    await removeInput(store.db, jobId);
    this.#known.delete(jobId);
  }
}

const GRANT_ENDED: JobEnd = {
  state: 'failed',
  error: {
    code: 'UNAUTHENTICATED',
    message: 'The grant behind the job has ended; the lines that are left were not run.',
  },
};

const UNREADABLE: JobEnd = {
  state: 'failed',
  error: { code: 'INTERNAL', message: 'The document of the job cannot be read any more.' },
};

/** The oldest job of each client; of these the one that has waited longest. */
function nextOf(jobs: readonly Job[]): Job | undefined {
  const clients = new Map<string, Job>();
  for (const job of jobs) if (!clients.has(job.client_id)) clients.set(job.client_id, job);
  return [...clients.values()].sort((a, b) => a.turn_ms - b.turn_ms)[0];
}
