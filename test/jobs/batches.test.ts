/** What holds of a batch of lines: a line that spoils its transaction, a deadlock, mails behind the commit, slow work before it. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { JobDeps } from '../../src/graphql/jobs/job-deps.ts';
import { jobWorker } from '../../src/graphql/jobs/job-worker.ts';
import type { Executor } from '../../src/graphql/request/execute.ts';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';

const POINTS = `mutation ($id: ID!, $delta: Int!, $reference: String) {
  customerPointChange(id: $id, delta: $delta, reason: "job", reference: $reference) { point } }`;
const CUSTOMER = `mutation ($input: CustomerInput!) { customerCreate(input: $input) { id } }`;

const PERSON = {
  name01: '手形',
  name02: '花子',
  kana01: 'テガタ',
  kana02: 'ハナコ',
  postal_code: '5300001',
  pref_id: '27',
  addr01: '大阪市北区',
  addr02: '梅田1-1-1',
  phone_number: '0612345678',
};

type Line = { readonly line: number; readonly errors?: readonly { extensions: { code: string } }[] };

eachDatabase((db) => {
  const server = useOAuthServer(db);
  let token: string;
  beforeAll(async () => {
    token = (await newTokens(server.it, await loggedIn(server.it), await server.it.client())).access;
  });
  const headers = () => ({ authorization: `Bearer ${token}`, 'content-type': 'application/jsonl' });
  const send = async (query: string, lines: readonly object[]) => {
    const answer = await fetch(`${server.it.url}/api/jobs?${new URLSearchParams({ query })}`, {
      method: 'POST',
      body: lines.map((line) => JSON.stringify(line)).join('\n'),
      headers: headers(),
    });
    expect(answer.status).toBe(202);
    return ((await answer.json()) as { id: string }).id;
  };
  /** Works with an API that does `before` a line is run. */
  const workOff = async (before: (line: number) => Promise<void> | void, change: Partial<JobDeps> = {}) => {
    const { jobs } = server.it.services;
    server.it.clock.advance(jobs.limits.leaseSeconds + 1);
    const api: Executor & Pick<JobDeps['api'], 'schema'> = {
      ...jobs.api,
      run: async (args) => {
        const { requestId } = args.contextValue as { requestId: string };
        await before(Number(requestId.split('.')[1]));
        return jobs.api.run(args);
      },
    };
    const worker = jobWorker({ ...jobs, api, ...change });
    while (await worker.tick());
  };
  const resultOf = async (id: string) => {
    const answer = await fetch(`${server.it.url}/api/jobs/${id}/result`, { headers: headers() });
    const lines = (await answer.text()).trim().split('\n');
    return lines
      .map((line) => JSON.parse(line) as Line)
      .map(({ line, errors }) => [line, errors?.[0]?.extensions.code]);
  };
  const written = async (prefix: string) => {
    const { rows } = await sql<{ reference: string }>`select reference from tegata_point_change
      where reference like ${`${prefix}%`} order by change_id`.execute(server.it.services.store.db);
    return rows.map(({ reference }) => reference);
  };
  const give = (reference: string) => ({ id: '1', delta: 1, reference });

  test('a line that spoils its transaction is passed over alone, the others are done once', async () => {
    const id = await send(POINTS, ['p1', 'p2', 'p3'].map(give));
    const told: string[] = [];
    await workOff(
      (line) => {
        if (line === 2) throw new Error('the connection is of no more use');
      },
      { log: { error: (_details, message) => told.push(message) } },
    );
    expect(await resultOf(id)).toEqual([
      [1, undefined],
      [2, 'INTERNAL'],
      [3, undefined],
    ]);
    expect(await written('p')).toEqual(['p1', 'p3']);
    expect(told).toContain('lines of a job are run one by one');
  });

  test('after a deadlock the whole batch is begun again, and nothing is done twice', async () => {
    const id = await send(POINTS, ['q1', 'q2', 'q3'].map(give));
    const { store } = server.it.services;
    let deadlocks = 0;
    const dead = new Error('deadlock');
    const kit = {
      ...store.kit,
      isDeadlock: (error: unknown) => error === dead || store.kit.isDeadlock(error),
    };
    await workOff(
      (line) => {
        if (line !== 3 || deadlocks === 2) return;
        deadlocks += 1;
        throw dead;
      },
      { store: { ...store, kit } },
    );
    expect(deadlocks).toBe(2);
    expect((await resultOf(id)).map(([, code]) => code)).toEqual([undefined, undefined, undefined]);
    expect(await written('q')).toEqual(['q1', 'q2', 'q3']);
  });

  test('a password is hashed before the transaction of its line', async () => {
    const customer = (n: number, password: string) => ({
      input: { ...PERSON, email: `batch-${n}@example.com`, password },
    });
    const id = await send(CUSTOMER, [
      customer(1, 'Himitsu1234567'),
      customer(2, 'x'),
      customer(3, 'Himitsu7654321'),
    ]);
    const { jobs, store } = server.it.services;
    const field = jobs.api.schema.getMutationType()?.getFields().customerCreate;
    if (!field) throw new Error('customerCreate is missing');
    const { prepare } = field.extensions as { prepare: (args: unknown) => Promise<string> };
    const open: boolean[] = [];
    let isOpen = false;
    const watched = new Proxy(store.db, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target);
        if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
        return () => {
          const builder = target.transaction();
          const execute = async <T>(work: Parameters<typeof builder.execute<T>>[0]): Promise<T> => {
            isOpen = true;
            return builder.execute(work).finally(() => {
              isOpen = false;
            });
          };
          return { execute };
        };
      },
    });
    const noted = async (args: unknown) => {
      open.push(isOpen);
      return prepare(args);
    };
    field.extensions = { ...field.extensions, prepare: noted };
    try {
      await workOff(() => {}, { store: { ...store, db: watched } });
    } finally {
      field.extensions = { ...field.extensions, prepare };
    }
    expect(open).toEqual([false, false, false]);
    expect((await resultOf(id)).map(([, code]) => code)).toEqual([undefined, 'INVALID', undefined]);
    const { rows } = await sql<{ password: string }>`select password from dtb_customer
      where email like 'batch-%' order by id`.execute(store.db);
    expect(rows.map(({ password }) => password.slice(0, 4))).toEqual(['$2y$', '$2y$']);
    expect(new Set(rows.map(({ password }) => password)).size).toBe(2);
  });
});
