/** A backup of a running server, and what a restore does with what has happened since: on three databases, over real HTTP. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginRestoring, endRestoring } from '../../src/app/backup/restore-lease.ts';
import type { BackupDeps } from '../../src/app/backup/take-backup.ts';
import { startNodeBeat } from '../../src/app/node-beat.ts';
import { listEvents } from '../../src/audit/events.ts';
import { writeSetting } from '../../src/database/settings.ts';
import { feedHead } from '../../src/feed/store/feed.ts';
import { changeClient, endGrant } from '../../src/oauth/clients.ts';
import { judgeKeyFolder } from '../../src/oauth/key-folder.ts';
import { grantOfJti } from '../../src/oauth/rules/claims.ts';
import { findClient } from '../../src/oauth/store/clients.ts';
import { eachDatabase } from '../support/databases.ts';
import { type HttpBrowser, loggedIn } from '../support/oauth-browser.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import {
  expectRefusal,
  isAlive,
  newCode,
  newTokens,
  redeem,
  refresh,
  tokensOf,
} from '../support/oauth-walks.ts';
import { scratchFolder } from '../support/scratch.ts';
import { backUp, bringBack, fileIn } from './backup-desk.ts';

const NOBODY = { loginId: null, clientIp: null, requestId: null };
const RUNNING_SILENCE = 100;

const jtiOf = (jwt: string): string =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()).jti as string;

eachDatabase((db) => {
  const server = useOAuthServer(db);
  const folder = scratchFolder('tegata-backup-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let deps: BackupDeps;
  let browser: HttpBrowser;
  let client: TestClient;
  beforeAll(async () => {
    deps = server.it.services;
    browser = await loggedIn(server.it);
    client = await server.it.client();
  });

  const store = () => server.it.services.store;
  const tokens = () => newTokens(server.it, browser, client);
  const revoke = (access: string) =>
    endGrant(server.it.services.clients, client.clientId, grantOfJti(jtiOf(access)) ?? '', NOBODY);
  /** What this process remembers of tokens is over. */
  const later = () => server.it.clock.advance(2);

  test('what was closed since stays closed, what was made since is gone, the audit log keeps all', async () => {
    const live = await tokens();
    const unspent = await newCode(browser, client);
    const file = fileIn(folder);
    const { rows } = await backUp(deps, file);
    expect(rows.get('tegata_client')).toBe(1);
    expect([...rows.keys()]).not.toContain('tegata_session');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file);
    for (const secret of [client.clientId, 'tegata_client', 'BEGIN PRIVATE KEY']) {
      expect(bytes.includes(secret)).toBe(false);
    }
    server.it.clock.advance(5);
    const since = await server.it.client({ name: 'あとから' });
    await revoke(live.access);
    const head = await feedHead(store().db);

    const restored = await bringBack(deps, file);
    expect(restored).toMatchObject({ keys: 'kept', replaces: 'tables', sameInstallation: true });
    later();
    expect(await findClient(store().db, client.clientId)).toBeDefined();
    expect(await findClient(store().db, since.clientId)).toBeUndefined();
    expectRefusal(await refresh(server.it, client, live.refresh), 'invalid_grant');
    expectRefusal(await redeem(server.it, client, unspent), 'invalid_grant');
    expect(await isAlive(server.it, live.access)).toBe(false);
    expect((await browser.get('/admin')).location).toContain('/login');
    expect(await judgeKeyFolder(store().db, server.it.services.keyFiles, deps.clock.now())).toBe('ours');
    expect(await feedHead(store().db)).toBeGreaterThan(head + 1_000_000);
    const kinds = (await listEvents(store().db, { limit: 50 })).map((event) => [event.kind, event.clientId]);
    expect(kinds).toContainEqual(['backup_restored', null]);
    expect(kinds).toContainEqual(['backup_made', null]);
    expect(kinds).toContainEqual(['client_created', since.clientId]);
    expect(readdirSync(deps.config.dataDir)).toEqual(['keys']);
    browser = await loggedIn(server.it);
    expect(await isAlive(server.it, (await tokens()).access)).toBe(true);
  });

  test('with the tokens kept, what the replaced database has seen revoked stays so', async () => {
    const [kept, revoked] = [await tokens(), await tokens()];
    const file = fileIn(folder);
    await backUp(deps, file);
    await revoke(revoked.access);
    expect(await bringBack(deps, file, { keeps: 'tokens' })).toMatchObject({ ended: { grants: 1 } });
    later();
    expect(await isAlive(server.it, kept.access)).toBe(false);
    expectRefusal(await refresh(server.it, client, revoked.refresh), 'invalid_grant');
    const again = tokensOf(await refresh(server.it, client, kept.refresh));
    expect(await isAlive(server.it, again.access)).toBe(true);
    browser = await loggedIn(server.it);
  });

  test('recovery codes, mails, deliveries and jobs that wait are over', async () => {
    const { db: own } = store();
    const at = deps.clock.now();
    await own
      .insertInto('tegata_recovery_code')
      .values({ code_hash: 'r', member_id: 1, created_at: at, used_at: null })
      .execute();
    await own
      .insertInto('tegata_assertion')
      .values({ assertion_hash: 'a', expires_at: at + 60 })
      .execute();
    const file = fileIn(folder);
    await backUp(deps, file);
    await bringBack(deps, file);
    expect(await own.selectFrom('tegata_recovery_code').selectAll().execute()).toEqual([]);
    // One that was used stays used.
    expect(await own.selectFrom('tegata_assertion').select('assertion_hash').execute()).toEqual([
      { assertion_hash: 'a' },
    ]);
    browser = await loggedIn(server.it);
  });

  test('what was closed since the backup and is open again is named', async () => {
    const file = fileIn(folder);
    await backUp(deps, file);
    server.it.clock.advance(5);
    const found = await findClient(store().db, client.clientId);
    if (!found) throw new Error('the client is gone');
    await changeClient(server.it.services.clients, found.clientId, { ...found, name: '改名' }, NOBODY);
    const restored = await bringBack(deps, file);
    expect(restored?.reopened.map(({ kind, clientId }) => [kind, clientId])).toContainEqual([
      'client_updated',
      client.clientId,
    ]);
    browser = await loggedIn(server.it);
  });

  test('a plan changes nothing; neither does a file that is not whole or another passphrase', async () => {
    const file = fileIn(folder);
    await backUp(deps, file);
    const cut = fileIn(folder, 'cut.backup');
    writeFileSync(cut, readFileSync(file).subarray(0, -40));
    const since = await server.it.client({ name: '残る' });
    const events = await listEvents(store().db, { limit: 1 });
    await expect(bringBack(deps, cut)).rejects.toThrow('its end is missing');
    await expect(bringBack(deps, file, { passphrase: 'another one, please' })).rejects.toThrow(
      'another passphrase',
    );
    await expect(bringBack(deps, file, { form: 'export' })).rejects.toThrow('tegata restore FILE');
    expect(await bringBack(deps, file, { confirm: async () => false })).toBeUndefined();
    expect(await findClient(store().db, since.clientId)).toBeDefined();
    expect(await listEvents(store().db, { limit: 1 })).toEqual(events);
    expect(readdirSync(deps.config.dataDir)).toEqual(['keys']);
  });

  test('not while a node runs; and no node starts while it is under way', async () => {
    const file = fileIn(folder);
    await backUp(deps, file);
    const beat = await startNodeBeat(server.it.services);
    await expect(bringBack(deps, file)).rejects.toThrow(`process ${process.pid} on`);
    await beat.stop();
    await beginRestoring(store(), deps.clock.now());
    await store()
      .db.updateTable('tegata_lease')
      .set({ owner: '1@elsewhere' })
      .where('name', '=', 'restore')
      .execute();
    await expect(startNodeBeat(server.it.services)).rejects.toThrow('is being restored');
    await expect(bringBack(deps, file)).rejects.toThrow('another restore is under way');
    await endRestoring(store().db);
    // One that ended without a word is taken for running until it has been silent for a while.
    const lost = await startNodeBeat(server.it.services);
    server.it.clock.advance(RUNNING_SILENCE);
    expect(await bringBack(deps, file)).toBeDefined();
    await lost.stop();
    browser = await loggedIn(server.it);
  });

  test('a backup whose keys the database does not know is not made, and another installation is not overwritten', async () => {
    const file = fileIn(folder);
    await backUp(deps, file);
    const print = await store()
      .db.selectFrom('tegata_setting')
      .select('value')
      .where('name', '=', 'key_folder')
      .executeTakeFirstOrThrow();
    const other = JSON.stringify({ master: '0123456789abcdef', kid: 'x' });
    await store()
      .db.transaction()
      .execute((trx) => writeSetting(trx, 'key_folder', other));
    await expect(backUp(deps, fileIn(folder, 'foreign.backup'))).rejects.toThrow('would not fit together');
    expect(existsSync(fileIn(folder, 'foreign.backup'))).toBe(false);
    await expect(bringBack(deps, file)).rejects.toThrow('--replace-keys');
    await store()
      .db.transaction()
      .execute((trx) => writeSetting(trx, 'key_folder', print.value));
  });

  test('on a machine whose key folder is lost, and in a database without tables', async () => {
    const file = fileIn(folder);
    await backUp(deps, file);
    const keys = join(deps.config.dataDir, 'keys');
    const ring = readFileSync(join(keys, 'keyring.json'), 'utf8');
    const dataDir = join(folder, 'new-machine');
    const there = { clock: deps.clock, config: { ...deps.config, dataDir } };
    expect(await bringBack(there, file)).toMatchObject({ keys: 'made' });
    expect(readFileSync(join(dataDir, 'keys/keyring.json'), 'utf8')).toBe(ring);
    expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o700);
  });
});
