/** What holds of a batch of lines: a line that spoils its transaction, a deadlock, mails behind the commit, slow work before it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../src/database/open.ts';
import type { JobDeps } from '../../src/graphql/jobs/job-deps.ts';
import { jobWorker } from '../../src/graphql/jobs/job-worker.ts';
import type { Executor } from '../../src/graphql/request/execute.ts';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp-receiver.ts';

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

const SHIP = 'mutation ($id: ID!) { updateShipped(id: $id, is_send_mail: true) { id } }';

/** The database; `told` hears of each of its transactions when it begins and when it has ended. */
const watching = (db: Db, told: (isOpen: boolean) => void): Db =>
  new Proxy(db, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target);
      if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
      return () => {
        const builder = target.transaction();
        const execute = async <T>(work: Parameters<typeof builder.execute<T>>[0]): Promise<T> => {
          told(true);
          return builder.execute(work).finally(() => told(false));
        };
        return { execute };
      };
    },
  });

type Line = { readonly line: number; readonly errors?: readonly { extensions: { code: string } }[] };

eachDatabase((db) => {
  const env: Record<string, string> = {};
  let smtp: SmtpReceiver;
  beforeAll(async () => {
    smtp = await startSmtpReceiver();
    env.MAILER_DSN = `smtp://127.0.0.1:${smtp.port}`;
  });
  const server = useOAuthServer(db, env);
  let token: string;
  afterAll(() => smtp.close());
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
    const watched = watching(store.db, (state) => {
      isOpen = state;
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

  test('mails go out once, behind the commit of their batch; a line that fails sends none', async () => {
    const { store } = server.it.services;
    const { rows } = await sql<{
      id: number;
    }>`select s.id from dtb_shipping s join dtb_order o on o.id = s.order_id
      where o.order_status_id in (1, 4, 6) and s.shipping_date is null order by s.id limit 2`.execute(
      store.db,
    );
    const [one, other] = rows.map(({ id }) => Number(id));
    const id = await send(SHIP, [{ id: one }, { id: 999 }, { id: other }]);
    const dead = new Error('deadlock');
    const kit = {
      ...store.kit,
      isDeadlock: (error: unknown) => error === dead || store.kit.isDeadlock(error),
    };
    let [begunAgain, last] = [0, 0];
    const mailsAtEnd: number[] = [];
    const watched = watching(store.db, (isOpen) => {
      if (!isOpen && last === 3) mailsAtEnd.push(smtp.mails.length);
    });
    await workOff(
      (line) => {
        expect(smtp.mails).toHaveLength(0);
        last = line;
        if (line !== 3 || begunAgain === 1) return;
        begunAgain += 1;
        throw dead;
      },
      { store: { ...store, kit, db: watched } },
    );
    // What ended in the deadlock, then the batch, whose mails had not gone out yet.
    expect(mailsAtEnd.slice(0, 2)).toEqual([0, 0]);
    expect(smtp.mails).toHaveLength(2);
    expect(await resultOf(id)).toEqual([
      [1, undefined],
      [2, 'NOT_FOUND'],
      [3, undefined],
    ]);
    const sent = await sql`select id from dtb_shipping where id in (${sql.join([one, other])})
      and mail_send_date is not null`.execute(store.db);
    expect(sent.rows).toHaveLength(2);
  });
});
