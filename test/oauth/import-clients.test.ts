/** The PHP plugin's clients, brought over: what works afterwards, what is refused, and that twice is once. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/bytes.ts';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { importPluginClients } from '../../src/oauth/import-clients.ts';
import { findClient } from '../../src/oauth/store/clients.ts';
import { realShopLacking, realShopLoaders } from '../graphql/support/real-shop.ts';
import { eachDatabase } from '../support/databases.ts';
import { describeUnless } from '../support/left-out.ts';

const NOW = 1_775_001_600;
const ACTOR = { loginId: null, clientIp: null, requestId: null };
const SECRET = '5'.repeat(128);

const outcomes = (brought: Awaited<ReturnType<typeof importPluginClients>>) =>
  Object.fromEntries(brought.map(({ identifier, outcome }) => [identifier, outcome]));

eachDatabase((db) => {
  describe('clients of the plugin', () => {
    let store: Store;
    const bring = (dryRun = false) => importPluginClients({ store, clock: fixedClock(NOW) }, ACTOR, dryRun);

    beforeAll(async () => {
      store = await db.openMigrated();
      const [boolean, yes, no] =
        db.name === 'postgres' ? ['boolean', 'true', 'false'] : ['smallint', '1', '0'];
      const run = (statement: string) => sql.raw(statement).execute(store.db);
      await run(`create table oauth2_client (identifier varchar(32) primary key, secret varchar(128),
        redirect_uris text, grants text, scopes text, active ${boolean} not null)`);
      await run(`insert into oauth2_client values
        ('erp', '${SECRET}', 'https://erp.example/cb http://localhost:8080/cb', 'authorization_code refresh_token', 'read write', ${yes}),
        ('every', 'short', 'https://every.example/cb', null, null, ${no}),
        ('open', null, 'https://open.example/cb', 'authorization_code', 'read', ${yes}),
        ('plain', '${SECRET}', 'https://ok.example/cb http://shop.example/cb', 'authorization_code', 'read', ${yes}),
        ('strange', '${SECRET}', 'https://ok.example/cb', 'password', 'admin', ${yes})`);
    });

    test('a dry run says what would happen and writes nothing', async () => {
      expect(outcomes(await bring(true))).toEqual({
        erp: 'created',
        every: 'created',
        open: 'created',
        plain: 'refused',
        strange: 'refused',
      });
      expect(await findClient(store.db, 'erp')).toBeUndefined();
    });

    test('each comes with its id and the hash of its secret; what our rules refuse stays out', async () => {
      const brought = await bring();
      const of = (id: string) => brought.find(({ identifier }) => identifier === id);
      expect(await findClient(store.db, 'erp')).toMatchObject({
        name: 'erp',
        isPublic: false,
        redirectUris: ['https://erp.example/cb', 'http://localhost:8080/cb'],
        scopes: ['read', 'write'],
        grantTypes: ['authorization_code', 'refresh_token'],
        disabledAt: null,
        secrets: [{ hash: sha256Hex(SECRET), expiresAt: null }],
      });
      expect(await findClient(store.db, 'every')).toMatchObject({
        scopes: ['read', 'write'],
        grantTypes: ['authorization_code', 'refresh_token'],
        disabledAt: NOW,
      });
      expect(of('every')?.hasShortSecret).toBe(true);
      expect(await findClient(store.db, 'open')).toMatchObject({
        isPublic: true,
        pkce: 'required',
        secrets: [],
      });
      expect(of('plain')?.errors).toEqual({
        redirectUris: [{ uri: 'http://shop.example/cb', fault: 'http-not-loopback' }],
      });
      expect(of('strange')?.errors).toEqual({ scopes: 'invalid', grantTypes: 'invalid' });
      expect(await findClient(store.db, 'plain')).toBeUndefined();
    });

    test('a second time changes nothing, and what was mended meanwhile comes', async () => {
      const before = await findClient(store.db, 'erp');
      await sql`update oauth2_client set redirect_uris = 'https://ok.example/cb', secret = 'other'
        where identifier in ('plain', 'erp')`.execute(store.db);
      expect(outcomes(await bring())).toEqual({
        erp: 'exists',
        every: 'exists',
        open: 'exists',
        plain: 'created',
        strange: 'refused',
      });
      expect(await findClient(store.db, 'erp')).toEqual(before);
      const events = await store.db
        .selectFrom('tegata_event')
        .select('client_id')
        .where('kind', '=', 'client_imported')
        .execute();
      expect(events.map(({ client_id }) => client_id).sort()).toEqual(['erp', 'every', 'open', 'plain']);
    });
  });
});

describeUnless(realShopLacking, 'the recorded shop', () => {
  eachDatabase((db) => {
    const load = realShopLoaders[db.name];
    test('gives both of its clients', async () => {
      if (!load) return expect(db.name).toBe('sqlite');
      await load(db);
      const store = await db.openMigrated();
      const brought = await importPluginClients({ store, clock: fixedClock(NOW) }, ACTOR, false);
      expect(outcomes(brought)).toEqual({ clientA: 'created', clientB: 'created' });
      const found = await findClient(store.db, 'clientB');
      expect([found?.scopes, found?.secrets[0]?.hash]).toEqual([['read'], sha256Hex(SECRET)]);
    });
  });
});
