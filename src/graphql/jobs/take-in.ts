/** A new job: its document is judged, its lines are taken in as they come, and only then does it wait for its turn. */

import { randomHex } from '../../base/bytes.ts';
import { spareMemory } from '../../base/spare-memory.ts';
import type { Principal } from '../../oauth/rules/scope.ts';
import type { ApiRequest, Prepared } from '../request/execute.ts';
import { insertPart } from '../store/job-parts.ts';
import { countUnended, enqueueJob, findJob, insertJob, type Job, removeJob } from '../store/jobs.ts';
import type { CsvJob } from './csv/csv-job.ts';
import { fileRefused, fileTexts } from './csv/csv-texts.ts';
import { type CsvRequest, csvDocument, openCsvJob } from './csv/open-csv-job.ts';
import { type JobDeps, jobPartStore } from './job-deps.ts';
import { AFTER, FIRST, type JobDocument, judgeJobDocument } from './job-document.ts';
import type { JobLimits } from './job-limits.ts';
import { type JobLine, linesOf, requireObject } from './job-lines.ts';
import { JobRefused } from './job-refused.ts';

const ID_BYTES = 16;

/** A list is one part, which is done when its last page is read. */
const NO_LINES = { total: 0, input_parts: 1 };

export type JobRequest = Pick<ApiRequest, 'query'> & {
  /** Of a list query. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Of a mutation. */
  readonly lines?: AsyncIterable<Buffer>;
};

export type TakenIn =
  | { readonly kind: 'taken'; readonly job: Job }
  | Exclude<Prepared, { kind: 'ready' }>
  /** Too many that have not ended: of the client, or of all. */
  | { readonly kind: 'full'; readonly own: boolean };

/** What is run of a job; kept sealed, as its literals may be personal. */
export type JobText = JobDocument & {
  readonly variables: Readonly<Record<string, unknown>>;
  /** Its lines are rows of a CSV file. */
  readonly csv?: CsvJob;
};

/** `memberId`: who has sent the file by the admin; null: a client did. @throws JobRefused, and what the lines throw while they come */
export async function takeInJob(
  deps: JobDeps,
  principal: Principal,
  request: JobRequest | CsvRequest,
  memberId: number | null = null,
): Promise<TakenIn> {
  const document = 'csv' in request ? csvDocument(request.csv) : documentOf(deps, request);
  const variables = ('variables' in request && request.variables) || {};
  const prepared = judged(deps, principal, document, variables);
  if (prepared) return prepared;
  const jobId = randomHex(ID_BYTES);
  const { clientId, grantId, scopes } = principal;
  const { kind, operation } = document;
  const row = { job_id: jobId, client_id: clientId, grant_id: grantId, scopes: [...scopes].join(' ') };
  const asCsv =
    'csv' in request ? { csv: request.csv, is_dry: Number(request.validateOnly) } : { csv: null, is_dry: 0 };
  const { db } = deps.store;
  await insertJob(db, { ...row, ...asCsv, kind, operation, member_id: memberId }, deps.clock.now());
  try {
    const full = await tooMany(deps, clientId);
    if (full) {
      await removeJob(db, jobId);
      return full;
    }
    await enqueueJob(db, jobId, await takeInInput(deps, jobId, { ...document, variables }, request));
    return { kind: 'taken', job: (await findJob(db, jobId)) as Job };
  } catch (error) {
    await removeJob(db, jobId);
    throw error;
  }
}

function documentOf({ api }: JobDeps, { query, lines }: JobRequest): JobDocument {
  const document = judgeJobDocument(api.schema, query);
  if (document.kind === 'mutation' && !lines) {
    throw new JobRefused('BAD_REQUEST', 'A mutation needs lines: one JSON object with its variables each.');
  }
  if (document.kind === 'query' && lines) {
    throw new JobRefused('BAD_REQUEST', 'A list query takes no lines.');
  }
  return document;
}

/** Counted with itself: of two at once neither is overlooked. */
async function tooMany(
  { store, limits }: JobDeps,
  clientId: string,
): Promise<Extract<TakenIn, { kind: 'full' }> | undefined> {
  const { own, all } = await countUnended(store.db, clientId);
  if (own <= limits.perClient && all <= limits.all) return undefined;
  return { kind: 'full', own: own > limits.perClient };
}

async function takeInInput(
  deps: JobDeps,
  jobId: string,
  text: JobText,
  request: JobRequest | CsvRequest,
): Promise<Pick<Job, 'total' | 'input_parts'>> {
  const opened = 'csv' in request ? await openCsvJob(deps, request) : undefined;
  const name = { jobId, kind: 'document', number: 0 } as const;
  await insertPart(jobPartStore(deps), name, textPart({ ...text, ...(opened && { csv: opened.csv }) }));
  if (text.kind === 'query') return NO_LINES;
  const lines = opened ? opened.lines : objectsOf(request.lines as AsyncIterable<Buffer>, deps.limits);
  const taken = await takeInLines(deps, jobId, lines);
  if (taken.total === 0 && opened) throw fileRefused(deps.locale, fileTexts.noRows);
  if (taken.total === 0) throw new JobRefused('INVALID', 'There are no lines.', 'line 1');
  return taken;
}

async function* objectsOf(chunks: AsyncIterable<Buffer>, limits: JobLimits): AsyncGenerator<JobLine> {
  for await (const line of linesOf(chunks, limits)) {
    requireObject(line);
    yield line;
  }
}

const textPart = (text: JobText) => ({ firstLine: 0, text: JSON.stringify(text) });

/** Why the caller may not run it, or what is wrong with it; undefined = nothing. */
export function judged(
  { api }: Pick<JobDeps, 'api'>,
  principal: Principal,
  { kind, text }: JobDocument,
  variables: Readonly<Record<string, unknown>>,
): Exclude<Prepared, { kind: 'ready' }> | undefined {
  const page = kind === 'query' ? { ...variables, [FIRST]: 1, [AFTER]: null } : {};
  const prepared = api.prepare({ query: text, variables: page }, { principal, requestId: 'job' });
  if (prepared.kind !== 'ready') return prepared;
  api.release(prepared.args);
  return undefined;
}

async function takeInLines(
  deps: JobDeps,
  jobId: string,
  lines: AsyncIterable<JobLine>,
): Promise<Pick<Job, 'total' | 'input_parts'>> {
  let [total, parts, length] = [0, 0, 0];
  let held: JobLine[] = [];
  const flush = async (): Promise<void> => {
    const [first] = held;
    if (!first) return;
    const text = held.map((line) => line.text).join('\n');
    [held, length] = [[], 0];
    const name = { jobId, kind: 'input', number: parts } as const;
    await insertPart(jobPartStore(deps), name, { firstLine: first.number, text });
    parts += 1;
    spareMemory(deps.clock);
  };
  for await (const line of lines) {
    if (line.text !== '') total += 1;
    held.push(line);
    length += line.text.length;
    if (length >= deps.limits.partLength || held.length >= deps.limits.batchLines) await flush();
  }
  await flush();
  return { total, input_parts: parts };
}
