/** `tegata uninstall` as a person runs it, against a server that is up, and then is not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from '../support/program.ts';
import { schemaDump } from '../support/schema-dump.ts';
import { MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

type Answer = {
  nodes?: { host: string; pid: number }[];
  triggers: { name: string; table: string }[];
  tables: string[];
  key_files: { files: string[]; removed: boolean };
  stays: { what: string; why: string }[];
};

const cli = useCli();

test('it refuses beside a server that runs, and then leaves the shop alone behind', {
  timeout: MANY_COMMANDS_MS,
}, async () => {
  const server = await startProgram({ dataDir: cli.dataDir });
  const beside = refusalOf(await cli.run('uninstall', '--yes'));
  expect(beside).toContain(`process ${server.pid} on `);
  expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  expect(await server.stop()).toBe(0);

  expect((await cli.run('uninstall')).code).toBe(2);
  const plan = await cli.json<Answer>('uninstall', '--plan');
  expect(plan.nodes).toEqual([]);
  expect(plan.triggers).toContainEqual({ name: 'tegata_dtb_order_update', table: 'dtb_order' });
  expect(plan.tables).toContain('tegata_client');
  expect(plan.key_files.removed).toBe(false);
  expect(plan.stays.every(({ what, why }) => what !== '' && why !== '')).toBe(true);
  const { stdout } = await cli.run('uninstall', '--plan');
  expect(stdout).toContain('table tegata_event: would be removed');
  expect(stdout).toContain(`${join(cli.dataDir, 'keys', 'master.key')}: stay`);

  const gone = await cli.json<Answer>('uninstall', '--yes');
  expect([gone.triggers, gone.tables]).toEqual([plan.triggers, plan.tables]);
  expect(gone.key_files).toEqual(plan.key_files);
  const database = { name: 'sqlite', url: `sqlite:${join(cli.dataDir, 'shop.db')}` } as const;
  expect(schemaDump(database)).not.toContain('tegata');
  expect(existsSync(join(cli.dataDir, 'keys', 'master.key'))).toBe(true);

  const again = await cli.json<Answer>('uninstall', '--yes', '--keys');
  expect([again.tables, again.key_files]).toEqual([[], { files: plan.key_files.files, removed: true }]);
  expect(existsSync(join(cli.dataDir, 'keys'))).toBe(false);
  expect((await cli.run('uninstall', '--plan')).stdout).toContain('nothing of Tegata’s');
});
