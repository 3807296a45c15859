/** /api/jobs: lines that are done, fail and go on; who may; what is refused; exports; what a result looks like. */
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { pruneJobs } from '../../src/graphql/jobs/jobs.ts';
import { eachDatabase } from '../support/databases.ts';
import { openEventStream } from '../support/event-stream.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';

const DELTA = `mutation ($code: String!, $delta: Int!) {
  bulkUpdateProductStock(items: [{ code: $code, delta: $delta }]) { nodes { ok } } }`;

type Shown = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly status: string;
  readonly error: { readonly code: string; readonly message: string } | null;
};
type Refused = {
  readonly errors: readonly { message: string; extensions: { code: string; field?: string } }[];
};
type ResultLine = {
  readonly line: number;
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions: { code: string; field?: string } }[];
};

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let token: string;
  beforeAll(async () => {
    token = (await newTokens(server.it, await loggedIn(server.it), await server.it.client())).access;
  });

  const bearer = (given = token) => ({ authorization: `Bearer ${given}` });
  const sendLines = (query: string, lines: string | Uint8Array<ArrayBuffer>, given = token) =>
    fetch(`${server.it.url}/api/jobs?${new URLSearchParams({ query })}`, {
      method: 'POST',
      body: lines,
      headers: { ...bearer(given), 'content-type': 'application/jsonl' },
    });
  const sendQuery = (query: string, variables: object = {}, given = token) =>
    fetch(`${server.it.url}/api/jobs`, {
      method: 'POST',
      body: JSON.stringify({ query, variables }),
      headers: { ...bearer(given), 'content-type': 'application/json' },
    });
  const taken = async (answer: Response): Promise<Shown> => {
    const told = (await answer.json()) as Shown;
    expect(answer.status, JSON.stringify(told)).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/jobs/${told.id}`);
    return told;
  };
  const see = async (id: string, given = token) =>
    (await fetch(`${server.it.url}/api/jobs/${id}`, { headers: bearer(given) })).json() as Promise<Shown>;
  const workOff = async () => {
    while (await server.it.services.jobWorker.tick());
  };
  const result = async (id: string, given = token) =>
    fetch(`${server.it.url}/api/jobs/${id}/result`, { headers: bearer(given) });
  const linesOf = async (id: string) => {
    const answer = await result(id);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ResultLine);
  };
  const stockOf = async (code: string) => {
    const { rows } = await sql<{ stock: unknown }>`
      select stock from dtb_product_class where product_code = ${code}`.execute(server.it.services.store.db);
    return Number(rows[0]?.stock);
  };
  const delta = (code: string, by = 1) => JSON.stringify({ code, delta: by });
  const refusal = async (answer: Response) => ({
    status: answer.status,
    error: ((await answer.json()) as Refused).errors[0],
  });

  test('every line is done by itself, and what became of it is told by its number', async () => {
    const before = await stockOf('YNM-01');
    const lines = [delta('YNM-01', 2), '', delta('no such code'), '{"code":7}', delta('YNM-01', 3)];
    const job = await taken(await sendLines(DELTA, `\ufeff${lines.join('\r\n')}`));
    expect(job).toMatchObject({ status: 'queued', type: 'mutation', operation: 'bulkUpdateProductStock' });
    expect(job).toMatchObject({ total: 4, processed: 0, result_url: null, error: null });
    expect((await result(job.id)).status).toBe(409);
    await workOff();
    expect(await see(job.id)).toMatchObject({ status: 'completed', processed: 4, succeeded: 2, failed: 2 });
    expect(await linesOf(job.id)).toEqual([
      { line: 1, data: { bulkUpdateProductStock: { nodes: [{ ok: true }] } } },
      {
        line: 3,
        errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'NOT_FOUND' }) })],
        data: expect.anything(),
      },
      {
        line: 4,
        errors: [
          expect.objectContaining({
            extensions: expect.objectContaining({ code: 'VALIDATION', field: 'code' }),
          }),
          expect.objectContaining({ extensions: expect.objectContaining({ field: 'delta' }) }),
        ],
      },
      { line: 5, data: { bulkUpdateProductStock: { nodes: [{ ok: true }] } } },
    ]);
    expect(await stockOf('YNM-01')).toBe(before + 5);
  });
});
