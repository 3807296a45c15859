/**
 * Runs the next lines of a job in one transaction, each in a savepoint of its own: a line that fails is taken back alone. What
 * became of them and how far the job is stand in the same transaction, so that a process that is killed has done either all
 * of it or nothing.
 */
import type { Db } from '../../database/open.ts';
import { transact } from '../../database/transact.ts';
import type { Principal } from '../../oauth/rules/scope.ts';
import type { ApiRequest, PublicError } from '../request/execute.ts';
import type { Within } from '../request/within.ts';
import { insertPart, readJobPart, removePart } from '../store/job-parts.ts';
import { type Job, type Progress, saveProgress, takeTurn } from '../store/jobs.ts';
import type { CsvJob, CsvLine } from './csv/csv-job.ts';
import { csvFormat, rowErrors } from './csv/run-row.ts';
import { type JobDeps, jobPartStore } from './job-deps.ts';
import { LINE_LIMITS } from './job-limits.ts';
import { prepareLines } from './prepare-lines.ts';
import type { JobText } from './take-in.ts';

export type LinesTurn = {
  readonly job: Job;
  readonly principal: Principal;
  readonly text: JobText;
  /** Lines at the most. */
  readonly most: number;
  /** The first line cannot be run at all: it is passed over and said to have failed. */
  readonly skip?: Error | undefined;
};

/** Something ended the transaction while a line ran: it is begun again, or the worker comes back later. */
type Lost = { readonly error: unknown };

export async function runLines(deps: JobDeps, turn: LinesTurn): Promise<void> {
  const { job } = turn;
  const input = { jobId: job.job_id, kind: 'input', number: job.part } as const;
  const part = await readJobPart(jobPartStore(deps), input);
  if (!part) throw new Error('lines of a job are missing');
  const lines = part.text.split('\n');
  const prepared = await prepareLines(deps, turn.text, lines, job.line);
  const end = Math.min(lines.length, prepared?.until ?? lines.length);
  const deeds = await transact(deps.store, async (db) => {
    const { clock } = deps;
    if (!(await takeTurn(db, job, { now: clock.now(), nowMs: clock.nowMs() }))) return [];
    const batch = new Batch(deps, turn, db);
    let next = job.line;
    while (next < end && batch.hasRoom()) {
      const line = lines[next] ?? '';
      if (line !== '') await batch.run(part.firstLine + next, line, prepared?.byPlace.get(next));
      next += 1;
    }
    const isOver = next === lines.length;
    if (isOver) await removePart(db, input);
    const place = isOver ? { part: job.part + 1, line: 0 } : { part: job.part, line: next };
    await saveProgress(db, job.job_id, { ...(await batch.keep()), ...place });
    return batch.deeds;
  });
  for (const deed of deeds) await deed();
}

type LineResult = { readonly text: string; readonly failed: boolean };
type Failing = (errors: readonly PublicError[]) => LineResult;

const failure = (errors: readonly object[], more: object = {}): LineResult => ({
  text: JSON.stringify({ errors, ...more }),
  failed: true,
});

class Batch {
  readonly #deps: JobDeps;
  readonly #turn: LinesTurn;
  readonly #db: Db;
  readonly #untilMs: number;
  readonly #plans = new Map<string, unknown>();
  readonly #results: string[] = [];
  #length = 0;
  #failed = 0;
  #firstLine = 0;
  #lost: Lost | undefined;
  /** Of the line that is run. */
  #prepared: string | undefined;
  /** What follows the commit. */
  readonly deeds: (() => Promise<void>)[] = [];

  constructor(deps: JobDeps, turn: LinesTurn, db: Db) {
    this.#deps = deps;
    this.#turn = turn;
    this.#db = db;
    this.#untilMs = deps.clock.monotonicMs() + deps.limits.batchMs;
  }

  hasRoom(): boolean {
    const { clock, limits } = this.#deps;
    if (this.#results.length === 0) return true;
    const most = Math.min(this.#turn.most, limits.batchLines);
    return (
      this.#results.length < most && this.#length < limits.partLength && clock.monotonicMs() < this.#untilMs
    );
  }

  async run(number: number, line: string, prepared: string | undefined): Promise<void> {
    this.#prepared = prepared;
    if (this.#results.length === 0) this.#firstLine = number;
    const rows = this.#turn.text.csv && (JSON.parse(line) as CsvLine);
    const place = rows?.[0]?.number ?? number;
    const { text, failed } = await (rows
      ? this.#resultOfRows(place, rows)
      : this.#resultOfLine(number, line));
    if (this.#lost) throw this.#lost.error;
    if (failed) this.#failed += 1;
    this.#results.push(`{"line":${place},${text.slice(1)}`);
    this.#length += text.length;
  }

  async #resultOfLine(number: number, line: string): Promise<LineResult> {
    const { text, skip } = this.#turn;
    if (skip) return failure([this.#publish(skip, number)]);
    const request = { query: text.text, variables: JSON.parse(line) as Record<string, unknown> };
    return this.#ask(number, request, failure);
  }

  /** Rows that come to nothing stay in the result, to be put right and sent again. */
  async #resultOfRows(number: number, rows: CsvLine): Promise<LineResult> {
    const { text, skip } = this.#turn;
    const csv = text.csv as CsvJob;
    const told: Failing = (errors) => failure(rowErrors(csv, rows, errors), { rows });
    if (skip) return told([this.#publish(skip, number)]);
    const verdict = csvFormat(csv.kind).read(csv, rows);
    if (!verdict.ok) return failure(verdict.errors, { rows });
    return this.#ask(number, { query: text.text, ...verdict.request }, told);
  }

  #publish(error: Error, number: number): PublicError {
    return this.#deps.api.publish(error, `${this.#turn.job.job_id}.${number}`);
  }

  async #ask(number: number, request: ApiRequest, failing: Failing): Promise<LineResult> {
    const { api } = this.#deps;
    const { job, principal } = this.#turn;
    const requester = { principal, requestId: `${job.job_id}.${number}`, within: this.#within() };
    const prepared = api.prepare(request, requester);
    if (prepared.kind === 'forbidden') return failing([this.#publish(prepared.error, number)]);
    if (prepared.kind === 'errors') {
      return failing(prepared.errors.map((error) => this.#publish(error, number)));
    }
    try {
      // What a line costs is not counted against the client's quota.
      const { extensions: _cost, ...result } = await api.run(prepared.args);
      if (this.#turn.text.csv && result.errors) return failing(result.errors);
      return { text: api.write(prepared.args, result), failed: 'errors' in result };
    } finally {
      api.release(prepared.args);
    }
  }

  #within(): Within {
    return {
      db: this.#db,
      limits: LINE_LIMITS,
      plans: this.#plans,
      prepared: this.#prepared,
      onLost: (error) => {
        this.#lost ??= { error };
      },
      afterCommit: (deed) => {
        this.deeds.push(deed);
      },
    };
  }

  /** Writes what became of the lines; says where the job is then. */
  async keep(): Promise<Omit<Progress, 'part' | 'line'>> {
    const { job } = this.#turn;
    const { total, succeeded, failed, result_parts, result_bytes } = job;
    if (this.#results.length === 0) return { total, succeeded, failed, result_parts, result_bytes };
    const text = `${this.#results.join('\n')}\n`;
    const name = { jobId: job.job_id, kind: 'result', number: result_parts } as const;
    await insertPart(jobPartStore(this.#deps, this.#db), name, { firstLine: this.#firstLine, text });
    return {
      total,
      succeeded: succeeded + this.#results.length - this.#failed,
      failed: failed + this.#failed,
      result_parts: result_parts + 1,
      result_bytes: result_bytes + Buffer.byteLength(text),
    };
  }
}
