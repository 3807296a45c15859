/** /api/jobs: lines that are done, fail and go on; who may; what is refused; exports; what a result looks like. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JobLimits } from '../../src/graphql/jobs/job-limits.ts';
import { jobWorker } from '../../src/graphql/jobs/job-worker.ts';
import { pruneJobs } from '../../src/graphql/jobs/jobs.ts';
import { takeInJob } from '../../src/graphql/jobs/take-in.ts';
import { eachDatabase } from '../support/databases.ts';
import { openEventStream } from '../support/event-stream.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';

const POINTS = `mutation ($id: ID!, $delta: Int!, $reference: String, $mock: Boolean) {
  customerPointChange(id: $id, delta: $delta, reason: "job", reference: $reference, validateOnly: $mock) { point } }`;
const ORDERS = '{ orders { nodes { id order_no OrderItems { id } } } }';

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
  /** A worker of its own, when the lease of the one before has run out. */
  const workerWith = (limits: Partial<JobLimits> = {}) => {
    const { jobs } = server.it.services;
    server.it.clock.advance(jobs.limits.leaseSeconds + 1);
    return jobWorker({ ...jobs, limits: { ...jobs.limits, ...limits } });
  };
  const workOff = async (worker = workerWith()) => {
    while (await worker.tick());
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
  /** How often each reference was written. */
  const written = async (prefix: string) => {
    const { rows } = await sql<{ reference: string }>`select reference from tegata_point_change
      where reference like ${`${prefix}%`} order by change_id`.execute(server.it.services.store.db);
    return rows.map(({ reference }) => reference);
  };
  const give = (reference: string, more: object = {}) =>
    JSON.stringify({ id: '1', delta: 1, reference, ...more });
  const refusal = async (answer: Response) => ({
    status: answer.status,
    error: ((await answer.json()) as Refused).errors[0],
  });

  test('every line is done by itself, and what became of it is told by its number', async () => {
    const lines = [
      give('a1'),
      '',
      give('a2', { id: '999' }),
      '{"id":[]}',
      give('a3', { mock: true }),
      give('a4'),
    ];
    const job = await taken(await sendLines(POINTS, `\ufeff${lines.join('\r\n')}`));
    expect(job).toMatchObject({ status: 'queued', type: 'mutation', operation: 'customerPointChange' });
    expect(job).toMatchObject({ total: 5, processed: 0, result_url: null, error: null });
    expect((await result(job.id)).status).toBe(409);
    await workOff();
    expect(await see(job.id)).toMatchObject({ status: 'completed', processed: 5, succeeded: 3, failed: 2 });
    const said = await linesOf(job.id);
    expect(said.map(({ line, data, errors }) => [line, data, errors?.[0]?.extensions])).toEqual([
      [1, { customerPointChange: { point: expect.any(Number) } }, undefined],
      [3, expect.anything(), { category: 'Invalid argument', code: 'NOT_FOUND', field: 'id' }],
      [4, undefined, { category: 'graphql', code: 'VALIDATION', field: 'id' }],
      [5, { customerPointChange: { point: expect.any(Number) } }, undefined],
      [6, { customerPointChange: { point: expect.any(Number) } }, undefined],
    ]);
    expect(await written('a')).toEqual(['a1', 'a4']);
  });

  test('a form with its fields before the file is taken too, and the result comes packed', async () => {
    const form = new FormData();
    form.set('query', POINTS);
    form.set('file', new File([give('b1')], 'points.jsonl'));
    const answer = await fetch(`${server.it.url}/api/jobs`, {
      method: 'POST',
      body: form,
      headers: bearer(),
    });
    const { id } = await taken(answer);
    await workOff();
    const packed = await result(id);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(packed.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(await packed.text()).toMatch(/^\{"line":1,"data".*\}\n$/);
    const plain = await fetch(`${server.it.url}/api/jobs/${id}/result`, {
      headers: { ...bearer(), 'accept-encoding': 'identity' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toMatch(/^\{"line":1,"data".*\}\n$/);
  });

  test('a list is read to its end: the rows are those of its pages', async () => {
    const all: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const query = ORDERS.replace('orders {', `orders(page: ${page}, limit: 10) {`);
      const answer = await fetch(`${server.it.url}/api`, {
        method: 'POST',
        body: JSON.stringify({ query }),
        headers: { ...bearer(), 'content-type': 'application/json' },
      });
      const { data } = (await answer.json()) as { data: { orders: { nodes: unknown[] } } };
      if (data.orders.nodes.length === 0) break;
      all.push(...data.orders.nodes);
    }
    expect(all.length).toBeGreaterThan(14);
    const { id } = await taken(await sendQuery(ORDERS));
    await workOff(workerWith({ pageRows: 7, partLength: 300 }));
    expect(await see(id)).toMatchObject({ status: 'completed', total: all.length, succeeded: all.length });
    expect(await linesOf(id)).toEqual(all);
    const few = await taken(
      await sendQuery('query ($no: String) { orders(order_no: $no) { edges { node { id } } } }', {
        no: 'none',
      }),
    );
    await workOff();
    expect(await see(few.id)).toMatchObject({ status: 'completed', total: 0, failed: 0 });
    expect(await linesOf(few.id)).toEqual([]);
  });

  test('progress comes as events until the end', async () => {
    const { id } = await taken(await sendLines(POINTS, give('c1')));
    const stream = await openEventStream(`${server.it.url}/api/jobs/${id}`, {
      ...bearer(),
      accept: 'text/event-stream',
    });
    await stream.until(({ events }) => events.length === 1);
    await workOff();
    await stream.ended;
    const states = stream.events.map(({ data }) => (JSON.parse(data) as Shown).status);
    expect([states[0], states.at(-1)]).toEqual(['queued', 'completed']);
  });

  test('a cancelled job stops where it is, and its lines are gone', async () => {
    const { store } = server.it.services;
    const worker = workerWith({ batchLines: 2 });
    const { id } = await taken(
      await sendLines(POINTS, ['d1', 'd2', 'd3', 'd4'].map((one) => give(one)).join('\n')),
    );
    expect(await worker.tick()).toBe(true);
    expect(await see(id)).toMatchObject({ status: 'running', processed: 2, total: 4 });
    for (let times = 0; times < 2; times += 1) {
      const answer = await fetch(`${server.it.url}/api/jobs/${id}`, { method: 'DELETE', headers: bearer() });
      expect(await answer.json()).toMatchObject({ id, status: 'cancelled', processed: 2 });
    }
    expect(await worker.tick()).toBe(false);
    expect(await written('d')).toEqual(['d1', 'd2']);
    expect((await linesOf(id)).map(({ line }) => line)).toEqual([1, 2]);
    const left = store.db.selectFrom('tegata_job_part').select('kind').where('job_id', '=', id);
    expect((await left.execute()).map(({ kind }) => kind).sort()).toEqual(['document', 'result']);
  });

  describe('who may', () => {
    const other = async (scopes = ['read', 'write']) => {
      const client = await server.it.client({ scopes });
      return { client, token: (await newTokens(server.it, await loggedIn(server.it), client)).access };
    };

    test('the job of another client is not there', async () => {
      const { id } = await taken(await sendLines(POINTS, give('e1')));
      const { token: theirs } = await other();
      for (const [method, path] of [
        ['GET', ''],
        ['DELETE', ''],
        ['GET', '/result'],
      ] as const) {
        const url = `${server.it.url}/api/jobs/${id}${path}`;
        expect((await fetch(url, { method, headers: bearer(theirs) })).status).toBe(404);
        expect((await fetch(url, { method })).status).toBe(401);
      }
      await workOff();
    });

    test('too little scope is refused before a line is read', async () => {
      const { token: reader } = await other(['read']);
      expect(await refusal(await sendLines(POINTS, give('f1'), reader))).toMatchObject({
        status: 403,
        error: { extensions: { code: 'FORBIDDEN' } },
      });
      expect((await sendQuery(ORDERS, {}, reader)).status).toBe(202);
      await workOff();
    });

    const ends: [string, string, (clientId: string) => Promise<unknown>][] = [
      ['its grant is revoked', 'UNAUTHENTICATED', (id) => change('tegata_grant', { revoked_at: 1 }, id)],
      [
        'its client is switched off',
        'UNAUTHENTICATED',
        (id) => change('tegata_client', { disabled_at: 1 }, id),
      ],
      ['its client loses a scope', 'FORBIDDEN', (id) => change('tegata_client', { scopes: 'read' }, id)],
    ];
    const change = (table: 'tegata_grant' | 'tegata_client', set: object, clientId: string) =>
      server.it.services.store.db.updateTable(table).set(set).where('client_id', '=', clientId).execute();

    test.each(ends)('a job ends where it is when %s', async (_why, code, end) => {
      const { store } = server.it.services;
      const worker = workerWith({ batchLines: 1 });
      const { client, token: theirs } = await other();
      const { id } = await taken(await sendLines(POINTS, `${give(`${code}1`)}\n${give(`${code}2`)}`, theirs));
      const before = (await written(code)).length;
      await worker.tick();
      await end(client.clientId);
      await workOff(worker);
      expect(await written(code)).toHaveLength(before + 1);
      const row = store.db.selectFrom('tegata_job').selectAll().where('job_id', '=', id);
      expect(await row.executeTakeFirst()).toMatchObject({ state: 'failed', error_code: code, succeeded: 1 });
    });

    test('one client has only so many at a time, and gets its places back', async () => {
      const { token: theirs } = await other();
      for (let i = 0; i < server.it.services.jobs.limits.perClient; i += 1) {
        await taken(await sendQuery(ORDERS, {}, theirs));
      }
      const refused = await sendQuery(ORDERS, {}, theirs);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('60');
      await workOff();
      expect((await sendQuery(ORDERS, {}, theirs)).status).toBe(202);
      await workOff();
    });
  });

  describe('what is refused', () => {
    const kept = async () =>
      (await server.it.services.store.db.selectFrom('tegata_job').select('job_id').execute()).length;
    const MIB = 1024 * 1024;
    const good = give('never');
    const bad: [string, string, string | Uint8Array<ArrayBuffer>, number, string, string][] = [
      ['no JSON in line 5', POINTS, `${good}\n${good}\n\n${good}\n{"id":`, 400, 'INVALID', 'line 5'],
      ['a list in line 2', POINTS, `${good}\n[1]`, 400, 'INVALID', 'line 2'],
      ['no line', POINTS, '\n \n', 400, 'INVALID', 'line 1'],
      ['nothing', POINTS, '', 400, 'INVALID', 'line 1'],
      ['a line of 10 MB', POINTS, `${good}\n${'x'.repeat(10 * MIB)}`, 413, 'LIMIT', 'line 2'],
      ['no UTF-8', POINTS, new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, 'INVALID', 'line 1'],
      ['two operations', `${POINTS} query q { orders { nodes { id } } }`, good, 400, 'BAD_REQUEST', 'query'],
      [
        'two fields',
        `mutation { a: customerDelete(id: 1) { id } b: customerDelete(id: 2) { id } }`,
        good,
        400,
        'BAD_REQUEST',
        'query',
      ],
      ['no operation', 'fragment f on Order { id }', good, 400, 'BAD_REQUEST', 'query'],
      ['a broken document', 'mutation {', good, 400, 'SYNTAX', 'query'],
    ];

    test.each(bad)('%s', async (_what, query, lines, status, code, field) => {
      const before = await kept();
      const told = await refusal(await sendLines(query, lines));
      expect(told).toMatchObject({ status, error: { extensions: { code, field } } });
      expect(await kept()).toBe(before);
    });

    test('a line of 10 MB in a form', async () => {
      const form = new FormData();
      form.set('query', POINTS);
      form.set('file', new File(['x'.repeat(10 * MIB)], 'x.jsonl'));
      const answer = await fetch(`${server.it.url}/api/jobs`, {
        method: 'POST',
        body: form,
        headers: bearer(),
      });
      expect(await refusal(answer)).toMatchObject({
        status: 413,
        error: { extensions: { field: 'line 1' } },
      });
    });

    test('a form without its query before the file, and one that breaks off', async () => {
      const form = new FormData();
      form.set('file', new File([good], 'x.jsonl'));
      form.set('query', POINTS);
      const late = await fetch(`${server.it.url}/api/jobs`, {
        method: 'POST',
        body: form,
        headers: bearer(),
      });
      expect(await refusal(late)).toMatchObject({ status: 400, error: { extensions: { field: 'query' } } });
      const body = `--b\r\nContent-Disposition: form-data; name="query"\r\n\r\n${POINTS}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n${good}`;
      const headers = { ...bearer(), 'content-type': 'multipart/form-data; boundary=b' };
      const before = await kept();
      const broken = await fetch(`${server.it.url}/api/jobs`, { method: 'POST', body, headers });
      expect((await refusal(broken)).status).toBe(400);
      expect(await kept()).toBe(before);
    });

    test('more than a hundred megabytes, by what the head says', async () => {
      const socket = connect(Number(new URL(server.it.url).port), '127.0.0.1');
      socket.write(
        `POST /api/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/jsonl\r\nContent-Length: ${101 * MIB}\r\n\r\n{`,
      );
      const [head] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(head.toString()).toMatch(/^HTTP\/1\.1 413 /);
    });

    test('more bytes, or lines, than the limit, by what comes', async () => {
      const principal = { clientId: 'x', grantId: 'x', jti: '', memberId: null, subject: 'x' };
      const scopes = new Set(['read', 'write']);
      const { jobs } = server.it.services;
      const before = await kept();
      const lines = (limits: object) =>
        takeInJob(
          { ...jobs, limits: { ...jobs.limits, ...limits } },
          { ...principal, scopes },
          { query: POINTS, lines: Readable.from([Buffer.from(`${good}\n`), Buffer.from(`${good}\n`)]) },
        );
      await expect(lines({ bytes: good.length + 5 })).rejects.toThrow('bytes');
      await expect(lines({ lines: 1 })).rejects.toThrow('lines');
      expect(await kept()).toBe(before);
    });

    test.each([
      ['a page', '{ orders(page: 2) { nodes { id } } }'],
      ['no rows', '{ orders { totalCount } }'],
      ['no list', '{ shop { shop_name } }'],
      ['a mutation without lines', 'mutation { customerDelete(id: 1) { id } }'],
    ])('%s, as a list', async (_what, query) => {
      expect(await refusal(await sendQuery(query))).toMatchObject({
        status: 400,
        error: { extensions: { code: 'BAD_REQUEST' } },
      });
    });

    test('a foreign type, a coding, a method', async () => {
      const send = (init: RequestInit) => fetch(`${server.it.url}/api/jobs`, init);
      const text = { ...bearer(), 'content-type': 'text/plain' };
      expect((await send({ method: 'POST', body: 'x', headers: text })).status).toBe(415);
      const packed = { ...bearer(), 'content-type': 'application/jsonl', 'content-encoding': 'gzip' };
      expect((await send({ method: 'POST', body: 'x', headers: packed })).status).toBe(415);
      const put = await send({ method: 'PUT', headers: bearer() });
      expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
    });
  });

  test('results go after seven days', async () => {
    const { id } = await taken(await sendLines(POINTS, give('g1')));
    await workOff();
    const { jobs, store } = server.it.services;
    const ended = server.it.clock.now();
    const prune = async (at: number) => {
      while ((await pruneJobs(jobs, at)) > 0);
    };
    await prune(ended + 7 * 86_400 - 1);
    expect((await result(id)).status).toBe(200);
    await prune(ended + 7 * 86_400);
    expect((await result(id)).status).toBe(404);
    expect(await store.db.selectFrom('tegata_job_part').select('kind').execute()).toEqual([]);
  });

  test('nothing that people wrote stands in the tables in clear', async () => {
    const secret = 'himitsu-no-bangou';
    const { id } = await taken(await sendLines(POINTS.replace('"job"', `"${secret}-reason"`), give(secret)));
    const { db: own } = server.it.services.store;
    const text = async () =>
      JSON.stringify([
        await own.selectFrom('tegata_job').selectAll().where('job_id', '=', id).execute(),
        await own.selectFrom('tegata_job_part').selectAll().where('job_id', '=', id).execute(),
      ]);
    expect(await text()).not.toContain(secret);
    await workOff();
    expect(await written(secret)).toEqual([secret]);
    expect(await text()).not.toContain(secret);
    expect(server.it.log()).not.toContain(secret);
  });
});
