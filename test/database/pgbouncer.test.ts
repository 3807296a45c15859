/**
 * A shop behind PgBouncer, by transaction and by session. Few sessions and many askers, so that two nodes and PHP share
 * each of them: nobody may get another's statement, and none of our settings may reach PHP.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db, openStore, type Store } from '../../src/database/open.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';
import { describeUnless } from '../support/left-out.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi, credentials, postToken } from '../support/oauth-walks.ts';
import { lackingPgbouncer, type Pooled, startPgbouncer } from '../support/pgbouncer.ts';
import { runProgram } from '../support/program.ts';

const SESSIONS = 2;
const NODES = 2;
const ROUNDS = 40;
const SHAPES = 12;

describeUnless(lackingPgbouncer(), 'behind pgbouncer', () => {
  eachDatabase((db) => {
    if (db.name !== 'postgres') {
      test('another database knows no PgBouncer', () => expect(db.url).not.toMatch(/^postgres/));
      return;
    }
    describe.each(['transaction', 'session'] as const)('by %s', (mode) => behind(db, mode));

    test('D2: by statement, which knows no transactions, every command says so in one line', async () => {
      const pooled = await startPgbouncer(db.url, 'statement', SESSIONS);
      const TEGATA_DATA_DIR = mkdtempSync(join(tmpdir(), 'tegata-pgbouncer-'));
      try {
        for (const args of [['migrate', 'plan'], ['migrate', 'apply'], ['client', 'list'], ['serve']]) {
          const { code, stderr } = await runProgram(args, { DATABASE_URL: pooled.url, TEGATA_DATA_DIR });
          expect([args, code, stderr.trim().split('\n')]).toEqual([
            args,
            1,
            [expect.stringContaining('set pool_mode to transaction or session')],
          ]);
        }
      } finally {
        await pooled.stop();
        rmSync(TEGATA_DATA_DIR, { recursive: true, force: true });
      }
    });
  });
});

function behind(db: TestDatabase, mode: 'transaction' | 'session'): void {
  let pooled: Pooled;
  const nodes: Store[] = [];
  // By session, each of a node's connections keeps one of the server's for itself.
  const poolSize = mode === 'session' ? 2 : 5;
  const sessions = mode === 'session' ? 20 : SESSIONS;
  beforeAll(async () => {
    pooled = await startPgbouncer(db.url, mode, sessions);
    for (let node = 0; node < NODES; node += 1) {
      nodes.push(openStore(pooled.url, { poolSize, statementTimeoutSeconds: 20 }));
    }
  });
  afterAll(async () => {
    await Promise.all(nodes.map((store) => store.close()));
    await pooled.stop();
  });

  test('each statement gets its own answer, in and outside of transactions', async () => {
    const ask = async (store: Store, shape: number) => {
      // As many parameters as the shape says: another's statement would not even take them.
      const parts = Array.from({ length: shape }, (_, place) => sql`cast(${place + shape * 100} as integer)`);
      const statement = sql<{ list: number[] }>`select array[${sql.join(parts)}] as list`;
      const { rows } =
        shape % 2 === 0
          ? await statement.execute(store.db)
          : await store.db.transaction().execute((trx) => statement.execute(trx));
      expect(rows[0]?.list).toEqual(Array.from({ length: shape }, (_, place) => place + shape * 100));
    };
    // Each node comes upon the statements in an order of its own.
    const askers = nodes.flatMap((store, node) =>
      Array.from({ length: 4 }, async (_, asker) => {
        for (let round = 0; round < ROUNDS; round += 1) {
          await ask(store, 1 + ((round * (node + 1) + asker) % SHAPES));
        }
      }),
    );
    await Promise.all(askers);
  });

  test('dates come in UTC, though PHP in the same sessions reckons in Tokyo’s; and PHP keeps its own settings', async () => {
    const php = new pg.Client({ connectionString: pooled.url });
    await php.connect();
    try {
      await php.query(`set TimeZone = 'Asia/Tokyo'`);
      for (let round = 0; round < ROUNDS; round += 1) {
        const store = nodes[round % NODES] as Store;
        const [ours, theirs] = await Promise.all([
          readDate(store),
          php.query(
            `select '2026-04-01 00:00:00+00'::timestamptz::text as at, current_setting('statement_timeout') as patience,
               current_setting('idle_in_transaction_session_timeout') as idle,
               current_setting('default_transaction_isolation') as isolation`,
          ),
          store.db.transaction().execute((trx) => sql`select 1`.execute(trx)),
        ]);
        expect(ours).toBe('2026-04-01 00:00:00+00');
        expect(theirs.rows).toEqual([
          { at: '2026-04-01 09:00:00+09', patience: '0', idle: '0', isolation: 'read committed' },
        ]);
      }
    } finally {
      await php.end();
    }
  });

  test('a transaction is READ COMMITTED, and neither its statements nor its pauses last for ever', async () => {
    const seen = await (nodes[0] as Store).db.transaction().execute(async (trx) => {
      const { rows } = await sql`select current_setting('transaction_isolation') as isolation,
        current_setting('statement_timeout') as patience,
        current_setting('idle_in_transaction_session_timeout') as idle`.execute(trx);
      return rows[0];
    });
    expect(seen).toEqual({ isolation: 'read committed', patience: '20s', idle: '1min' });
  });

  describe('a server', () => {
    const server = useOAuthServer({
      get url() {
        return pooled.url;
      },
    });

    test('issues tokens, takes them, writes and reads', async () => {
      const client = await server.it.client({ grantTypes: ['client_credentials'] });
      const form = { grant_type: 'client_credentials', scope: 'read write', ...credentials(client) };
      const tokens = await Promise.all(Array.from({ length: 8 }, () => postToken(server.it, form)));
      for (const [place, { body }] of tokens.entries()) {
        const change = `mutation { updateProduct(id: "3", note: "note ${place}") { note } }`;
        const answer = await callApi(server.it, String(body.access_token), change);
        const { extensions: _cost, ...result } = (await answer.json()) as { extensions?: unknown };
        expect(result).toEqual({ data: { updateProduct: { note: `note ${place}` } } });
      }
    });
  });

  test('changes of mutations bear their client, and PHP’s in the same sessions bear none', async () => {
    const store = nodes[0] as Store;
    await installFeed(store);
    await sql`delete from tegata_change`.execute(store.db);
    const php = new pg.Client({ connectionString: pooled.url });
    await php.connect();
    try {
      for (let round = 0; round < ROUNDS / 4; round += 1) {
        const own = nodes.map(({ db: node, kit }, place) =>
          node.transaction().execute((trx: Db) =>
            kit.feed.asOrigin(trx, `client-${place}`, async () => {
              await sql`update dtb_product set note = ${`own ${round}`} where id = ${place + 1}`.execute(trx);
              if (round % 2 === 1) throw new Error('undone');
            }),
          ),
        );
        await Promise.allSettled(own);
        await php.query(`update dtb_product set note = 'php ${round}' where id = 3`);
      }
    } finally {
      await php.end();
    }
    const rows = await store.db
      .selectFrom('tegata_change')
      .select(['entity_id', 'origin', 'parts'])
      .distinct()
      .orderBy('entity_id')
      .execute();
    expect(rows).toEqual([
      { entity_id: 1, origin: 'client-0', parts: 'product' },
      { entity_id: 2, origin: 'client-1', parts: 'product' },
      { entity_id: 3, origin: null, parts: 'product' },
    ]);
  });

  test('what the pooler cannot give is told in one line', async () => {
    const name = new URL(pooled.url).pathname.slice(1);
    const owner = db.open();
    const set = sql.raw(`alter database "${name}" set default_transaction_isolation = 'serializable'`);
    await set.execute(owner.db);
    const other = await startPgbouncer(db.url, mode, SESSIONS);
    const TEGATA_DATA_DIR = mkdtempSync(join(tmpdir(), 'tegata-pgbouncer-'));
    try {
      const plan = await runProgram(['migrate', 'plan'], { DATABASE_URL: other.url, TEGATA_DATA_DIR });
      expect(plan.code).toBe(1);
      expect(plan.stderr.trim().split('\n')).toHaveLength(1);
      expect(plan.stderr).toContain('default_transaction_isolation = serializable');

      const options = await runProgram(['migrate', 'plan'], {
        DATABASE_URL: `${other.url}?options=-c%20search_path=shop`,
        TEGATA_DATA_DIR,
      });
      expect(options.code).toBe(1);
      expect(options.stderr.trim().split('\n')).toHaveLength(1);
      expect(options.stderr).toContain('options');
    } finally {
      await other.stop();
      rmSync(TEGATA_DATA_DIR, { recursive: true, force: true });
      await sql.raw(`alter database "${name}" reset default_transaction_isolation`).execute(owner.db);
    }
  });
}

async function readDate({ db }: Store): Promise<string | undefined> {
  const { rows } = await sql<{ at: string }>`select ${'2026-04-01 09:00:00+09'}::timestamptz as at`.execute(
    db,
  );
  return rows[0]?.at;
}
