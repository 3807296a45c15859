/** Signing keys that lie in the database: two nodes with a data folder each, and nothing in it. */
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KeyStoreError } from '../../src/app/keys/key-store.ts';
import { givenMasterKey, openKeys } from '../../src/app/keys/open-keys.ts';
import { ownTables } from '../../src/feed/store/own-things.ts';
import { currentKey } from '../../src/oauth/keys/keyring.ts';
import { removeKey, retireKeys, rotateKeys } from '../../src/oauth/keys/rotation.ts';
import { backUp, bringBack, fileIn } from '../backup/backup-desk.ts';
import { eachDatabase, onSqlite } from '../support/databases.ts';
import { type TestClient, useOAuthServer } from '../support/oauth-server.ts';
import { callApi } from '../support/oauth-walks.ts';
import { scratchFolder } from '../support/scratch.ts';
import { headerOf, ownToken } from './support/asking.ts';
import { machine } from './support/policy-client.ts';
import { type Node, secondNode } from './support/second-node.ts';

const newMasterKey = () => randomBytes(32).toString('base64url');

eachDatabase((db) => {
  const TEGATA_MASTER_KEY = newMasterKey();
  const server = useOAuthServer(db, { TEGATA_KEYS: 'database', TEGATA_MASTER_KEY });
  let client: TestClient;
  let node: Pick<Node, 'services' | 'api' | 'keyIds' | 'close'>;
  beforeAll(async () => {
    client = await machine(server.it);
    // Two nodes in one process wait for each other's writes on SQLite.
    node = db.name === 'sqlite' ? itself() : await secondNode(server.it);
  });
  afterAll(() => node?.close());
  const itself = (): typeof node => ({
    services: server.it.services,
    api,
    keyIds: async () => kids(),
    close: async () => {},
  });

  const kids = () => server.it.services.keyFiles.keys().map(({ kid }) => kid);
  const signing = () => currentKey(server.it.services.keyFiles.keys()).kid;
  const api = async (token: string) => (await callApi(server.it, token)).status;

  test('the folder holds none, the tables none in clear, and both nodes take what either signs', async () => {
    const token = await ownToken(server.it, client);
    expect(headerOf(token).kid).toBe(signing());
    expect([await api(token), await node.api(token)]).toEqual([200, 200]);
    expect(existsSync(join(server.it.services.config.dataDir, 'keys', 'keyring.json'))).toBe(false);
    const { store } = server.it.services;
    expect(await ownTables(store)).toContain('tegata_key_store');
    const { rows } = await sql<{ sealed: string }>`select sealed from tegata_key_store`.execute(store.db);
    expect(rows).toHaveLength(3);
    for (const { sealed } of rows) expect(sealed).toMatch(/^v1\.[\w-]+$/);
    expect(JSON.stringify(rows)).not.toContain(signing());
  });

  test('what one node rotates, the other publishes and signs by soon after', async () => {
    const before = signing();
    expect(await rotateKeys(node.services, { from: before, alg: 'ES256' })).toBe(true);
    await expect.poll(signing).not.toBe(before);
    expect(kids()).toEqual(await node.keyIds());
    const token = await ownToken(server.it, client);
    expect([await api(token), await node.api(token)]).toEqual([200, 200]);
  });

  const twoNodes = db.name === 'sqlite' ? [] : [2];
  test.each(twoNodes)(
    'of %d who rotate at once one is told that it came late, and one new key is there',
    async () => {
      const [from, before] = [signing(), kids().length];
      const wish = { from, alg: 'EdDSA' } as const;
      const turned = await Promise.all([
        rotateKeys(server.it.services, wish),
        rotateKeys(node.services, wish),
      ]);
      expect(turned.sort()).toEqual([false, true]);
      await server.it.services.keyFiles.refresh();
      expect(kids()).toHaveLength(before + 1);
    },
  );

  test('a rotation that is rolled back has not been', async () => {
    const { keyFiles, store, clock } = server.it.services;
    const before = kids();
    const rolledBack = store.db.transaction().execute(async (trx) => {
      expect(await keyFiles.rotate('ES256', clock.now(), { trx })).toHaveLength(before.length + 1);
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await keyFiles.refresh();
    expect(kids()).toEqual(before);
  });

  test('a stolen key that one node takes away is refused by the other soon after', async () => {
    const token = await ownToken(server.it, client);
    const kid = String(headerOf(token).kid);
    expect(await node.api(token)).toBe(200);
    expect(await removeKey(server.it.services, kid)).toBe(true);
    expect(await api(token)).toBe(401);
    await expect.poll(() => node.api(token)).toBe(401);
    expect(await removeKey(server.it.services, kid)).toBe(false);
    expect(kids()).not.toContain(kid);
  });

  test('old keys go from the database too, when no token needs them', async () => {
    server.it.clock.advance(2 * 86_400);
    expect((await retireKeys(server.it.services)).length).toBeGreaterThan(0);
    expect(kids()).toHaveLength(2);
    const { rows } = await sql`select name from tegata_key_store`.execute(server.it.services.store.db);
    expect(rows).toHaveLength(3);
  });

  test('another master key opens nothing, and says so', async () => {
    const { store, config, clock } = server.it.services;
    const other = { ...config, masterKey: newMasterKey() };
    const opening = openKeys(other, { store, onError: () => {} }, clock.now());
    await expect(opening).rejects.toThrow(KeyStoreError);
    await expect(opening).rejects.toThrow(/TEGATA_MASTER_KEY/);
  });

  test('a folder of new keys beside those in the database is not made', async () => {
    const { store, config, clock } = server.it.services;
    const files = { ...config, keyStore: 'files' as const };
    await expect(openKeys(files, { store, onError: () => {} }, clock.now())).rejects.toThrow(
      /TEGATA_KEYS=database/,
    );
    expect(existsSync(join(config.dataDir, 'keys', 'master.key'))).toBe(false);
  });

  // Its rows are as any; test/backup brings them back on MySQL too.
  test.each(db.name === 'mysql' ? [] : ['a backup'])(
    '%s brings the keys back that another installation has put away',
    async () => {
      const folder = scratchFolder('tegata-key-backup-');
      try {
        const file = fileIn(folder);
        await backUp(server.it.services, file);
        const before = kids();
        await sql`delete from tegata_key_store`.execute(server.it.services.store.db);
        expect(await bringBack(server.it.services, file)).toMatchObject({ keys: 'made' });
        const opened = await openKeys(
          server.it.services.config,
          { store: server.it.services.store, onError: () => {} },
          server.it.clock.now(),
        );
        expect(opened.keys().map(({ kid }) => kid)).toEqual(before);
        await opened.close();
        const foreign = { ...server.it.services.config, masterKey: newMasterKey() };
        const bringing = bringBack({ ...server.it.services, config: foreign }, file);
        await expect(bringing).rejects.toThrow(/TEGATA_MASTER_KEY is not the master key of the file/);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

describe('keys that a module makes and signs with', () => {
  const folder = scratchFolder('tegata-key-module-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const module = join(folder, 'hsm.mjs');
  writeFileSync(
    module,
    `import { generateKeyPairSync, sign } from 'node:crypto';
const kept = new Map();
globalThis.tegataTestHsm = kept;
export default {
  async make(alg) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ref = 'slot-' + (kept.size + 1);
    kept.set(ref, privateKey);
    return { ref, jwk: publicKey.export({ format: 'jwk' }) };
  },
  async sign(ref, alg, bytes) {
    return sign('sha256', bytes, { key: kept.get(ref), dsaEncoding: 'ieee-p1363' });
  },
  async remove(ref) { kept.delete(ref); },
};
`,
  );
  onSqlite((db) => {
    const server = useOAuthServer(db, {
      TEGATA_KEYS: 'database',
      TEGATA_MASTER_KEY: newMasterKey(),
      TEGATA_KEY_MODULE: module,
    });
    const slots = () => [
      ...(globalThis as unknown as { tegataTestHsm: Map<string, unknown> }).tegataTestHsm.keys(),
    ];

    test('sign tokens that are taken; a key that is taken away goes there too', async () => {
      const { keyFiles, clock } = server.it.services;
      const ec = { from: currentKey(keyFiles.keys()).kid, alg: 'ES256' } as const;
      expect(await rotateKeys(server.it.services, ec)).toBe(true);
      expect(await rotateKeys(server.it.services, { ...ec, from: currentKey(keyFiles.keys()).kid })).toBe(
        true,
      );
      const client = await machine(server.it);
      const token = await ownToken(server.it, client);
      expect(headerOf(token).alg).toBe('ES256');
      expect((await callApi(server.it, token)).status).toBe(200);
      expect(keyFiles.keys().every(({ privateKey }) => privateKey === undefined)).toBe(true);
      const before = slots().length;
      await removeKey(server.it.services, String(headerOf(token).kid));
      expect((await callApi(server.it, token)).status).toBe(401);
      // The one that is gone, and a new next one in its place.
      expect(slots()).toHaveLength(before);
      expect(await keyFiles.retire(clock.now() + 2 * 86_400)).toHaveLength(2);
      expect(slots()).toHaveLength(2);
    });
  });
});

test.each([
  ['a word', { masterKey: 'secret' }],
  ['a key of 16 bytes', { masterKey: randomBytes(16).toString('base64url') }],
  ['a file that is not there', { masterKeyFile: '/nowhere/master.key' }],
])('%s is no master key', (_name, given) => {
  expect(() => givenMasterKey(given)).toThrow(KeyStoreError);
  expect(() => givenMasterKey(given)).not.toThrow(/secret/);
});
