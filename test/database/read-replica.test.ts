/** Reads from a real streaming standby: what may lag goes there, what may not does not, and no reader notices that it is away. */
import { chmodSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startPostgres, startStandby } from '../../scripts/servers/postgres.ts';
import type { DatabaseServer } from '../../scripts/servers/server.ts';
import { ownToken } from '../oauth/support/asking.ts';
import { machine } from '../oauth/support/policy-client.ts';
import { type Node, secondNode } from '../oauth/support/second-node.ts';
import { runCommandHere } from '../support/command.ts';
import { describeUnless } from '../support/left-out.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { callApi } from '../support/oauth-walks.ts';
import { scratchFolder } from '../support/scratch.ts';

const SOON = { timeout: 20_000 };
const MAX_LAG = 5;
const NAME = '{ product(id: "1") { name } }';

// The others' servers take no standbys: what is on one database here needs two of its own.
describeUnless(process.env.TEGATA_TEST_POSTGRES_URL ? undefined : 'no PostgreSQL', 'a read replica', () => {
  const folder = scratchFolder('tegata-replica-');
  let primary: DatabaseServer;
  let standby: DatabaseServer;
  const env: Record<string, string> = {
    TEGATA_READ_MAX_LAG: String(MAX_LAG),
    TEGATA_LOG_LEVEL: 'silent',
  };
  beforeAll(async () => {
    chmodSync(folder, 0o711);
    primary = await startPostgres(folder, { synchronous_commit: 'on' });
    standby = await startStandby(folder, primary.url);
    env.TEGATA_READ_DATABASE_URL = standby.url;
  });
  afterAll(async () => {
    await standby?.stop();
    await primary?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const server = useOAuthServer(
    {
      get url() {
        return primary.url;
      },
    },
    env,
  );
  let other: Node;
  let reader: string;
  let writer: string;
  beforeAll(async () => {
    other = await secondNode(server.it);
    reader = await ownToken(server.it, await machine(server.it));
    writer = await ownToken(server.it, await machine(server.it));
    await untilUsed();
  });
  afterAll(() => other?.close());

  const nodes = () => [server.it.services, other.services];
  const looked = async () => {
    await Promise.all(nodes().map(({ replica }) => replica?.look()));
    return nodes().map(({ replica }) => replica?.standing());
  };
  const untilUsed = () => vi.waitFor(async () => expect(await looked()).toEqual(['used', 'used']), SOON);
  const onStandby = async (statement: string) => {
    const client = new pg.Client({ connectionString: standby.url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  /** Statements of reads that each server has answered, over both nodes. */
  const counts = async () => {
    const found = { replica: 0, primary: 0 };
    for (const { metrics } of nodes()) {
      const values = (await metrics.registry.getSingleMetric('tegata_replica_statements_total')?.get())
        ?.values;
      for (const { labels, value } of values ?? []) found[labels.server as 'replica' | 'primary'] += value;
    }
    return found;
  };
  const rename = async (name: string) => {
    const answer = await callApi(
      server.it,
      writer,
      `mutation { updateProduct(id: "1", name: "${name}") { name } }`,
    );
    expect(await answer.json()).toMatchObject({ data: { updateProduct: { name } } });
  };
  const nameFor = async (token: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${server.it.url}/api`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: NAME }),
    });
    const { data, errors } = (await answer.json()) as {
      data?: { product: { name: string } };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    return data?.product.name;
  };
  const nameOnOther = async (token: string) =>
    (await other.ask(token, NAME)).json<{ data: { product: { name: string } } }>().data.product.name;
  const ready = async () => (await fetch(`${server.it.url}/ready`)).json();

  test('queries of the shop’s rows are answered by it, and nothing else', async () => {
    const before = await counts();
    expect(await nameFor(reader)).toBeTruthy();
    const after = await counts();
    expect(after.replica).toBeGreaterThan(before.replica);
    expect(after.primary).toBe(before.primary);
    for (const query of ['{ changes(first: 1) { nodes { id } } }', '{ jobs { nodes { id } } }']) {
      await (await callApi(server.it, reader, query)).text();
    }
    expect(await counts()).toEqual(after);
    expect(await ready()).toEqual({ status: 'ready', replica: 'used' });
  });

  describe('whose replay stands still', () => {
    beforeAll(async () => {
      await rename('before');
      await untilShown('before');
      await onStandby('select pg_wal_replay_pause()');
      server.it.clock.advance(2); // so that the second write is noted as well
      await rename('after');
    });
    afterAll(() => onStandby('select pg_wal_replay_resume()'));
    /** The standby has it. */
    const untilShown = (name: string) =>
      vi.waitFor(async () => expect(await nameFor(reader)).toBe(name), SOON);

    test('a reader may hear what it was, but not the client that wrote, on no node', async () => {
      expect(await nameFor(reader)).toBe('before');
      expect(await nameFor(writer)).toBe('after');
      expect(await nameOnOther(writer)).toBe('after');
      expect(await nameFor(reader, { 'cache-control': 'no-cache' })).toBe('after');
    });

    test('is left when it is further behind than it may be, and told of without a failure', async () => {
      server.it.clock.advance(MAX_LAG + 1);
      expect(await looked()).toEqual(['behind', 'behind']);
      expect(await nameFor(reader)).toBe('after');
      await looked();
      expect(await ready()).toEqual({ status: 'ready', replica: 'behind' });
      const said = await server.it.services.metrics.text();
      expect(said).toMatch(/^tegata_replica_used 0$/m);
      expect(said).toMatch(/^tegata_replica_lag_seconds [6-9]/m);
      expect(said).toMatch(/^tegata_replica_statements_total\{server="replica"\} [1-9]/m);
      await onStandby('select pg_wal_replay_resume()');
      await untilUsed();
      const before = await counts();
      expect(await nameFor(reader)).toBe('after');
      expect((await counts()).replica).toBeGreaterThan(before.replica);
    });
  });

  test('dies while it is read, and comes back: every reader gets an answer', async () => {
    let asking = true;
    let answers = 0;
    const readers = Array.from({ length: 4 }, async () => {
      while (asking) {
        expect(await nameFor(reader)).toBeTruthy();
        answers += 1;
        await sleep(1);
      }
    });
    const more = (from = answers) => expect.poll(() => answers - from, SOON).toBeGreaterThan(20);
    try {
      await more();
      process.kill(standby.pid, 'SIGQUIT'); // PostgreSQL's immediate shutdown, with its children
      await expect.poll(looked, SOON).toEqual(['away', 'away']);
      await more();
      const doctor = await runCommandHere(['doctor', '--json'], {
        DATABASE_URL: primary.url,
        ...env,
        TEGATA_DATA_DIR: server.it.services.config.dataDir,
      });
      const { checks } = JSON.parse(doctor.stdout) as {
        checks: { name: string; state: string; says: string }[];
      };
      expect(checks.find(({ name }) => name === 'read replica')).toMatchObject({ state: 'warning' });
      standby = await standby.again();
      await untilUsed();
      await more();
    } finally {
      asking = false;
      await Promise.all(readers);
    }
    expect(await ready()).toEqual({ status: 'ready', replica: 'used' });
  });
});
