/** The command line has no member: its rows in the audit log name the machine's account that ran it. */
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listEvents } from '../../src/audit/events.ts';
import { openStore } from '../../src/database/open.ts';
import { MANY_COMMANDS_MS, useCli } from './cli.ts';

const { dataDir, json, run } = useCli();

test('every deed of a command says who ran it', { timeout: MANY_COMMANDS_MS }, async () => {
  const app = ['--name', 'ERP', '--redirect-uri', 'https://erp.example/cb', '--scope', 'read'];
  const { client_id: id } = await json<{ client_id: string }>('client', 'create', ...app);
  await json('client', 'update', id, '--name', '基幹', '--disable');
  await json('client', 'rotate-secret', id);
  await json('member', 'create', 'tencho', '--generate');
  await json('member', 'disable', 'tencho');
  await json('key', 'rotate');
  await json('feed', 'install');
  await run('client', 'delete', id, '--yes');
  const store = openStore(`sqlite:${join(dataDir, 'shop.db')}`);
  const events = await listEvents(store.db, { limit: 100 });
  await store.close();
  const kinds = events.map(({ kind }) => kind);
  for (const kind of [
    'client_created',
    'client_updated',
    'client_disabled',
    'secret_created',
    'member_created',
    'member_disabled',
    'key_rotated',
    'feed_installed',
    'client_deleted',
  ]) {
    expect(kinds).toContain(kind);
  }
  const unnamed = events.filter(({ detail }) => detail.operator !== userInfo().username);
  expect(unnamed.map(({ kind }) => kind)).toEqual([]);
});
