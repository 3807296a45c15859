/** `tegata-client/jobs`: one mutation for many lines, or all rows of a list, beside the requests. */
import type { Client, RunOptions } from './client.ts';
import { errorOf, type GraphQLErrorBody, TegataError } from './errors.ts';
import { documentOf, type Operation, type TypedDocument } from './operation.ts';
import { pause } from './send.ts';

export interface Job {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  readonly type: 'mutation' | 'query';
  readonly operation: string;
  readonly total: number | null;
  readonly processed: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  /** Until then the result can be read. */
  readonly expires_at: string | null;
  readonly result_url: string | null;
  readonly result_bytes: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A job with the type of its result's lines. */
export interface JobHandle<Line> extends Job {
  /** Never set. */
  readonly line?: () => Line;
}

/** What became of a line of the file. */
export interface MutationLine<Result> {
  /** From 1, as in the file. */
  readonly line: number;
  readonly data?: Result | null;
  readonly errors?: readonly GraphQLErrorBody[];
}

type Lines<Variables> = Iterable<Variables> | AsyncIterable<Variables> | Blob;

/**
 * Runs the mutation once for each line: `startJob(client, productSet.document({ id: true }), lines)`. A line is the mutation's
 * arguments; one with a `clientMutationId` is done once even when the whole job is sent again. A `Blob` is a file of JSON lines.
 * @throws TegataError
 */
export async function startJob<Result, Variables>(
  client: Client,
  mutation: TypedDocument<Result, Variables>,
  lines: Lines<Variables>,
  options: RunOptions = {},
): Promise<JobHandle<MutationLine<Result>>> {
  const form = new FormData();
  form.set('query', String(mutation)); // before the file
  form.set('file', lines instanceof Blob ? lines : await fileOf(lines), 'lines.jsonl');
  return client.send({ ...options, ...jobRequest('', { method: 'POST', body: form }, false) });
}

type Rows<Row> = { readonly nodes: readonly (Row | null)[] | null };

/**
 * Reads a list to its end: `startExport(client, orders({}, { nodes: { id: true } }))`, without `first`, `after`, `page`, `limit`.
 * @throws TegataError
 */
export async function startExport<Row>(
  client: Client,
  list: Operation<Rows<Row> | null>,
  options: RunOptions = {},
): Promise<JobHandle<Row>> {
  const { text, variables } = documentOf({ [list.field]: list as Operation<unknown> });
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, variables }),
  };
  return client.send({ ...options, ...jobRequest('', init, false) });
}

const jobRequest = (path: string, init: RequestInit, repeatable: boolean) => ({
  path: `/api/jobs${path}`,
  init: { ...init, headers: { accept: 'application/json', ...init.headers } },
  repeatable,
  read: (response: Response) => response.json() as Promise<never>,
});

const pathOf = (id: string): string => `/${encodeURIComponent(id)}`;

/** How it gets on. @throws TegataError */
export const jobState = (client: Client, id: string, options: RunOptions = {}): Promise<Job> =>
  client.send({ ...options, ...jobRequest(pathOf(id), {}, true) });

/** Ends it; a job that has ended stays as it is. @throws TegataError */
export const cancelJob = (client: Client, id: string, options: RunOptions = {}): Promise<Job> =>
  client.send({ ...options, ...jobRequest(pathOf(id), { method: 'DELETE' }, true) });

export interface WaitOptions extends RunOptions {
  readonly onProgress?: (job: Job) => void;
  /** Between two looks where no events come; default 2,000. */
  readonly pollMs?: number;
}

/**
 * Waits for the end, told by server-sent events, or by asking where these do not come through. A job that failed is returned
 * like any other: look at `status` and `error`.
 * @throws TegataError
 */
export async function waitForJob<Handle extends Job>(
  client: Client,
  job: Handle,
  { onProgress, pollMs = 2_000, ...options }: WaitOptions = {},
): Promise<Handle> {
  for (;;) {
    for await (const seen of progressOf(client, job.id, options)) {
      onProgress?.(seen);
      if (hasEnded(seen)) return seen as Handle;
    }
    await pause(pollMs, options.signal);
    const seen = await jobState(client, job.id, options);
    onProgress?.(seen);
    if (hasEnded(seen)) return seen as Handle;
  }
}

const hasEnded = ({ status }: Job): boolean => status !== 'queued' && status !== 'running';

/** Until the connection ends, whyever. */
async function* progressOf(client: Client, id: string, options: RunOptions): AsyncGenerator<Job> {
  const init = { headers: { accept: 'text/event-stream' } };
  const look = { ...options, path: `/api/jobs${pathOf(id)}`, init, repeatable: true };
  try {
    const response = await client.send({ ...look, read: async (got) => got });
    for await (const line of linesOf(response)) {
      if (line.startsWith('data:')) yield JSON.parse(line.slice('data:'.length));
    }
  } catch (error) {
    if (options.signal?.aborted || (error instanceof TegataError && error.status === 404)) throw error;
  }
}

/**
 * The lines of the result: what became of each line of the file, or the rows of the list.
 * @throws TegataError
 */
export async function* jobResult<Line>(
  client: Client,
  job: JobHandle<Line>,
  options: RunOptions = {},
): AsyncGenerator<Line, void, undefined> {
  const sending = { ...options, ...jobRequest(`${pathOf(job.id)}/result`, {}, true) };
  const init = { headers: { accept: '*/*' } };
  const response = await client.send({ ...sending, init, read: async (got) => got });
  for await (const line of linesOf(response)) if (line !== '') yield JSON.parse(line) as Line;
}

/** The error that a line of a result holds, as `client.run` would have thrown it; undefined: it went well. */
export const lineError = (line: MutationLine<unknown>): TegataError | undefined =>
  line.errors && errorOf(200, { data: line.data, errors: line.errors });

async function fileOf(lines: Iterable<unknown> | AsyncIterable<unknown>): Promise<Blob> {
  const parts: string[] = [];
  for await (const line of lines) parts.push(`${JSON.stringify(line)}\n`);
  return new Blob(parts, { type: 'application/jsonl' });
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
