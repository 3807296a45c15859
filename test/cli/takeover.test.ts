/** `tegata takeover` as an operator runs it on a shop that never had the plugin, and on one that has it. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, expect, test } from 'vitest';
import { MANY_COMMANDS_MS, refusalOf, useCli } from './cli.ts';

const cli = useCli();

beforeAll(async () => {
  expect(await cli.json('takeover', 'status')).toMatchObject({ state: 'none', plugin: null });
}, MANY_COMMANDS_MS);

test('what cannot be done says why, in one line', { timeout: MANY_COMMANDS_MS }, async () => {
  expect(refusalOf(await cli.run('takeover', 'apply'))).toContain('never installed in this shop');
  expect(refusalOf(await cli.run('takeover', 'undo'))).toContain('the plugin’s tables are gone');
  const shop = new DatabaseSync(join(cli.dataDir, 'shop.db'));
  const token =
    'client varchar(32), expiry datetime, user_identifier varchar(128), scopes clob, revoked boolean';
  shop.exec(`create table oauth2_client (identifier varchar(32) primary key, secret varchar(128), redirect_uris clob,
      grants clob, scopes clob, active boolean, name varchar(128), allow_plain_text_pkce boolean);
    create table oauth2_access_token (identifier char(80), ${token});
    create table oauth2_authorization_code (identifier char(80), ${token});
    create table oauth2_refresh_token (identifier char(80), access_token char(80), expiry datetime, revoked boolean);
    insert into oauth2_client values ('erp', 'abc', 'https://erp.example/cb', null, 'read', 1, '', 0)`);
  shop.close();
  const plan = await cli.run('takeover', 'plan', '--encryption-key', 'hyakunin-isshu');
  expect([plan.code, plan.stderr]).toEqual([1, expect.stringContaining('public key was not found')]);
  expect(plan.stdout).toContain('client erp: created; its secret can be guessed');
  expect(plan.stdout).toContain('encryption key: as given');
  expect(plan.stdout).not.toContain('hyakunin');
  expect(refusalOf(await cli.run('takeover', 'finish'))).toContain('nothing is taken over');
});
