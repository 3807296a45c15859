/** `tegata import` as an operator runs it: the dry run, the real one, the second one, and the shop without a plugin. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, expect, test } from 'vitest';
import { MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

type Answer = {
  dry_run: boolean;
  clients: { client_id: string; outcome: string; reasons: string[]; warnings: string[] }[];
  webhooks: { taken_over: string[]; refused: string[] };
  webhooks_with_short_secret: string[];
};

const cli = useCli();

const sql = (statement: string): void => {
  const shop = new DatabaseSync(join(cli.dataDir, 'shop.db'));
  shop.exec(statement);
  shop.close();
};

beforeAll(async () => {
  await cli.json('client', 'list');
});

test('a shop without the plugin is told so', async () => {
  expect(refusalOf(await cli.run('import'))).toContain('oauth2_client');
});

test('clients and webhooks come once; a refused client makes exit code 1 and says why', {
  timeout: MANY_COMMANDS_MS,
}, async () => {
  sql(`create table oauth2_client (identifier varchar(32) primary key, name varchar(128), secret varchar(128),
      redirect_uris text, grants text, scopes text, active boolean, allow_plain_text_pkce boolean);
    insert into oauth2_client values
      ('erp', '', '${'5'.repeat(128)}', 'https://erp.example/cb', 'authorization_code refresh_token', 'read', 1, 0);
    create table plg_api_webhook (id integer primary key, payload_url varchar(1024), secret varchar(1024), enabled boolean);
    insert into plg_api_webhook values (1, 'https://erp.example/hook', null, 1), (2, 'ftp://files.example/', null, 1)`);

  sql(`insert into oauth2_client values ('abc', '', 'abc', 'https://abc.example/cb', null, null, 1, 0);
    insert into plg_api_webhook values (3, 'https://short.example/hook', 'abc123', 1)`);
  const plan = await cli.run('import', '--dry-run');
  const lineOf = ({ stdout }: { stdout: string }, word: string) =>
    stdout.split('\n').find((line) => line.includes(word)) ?? '';
  expect(lineOf(plan, 'abc ')).toContain('its secret of 3 characters can be guessed');
  expect(lineOf(plan, 'abc ')).toContain('tegata client rotate-secret abc');
  expect(lineOf(plan, 'erp ')).not.toContain('secret');
  expect(lineOf(plan, 'short.example')).toContain('would be taken over; its secret of 6 characters can be');
  expect(lineOf(plan, 'files.example')).toContain('refused; nothing can be sent there');
  const planned = await cli.json<Answer>('import', '--dry-run');
  expect(planned.clients.map(({ warnings }) => warnings.length)).toEqual([1, 0]);
  expect(planned.webhooks_with_short_secret).toEqual(['https://short.example/hook']);
  sql(`delete from oauth2_client where identifier = 'abc'; delete from plg_api_webhook where id = 3`);

  const webhooks = { taken_over: ['https://erp.example/hook'], refused: ['ftp://files.example/'] };
  const created = [{ client_id: 'erp', outcome: 'created', reasons: [] }];
  expect(await cli.json('import', '--dry-run')).toMatchObject({ dry_run: true, clients: created, webhooks });
  expect(await cli.json('client', 'list')).toEqual([]);
  expect((await cli.run('import', '--dry-run')).stdout).toContain('would be created');

  expect(await cli.json('import')).toMatchObject({ dry_run: false, clients: created, webhooks });
  expect(await cli.json('client', 'list')).toMatchObject([{ client_id: 'erp', client_name: 'erp' }]);

  sql(`insert into oauth2_client values ('plain', '', 'x', 'http://shop.example/cb', null, null, 1, 0)`);
  const again = await cli.run('import', '--json');
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('1 of 2 clients refused');
  const { clients, webhooks: later } = JSON.parse(again.stdout) as Answer;
  expect(clients.map(({ outcome }) => outcome)).toEqual(['exists', 'refused']);
  expect(clients[1]?.reasons).toEqual([
    expect.stringContaining('http://shop.example/cb: http:// is only for'),
  ]);
  expect(later).toEqual({ taken_over: [], refused: [] });
});
