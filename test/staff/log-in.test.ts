/** The admin's login against a real database: who gets in, what it writes, what is told, and when it locks. */
import { hash as bcrypt } from '@node-rs/bcrypt';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { listEvents } from '../../src/audit/events.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { Store } from '../../src/database/open.ts';
import { logIn } from '../../src/staff/log-in.ts';
import { sessionOf } from '../../src/staff/session.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  addMember,
  identityDeps,
  makeStaffTables,
  memberRow,
  PASSWORD,
  START,
  staffTables,
} from '../support/staff.ts';

type Deps = Awaited<ReturnType<typeof identityDeps>>;

let addresses = 0;
/** An address nobody has failed from. */
const freshAddress = () => {
  addresses += 1;
  return `192.0.2.${addresses}`;
};

const attempt = (
  loginId: string,
  password: string,
  clientIp = freshAddress(),
  previousSessionToken?: string,
) => ({
  loginId,
  password,
  clientIp,
  userAgent: 'test',
  requestId: 'req-1',
  previousSessionToken,
});

const clear = async (store: Store) => {
  await staffTables(store).deleteFrom('dtb_login_history').execute();
  for (const table of ['dtb_authority_role', 'dtb_member'] as const) {
    await staffTables(store).deleteFrom(table).execute();
  }
  for (const table of ['tegata_session', 'tegata_event', 'tegata_throttle', 'tegata_grant'] as const) {
    await store.db.deleteFrom(table).execute();
  }
};

eachDatabase((db) => {
  let store: Store | undefined;
  let deps: Deps;
  beforeEach(async () => {
    if (!store) {
      store = await db.openMigrated();
      await makeStaffTables(store);
    }
    await clear(store);
    deps = await identityDeps(store);
  });

  const events = async () =>
    (await listEvents(deps.store.db, { limit: 20 })).map(({ kind, loginId, detail }) => ({
      kind,
      loginId,
      detail,
    }));

  test('ASVS-16.3.1: the right password opens a session and is written where EC-CUBE writes it', async () => {
    const id = await addMember(deps.store, 'admin', { login_date: deps.store.kit.dateText(START - 3600) });
    const result = await logIn(deps, attempt('admin', PASSWORD, '198.51.100.7'));
    if (result.kind !== 'ok') throw new Error(result.kind);
    expect(result.session.member).toEqual({
      id,
      loginId: 'admin',
      name: 'admin さん',
      authorityId: 0,
      lastLoginAt: START - 3600,
      twoFactor: { enabled: false, enrolled: false },
    });
    expect(await sessionOf(deps, result.sessionToken)).toEqual(result.session);
    expect((await memberRow(deps.store, 'admin')).login_date).toBe(deps.store.kit.dateText(START));
    expect(await staffTables(deps.store).selectFrom('dtb_login_history').selectAll().execute()).toMatchObject(
      [
        {
          user_name: 'admin',
          client_ip: '198.51.100.7',
          login_history_status_id: 1,
          member_id: id,
          discriminator_type: 'loginhistory',
        },
      ],
    );
    expect(await events()).toEqual([{ kind: 'login_ok', loginId: 'admin', detail: { secondStep: 'none' } }]);
  });

  test('ASVS-7.2.2, ASVS-7.2.3: the token has 256 bits and the database holds only its hash', async () => {
    await addMember(deps.store, 'admin');
    const result = await logIn(deps, attempt('admin', PASSWORD));
    if (result.kind !== 'ok') throw new Error(result.kind);
    expect(Buffer.from(result.sessionToken, 'base64url')).toHaveLength(32);
    const rows = await deps.store.db.selectFrom('tegata_session').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(result.sessionToken);
  });

  test('ASVS-7.2.4: each login has a new token and ends the session before it', async () => {
    await addMember(deps.store, 'admin');
    const first = await logIn(deps, attempt('admin', PASSWORD));
    if (first.kind !== 'ok') throw new Error(first.kind);
    const wrong = await logIn(deps, attempt('admin', 'no', freshAddress(), first.sessionToken));
    expect(wrong.kind).toBe('wrong');
    expect(await sessionOf(deps, first.sessionToken)).toBeDefined();
    const second = await logIn(deps, attempt('admin', PASSWORD, freshAddress(), first.sessionToken));
    if (second.kind !== 'ok') throw new Error(second.kind);
    expect(second.sessionToken).not.toBe(first.sessionToken);
    expect(await sessionOf(deps, first.sessionToken)).toBeUndefined();
    expect(await sessionOf(deps, second.sessionToken)).toBeDefined();
  });

  test('ASVS-6.3.8, ASVS-16.3.1: unknown, 非稼働 and wrong password get one answer; only the log knows the difference', async () => {
    await addMember(deps.store, 'admin');
    const gone = await addMember(deps.store, 'gone', { work_id: 0 });
    for (const [loginId, password] of [
      ['nobody', PASSWORD],
      ['gone', PASSWORD],
      ['admin', 'not-the-password'],
    ] as const) {
      expect(await logIn(deps, attempt(loginId, password))).toEqual({ kind: 'wrong' });
    }
    expect((await events()).reverse()).toEqual([
      { kind: 'login_failed', loginId: null, detail: { reason: 'unknown-login-id' } },
      { kind: 'login_failed', loginId: 'gone', detail: { reason: 'inactive' } },
      { kind: 'login_failed', loginId: 'admin', detail: { reason: 'password' } },
    ]);
    const history = await staffTables(deps.store)
      .selectFrom('dtb_login_history')
      .select(['user_name', 'member_id', 'login_history_status_id'])
      .orderBy('id')
      .execute();
    expect(history.slice(0, 2)).toEqual([
      // A password typed into the wrong field must not stay in the shop's database.
      { user_name: '***', member_id: null, login_history_status_id: 0 },
      { user_name: 'gone', member_id: gone, login_history_status_id: 0 },
    ]);
  });

  test('a login id is compared exactly, and what no row could hold is just wrong', async () => {
    await addMember(deps.store, 'admin');
    const typed = ['Admin', 'admin ', ' admin', 'admin\0', '\ud800', '', 'x'.repeat(5000), '%', "' or 1=1--"];
    const answers = await Promise.all(typed.map((loginId) => logIn(deps, attempt(loginId, PASSWORD))));
    expect(answers).toEqual(typed.map(() => ({ kind: 'wrong' })));
  });

  test('emoji are just wrong, also where EC-CUBE 4.0 made tables that cannot hold them', async () => {
    if (db.name === 'mysql') {
      const to = sql.raw('convert to character set utf8mb3 collate utf8mb3_bin');
      await sql`alter table dtb_member ${to}`.execute(deps.store.db);
      await sql`alter table dtb_login_history ${to}`.execute(deps.store.db);
    }
    expect(await logIn(deps, attempt('admin😀', PASSWORD))).toEqual({ kind: 'wrong' });
    const names = staffTables(deps.store).selectFrom('dtb_login_history').select('user_name');
    expect(await names.execute()).toEqual([{ user_name: '***' }]);
  });

  test('of two rows with one login id the working one counts', async () => {
    await addMember(deps.store, 'twin', { work_id: 0, password: 'x' });
    await addMember(deps.store, 'twin');
    expect(await logIn(deps, attempt('twin', PASSWORD))).toMatchObject({ kind: 'ok' });
  });

  test('bcrypt of EC-CUBE 4.3 lets in too, and stays as it is', async () => {
    const password = await bcrypt(PASSWORD, { cost: 4, version: '2y' });
    await addMember(deps.store, 'modern', { password, salt: null });
    expect(await logIn(deps, attempt('modern', PASSWORD))).toMatchObject({ kind: 'ok' });
    expect((await memberRow(deps.store, 'modern')).password).toBe(password);
  });

  test("the authority's denials come with the session", async () => {
    await addMember(deps.store, 'owner', { authority_id: 1 });
    const at = deps.store.kit.dateText(START);
    await staffTables(deps.store)
      .insertInto('dtb_authority_role')
      .values(
        [
          [1, '/api'],
          [0, '/never'],
          [1, '/setting/system'],
        ].map(
          ([authority_id, deny_url]) =>
            ({
              authority_id,
              deny_url,
              create_date: at,
              update_date: at,
              discriminator_type: 'authorityrole',
            }) as never,
        ),
      )
      .execute();
    const result = await logIn(deps, attempt('owner', PASSWORD));
    expect(result).toMatchObject({
      session: { deniedUrls: ['/api', '/setting/system'], member: { authorityId: 1 } },
    });
  });

  describe('ASVS-6.3.1: throttling as EC-CUBE 4.2 and later', () => {
    test('five wrong ones lock the login id for this address, right password or not, for half an hour', async () => {
      await addMember(deps.store, 'admin');
      const ip = freshAddress();
      for (let time = 0; time < 5; time += 1) {
        expect(await logIn(deps, attempt(time % 2 ? 'ADMIN' : 'admin', '', ip))).toEqual({
          kind: 'wrong',
        });
      }
      deps.clock.advance(61);
      expect(await logIn(deps, attempt('admin', PASSWORD, ip))).toEqual({ kind: 'locked', minutes: 29 });
      expect(await logIn(deps, attempt('admin', PASSWORD, ip))).toEqual({ kind: 'locked', minutes: 29 });
      expect((await events()).filter(({ kind }) => kind === 'login_throttled')).toHaveLength(1);
      expect(await logIn(deps, attempt('admin', PASSWORD))).toMatchObject({ kind: 'ok' });
      deps.clock.advance(1800 - 61);
      expect(await logIn(deps, attempt('admin', PASSWORD, ip))).toMatchObject({ kind: 'ok' });
    });

    test('a success forgives the failures of the login id', async () => {
      await addMember(deps.store, 'admin');
      const ip = freshAddress();
      for (let round = 0; round < 3; round += 1) {
        for (let time = 0; time < 4; time += 1) await logIn(deps, attempt('admin', '', ip));
        expect(await logIn(deps, attempt('admin', PASSWORD, ip))).toMatchObject({ kind: 'ok' });
      }
    });

    test('twenty-five wrong ones lock the address, whatever the login ids; a success does not open it', async () => {
      await addMember(deps.store, 'admin');
      const ip = freshAddress();
      for (let time = 0; time < 24; time += 1) await logIn(deps, attempt(`guess-${time}`, '', ip));
      expect(await logIn(deps, attempt('admin', PASSWORD, ip))).toMatchObject({ kind: 'ok' });
      expect(await logIn(deps, attempt('guess', '', ip))).toEqual({ kind: 'wrong' });
      expect(await logIn(deps, attempt('admin', PASSWORD, ip))).toEqual({ kind: 'locked', minutes: 30 });
      expect(await logIn(deps, attempt('admin', PASSWORD))).toMatchObject({ kind: 'ok' });
    });

    test('a hundred guesses at once get five tries', async () => {
      await addMember(deps.store, 'admin');
      const ip = freshAddress();
      const results = await Promise.all(
        Array.from({ length: 100 }, () => logIn(deps, attempt('admin', '', ip))),
      );
      expect(results.filter(({ kind }) => kind === 'wrong')).toHaveLength(5);
      expect(results.filter(({ kind }) => kind === 'locked')).toHaveLength(95);
    });
  });
});

eachDatabase((db) => {
  test('EC-CUBE 4.0, without login history and second factor, lets in as well', async () => {
    const store = db.open();
    await migrate(store);
    await makeStaffTables(store, '4.0');
    await addMember(store, 'admin');
    const deps = await identityDeps(store);
    expect(deps.memberCapabilities).toEqual({ twoFactor: false, loginHistory: false });
    expect(await logIn(deps, attempt('admin', 'wrong'))).toEqual({ kind: 'wrong' });
    expect(await logIn(deps, attempt('admin', PASSWORD))).toMatchObject({ kind: 'ok' });
    expect((await memberRow(store, 'admin')).login_date).toBe(store.kit.dateText(START));
  });
});
