/** Pruning: what has expired or is too old goes, in batches; what somebody still needs stays. */
import { beforeAll, expect, test } from 'vitest';
import { recordEvent } from '../../src/audit/events.ts';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { runCompiled } from '../../src/database/prepared.ts';
import { pruneOnce } from '../../src/oauth/prune.ts';
import { addGrantUse, grantUses } from '../../src/oauth/store/grant-use.ts';
import { newAccess, newGrant, newRefresh } from '../../src/oauth/store/grants.ts';
import { eachDatabase } from '../support/databases.ts';

const NOW = 1_775_001_600;
const DAY = 86_400;

eachDatabase((db) => {
  let store: Store;
  beforeAll(async () => {
    store = await db.openMigrated();
    const at = { created_at: NOW - DAY, updated_at: NOW - DAY };
    const made = {
      client_type: 'confidential',
      redirect_uris: '[]',
      scopes: 'read',
      grants: '',
      pkce_required: 0,
    };
    await store.db
      .insertInto('tegata_client')
      .values({ client_id: 'c1', name: 'c1', ...made, ...at })
      .execute();
  });
  const prune = () => pruneOnce({ store, clock: fixedClock(NOW), auditDays: 400, requestLogDays: 30 });
  const count = async (
    table: 'tegata_access_token' | 'tegata_refresh_token' | 'tegata_grant' | 'tegata_event',
  ) =>
    Number(
      (
        await store.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );

  async function grant(grantId: string) {
    const facts = { clientId: 'c1', memberId: 1, loginId: 'admin', scope: 'read' };
    await runCompiled(
      store.db,
      newGrant(store.db, { grantId, ...facts, createdAt: NOW - DAY, expiresAt: null, resource: null }),
    );
    const use = { grantId, operation: 'products', calls: 1, lastUsedAt: NOW - DAY, lastIp: null };
    await addGrantUse(store, use);
  }
  const access = (jti: string, grantId: string, expiresAt: number) =>
    runCompiled(
      store.db,
      newAccess(store.db, { jti, grantId, clientId: 'c1', issuedAt: NOW - DAY, expiresAt }),
    );

  test('live tokens and their grants stay, dead ones go with what was counted of them', async () => {
    for (const grantId of ['by-access', 'by-refresh', 'over']) await grant(grantId);
    await access('good', 'by-access', NOW + 1);
    await access('over', 'by-access', NOW);
    await access('over2', 'over', NOW - 1);
    const token = { tokenHash: 'r', clientId: 'c1', createdAt: NOW - DAY };
    await runCompiled(
      store.db,
      newRefresh(store.db, { ...token, grantId: 'by-refresh', expiresAt: NOW + DAY }),
    );
    expect(await prune()).toMatchObject({ expired: 3, uses: 1 });
    expect([await count('tegata_access_token'), await count('tegata_grant')]).toEqual([1, 2]);
    const left = await grantUses(store.db, ['by-access', 'by-refresh', 'over']);
    expect(left.map(({ grantId }) => grantId).sort()).toEqual(['by-access', 'by-refresh']);
    expect(await prune()).toMatchObject({ expired: 0, uses: 0 });
  });

  test('more than a batch goes in one go', async () => {
    await grant('many');
    for (let part = 0; part < 3; part += 1) {
      const rows = Array.from({ length: 500 }, (_, index) => ({
        jti: `many-${part}-${index}`,
        grant_id: 'many',
        client_id: 'c1',
        issued_at: NOW - DAY,
        expires_at: NOW - 1,
        revoked_at: null,
      }));
      await store.db.insertInto('tegata_access_token').values(rows).execute();
    }
    expect((await prune()).expired).toBe(1501);
  });

  test('the audit log is kept for as long as it was asked to be', async () => {
    for (const age of [401, 400, 399]) {
      await recordEvent(store.db, { kind: 'login_ok', occurredAt: NOW - age * DAY });
    }
    expect((await prune()).events).toBe(1);
    expect(await count('tegata_event')).toBe(2);
  });

  test('two nodes that count the same call at once lose none', async () => {
    const use = { grantId: 'by-access', operation: 'orders', calls: 3, lastUsedAt: NOW, lastIp: '192.0.2.1' };
    await Promise.all(Array.from({ length: 8 }, () => addGrantUse(store, use)));
    expect((await grantUses(store.db, ['by-access']))[0]).toEqual({ ...use, calls: 24 });
  });
});
