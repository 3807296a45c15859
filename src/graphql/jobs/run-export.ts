/** Reads the next page of a list by the keys of its rows; the rows and how far it is are written in one transaction. */
import type { Db } from '../../database/open.ts';
import { transact } from '../../database/transact.ts';
import type { Principal } from '../../oauth/rules/scope.ts';
import type { ErrorCode } from '../errors.ts';
import type { ApiResult } from '../request/execute.ts';
import { insertPart, readJobPart, removePart } from '../store/job-parts.ts';
import { type Job, saveProgress, takeTurn } from '../store/jobs.ts';
import { type JobDeps, jobPartStore } from './job-deps.ts';
import { AFTER, FIRST, PAGE } from './job-document.ts';
import type { JobText } from './take-in.ts';

export type ExportTurn = {
  readonly job: Job;
  readonly principal: Principal;
  readonly text: JobText;
  readonly rows: number;
};

export type ExportStep =
  | { readonly kind: 'read' }
  /** Fewer rows at a time may do. */
  | { readonly kind: 'tooMuch'; readonly error: JobFault }
  | { readonly kind: 'refused'; readonly error: JobFault };

export type JobFault = { readonly code: string; readonly message: string };

type Page = {
  readonly nodes?: readonly unknown[];
  readonly edges?: readonly { readonly node?: unknown }[];
} & { readonly [PAGE]: { readonly hasNextPage: boolean; readonly endCursor: string | null } };

const LESS_MAY_DO: readonly ErrorCode[] = ['LIMIT', 'TIMEOUT'];
const LATER: readonly ErrorCode[] = ['BUSY', 'UNAVAILABLE'];

export async function exportPage(deps: JobDeps, turn: ExportTurn): Promise<ExportStep> {
  const { job, text } = turn;
  const place = { jobId: job.job_id, kind: 'place', number: 0 } as const;
  const after = (await readJobPart(jobPartStore(deps), place))?.text ?? null;
  const result = await read(deps, turn, after);
  const [error] = result.errors ?? [];
  if (error) return stepOf(error.extensions.code, error.message);
  const page = (result.data as Record<string, Page>)[text.key] as Page;
  await transact(deps.store, async (db) => {
    const { clock } = deps;
    if (!(await takeTurn(db, job, { now: clock.now(), nowMs: clock.nowMs() }))) return;
    const { hasNextPage, endCursor } = page[PAGE];
    await removePart(db, place);
    const goesOn = hasNextPage && endCursor !== null;
    if (goesOn) await insertPart(jobPartStore(deps, db), place, { firstLine: 0, text: endCursor });
    const kept = await keepRows(deps, db, job, page.nodes ?? page.edges?.map(({ node }) => node) ?? []);
    await saveProgress(db, job.job_id, { ...kept, failed: 0, line: 0, part: goesOn ? 0 : 1 });
  });
  return { kind: 'read' };
}

function stepOf(code: ErrorCode, message: string): ExportStep {
  if (LATER.includes(code)) throw new Error(`the export waits: ${code}`);
  return { kind: LESS_MAY_DO.includes(code) ? 'tooMuch' : 'refused', error: { code, message } };
}

async function read(
  { api }: JobDeps,
  { job, principal, text, rows }: ExportTurn,
  after: string | null,
): Promise<Pick<ApiResult, 'errors' | 'data'>> {
  const requestId = `${job.job_id}.${job.total}`;
  const variables = { ...text.variables, [FIRST]: rows, [AFTER]: after };
  const requester = { principal, requestId, mayLag: true };
  const prepared = api.prepare({ query: text.text, variables }, requester);
  if (prepared.kind === 'forbidden') return { errors: [api.publish(prepared.error, requestId)] };
  if (prepared.kind === 'errors')
    return { errors: prepared.errors.map((one) => api.publish(one, requestId)) };
  try {
    return await api.run(prepared.args);
  } finally {
    api.release(prepared.args);
  }
}

async function keepRows(deps: JobDeps, db: Db, job: Job, rows: readonly unknown[]) {
  let [parts, bytes, texts, length] = [job.result_parts, job.result_bytes, [] as string[], 0];
  const flush = async (): Promise<void> => {
    if (texts.length === 0) return;
    const text = `${texts.join('\n')}\n`;
    const name = { jobId: job.job_id, kind: 'result', number: parts } as const;
    await insertPart(jobPartStore(deps, db), name, { firstLine: 0, text });
    bytes += Buffer.byteLength(text);
    [parts, texts, length] = [parts + 1, [], 0];
  };
  for (const row of rows) {
    const text = JSON.stringify(row);
    texts.push(text);
    length += text.length;
    if (length >= deps.limits.partLength) await flush();
  }
  await flush();
  const total = job.total + rows.length;
  return { total, succeeded: total, result_parts: parts, result_bytes: bytes };
}
