/** The audit log's row is written in the transaction of the deed: a row that cannot be written takes the deed back. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { feedStatus } from '../../src/feed/store/triggers.ts';
import { removeKey, retireKeys, rotateKeys } from '../../src/oauth/keys/rotation.ts';
import {
  endOtherSessions,
  endOwnSession,
  endSessionsOfMember,
  logOut,
  openSession,
  type Session,
} from '../../src/staff/session.ts';
import { findMemberByLoginId } from '../../src/staff/store/members.ts';
import { installFeedByStaff, removeFeedByStaff } from '../../src/webhook/feed-switch.ts';
import {
  changeByStaff,
  pauseEndpoint,
  registerByStaff,
  removeByStaff,
  resendByStaff,
  resumeByStaff,
} from '../../src/webhook/staff-deeds.ts';
import { findWebhook, listWebhooks } from '../../src/webhook/store/webhooks.ts';
import { startWebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { ADMIN, useOAuthServer } from '../support/oauth-server.ts';
import { startReceiver, status } from '../webhook/support/receiver.ts';

const ACTOR = { loginId: ADMIN.loginId, clientIp: '127.0.0.1', requestId: 'deed' };
const ORIGIN = { clientIp: '127.0.0.1', userAgent: 'test', requestId: 'deed' };
const DAY = 86_400;

eachDatabase((db) => {
  const server = useOAuthServer(db, { TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' });
  const store = () => server.it.services.store;
  const hooks = () => server.it.services.webhooks;

  /** Without the table no event can be written. */
  async function withoutAuditLog(deed: () => Promise<unknown>): Promise<void> {
    await sql`alter table tegata_event rename to tegata_event_away`.execute(store().db);
    try {
      await expect(deed()).rejects.toThrow(/tegata_event/);
    } finally {
      await sql`alter table tegata_event_away rename to tegata_event`.execute(store().db);
    }
  }

  describe('webhooks', () => {
    const input = (description: string) => ({
      payloadUrl: 'http://127.0.0.1:9/',
      enabled: true,
      description,
      topics: [],
      orderStatuses: [],
    });
    let webhookId: string;
    beforeAll(async () => {
      const made = await registerByStaff(hooks(), input('first'), ACTOR);
      if (!made.ok) throw new Error(JSON.stringify(made.faults));
      webhookId = made.webhookId;
    });
    const found = async () => {
      const webhook = await findWebhook(store().db, webhookId);
      if (!webhook) throw new Error('the endpoint is gone');
      return webhook;
    };

    test('none is registered', async () => {
      await withoutAuditLog(() => registerByStaff(hooks(), input('second'), ACTOR));
      expect(await listWebhooks(store().db)).toHaveLength(1);
    });
    test('none is changed', async () => {
      await withoutAuditLog(() => changeByStaff(hooks(), webhookId, input('other'), ACTOR));
      expect((await found()).description).toBe('first');
    });
    test('none is paused, none goes on, none is removed', async () => {
      await withoutAuditLog(() => pauseEndpoint(hooks(), webhookId, ACTOR));
      expect((await found()).pausedAt).toBeNull();
      await pauseEndpoint(hooks(), webhookId, ACTOR);
      const paused = await found();
      await withoutAuditLog(() => resumeByStaff(hooks(), paused, ACTOR));
      expect((await found()).pausedAt).toBe(paused.pausedAt);
      await withoutAuditLog(() => removeByStaff(hooks(), webhookId, ACTOR));
      await removeByStaff(hooks(), webhookId, ACTOR);
      expect(await listWebhooks(store().db)).toHaveLength(0);
    });

    test('nothing is sent again, and the worker pauses none', async () => {
      await installFeedByStaff(hooks(), ACTOR);
      const receiver = await startReceiver();
      receiver.answer = status(410);
      const worker = startWebhookWorker(hooks(), { loop: false });
      const made = await registerByStaff(hooks(), { ...input('gone'), payloadUrl: receiver.url }, ACTOR);
      webhookId = made.ok ? made.webhookId : '';
      await sql`update dtb_product set name = 'changed' where id = 1`.execute(store().db);
      await worker.tick();
      server.it.clock.advance(2);
      await sql`alter table tegata_event rename to tegata_event_away`.execute(store().db);
      await worker.tick();
      await sql`alter table tegata_event_away rename to tegata_event`.execute(store().db);
      expect(await found()).toMatchObject({ enabled: true, pausedAt: null });
      await worker.stop();
      await receiver.close();

      await store().db.updateTable('tegata_delivery').set({ state: 'failed', settled_at: 1 }).execute();
      await withoutAuditLog(() => resendByStaff(hooks(), { webhookId }, ACTOR));
      const states = await store().db.selectFrom('tegata_delivery').select('state').execute();
      expect(states).toEqual([{ state: 'failed' }]);
    });
  });

  test('the feed stays on, and stays off', async () => {
    const state = async () => (await feedStatus(store(), hooks().feedSources)).state;
    await removeFeedByStaff(hooks(), ACTOR);
    await withoutAuditLog(() => installFeedByStaff(hooks(), ACTOR));
    expect(await state()).toBe('absent');
    await installFeedByStaff(hooks(), ACTOR);
    await withoutAuditLog(() => removeFeedByStaff(hooks(), ACTOR));
    expect(await state()).toBe('installed');
  });

  test('keys neither turn nor go', async () => {
    const { keyFiles, clock } = server.it.services;
    const deps = { store: store(), clock, keyFiles };
    const kids = () => keyFiles.keys().map(({ kid, state }) => `${kid} ${state}`);
    const current = () => keyFiles.keys().find(({ state }) => state === 'current')?.kid ?? '';
    await rotateKeys(deps, { from: current(), alg: 'ES256' });
    server.it.clock.advance(2 * DAY);
    const before = kids();
    await withoutAuditLog(() => rotateKeys(deps, { from: current(), alg: 'ES256' }));
    await withoutAuditLog(() => retireKeys(deps));
    await withoutAuditLog(() => removeKey(deps, current()));
    expect(kids()).toEqual(before);
    expect(await retireKeys(deps)).toHaveLength(1);
  });

  describe('sessions', () => {
    const enter = async (): Promise<{ sessionToken: string; session: Session }> => {
      const { identity, clock } = server.it.services;
      const member = await findMemberByLoginId(store().db, identity.memberCapabilities, ADMIN.loginId);
      if (!member) throw new Error('no member');
      return openSession(store().db, member, ORIGIN, null, clock.now());
    };
    const count = async () =>
      (await store().db.selectFrom('tegata_session').select('session_hash').execute()).length;

    test('none ends', async () => {
      const { identity } = server.it.services;
      const [one, other] = [await enter(), await enter()];
      const before = await count();
      await withoutAuditLog(() => logOut(identity, one.sessionToken, ORIGIN));
      await withoutAuditLog(() => endOwnSession(identity, one.session, other.session.sessionHash, ORIGIN));
      await withoutAuditLog(() => endOtherSessions(identity, one.session, ORIGIN));
      await withoutAuditLog(() => endSessionsOfMember(identity, ADMIN.loginId));
      expect(await count()).toBe(before);
    });
  });
});
