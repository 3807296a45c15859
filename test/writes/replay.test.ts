/**
 * Every recorded operation of EC-CUBE that has a counterpart in the API, run again over real HTTP on rows as they were: the
 * same rows come of it, or the record is on the list of differences with its reason (differences.ts).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/database/open.ts';
import { createMailer } from '../../src/outbound/mailer.ts';
import { embeddedShopApi, type ShopApi } from '../graphql/support/shop-api.ts';
import { eachDatabase } from '../support/databases.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp-receiver.ts';
import { differences, snapshot } from './compare.ts';
import { DIFFERENCES } from './differences.ts';
import { bring, type EccubeRecord } from './records.ts';
import { orderReplays, replayCounts } from './replays.ts';

const all = orderReplays;
const REPLAYED = DIFFERENCES.filter((one) => one.replayed);
const listed = ({ record }: EccubeRecord) => REPLAYED.filter(({ records }) => records.includes(record));

describe('the list of differences', () => {
  test('calls replayed only what is, each record once, in named places', () => {
    const names = all
      .filter(({ counterpart }) => typeof counterpart !== 'string')
      .map(({ record }) => record.record);
    const told = REPLAYED.flatMap(({ records }) => records);
    expect(told.filter((record) => !names.includes(record))).toEqual([]);
    expect(new Set(told).size).toBe(told.length);
    for (const { where } of REPLAYED) expect(where.length).toBeGreaterThan(0);
  });

  test('says of each what EC-CUBE does, what Tegata does, and why', () => {
    expect(DIFFERENCES.length).toBeGreaterThan(REPLAYED.length);
    for (const { eccube, tegata, reason } of DIFFERENCES) {
      for (const text of [eccube, tegata, reason]) expect(text).toMatch(/^[A-Z`].*\.$/);
    }
  });

  test('counts', () => {
    const replayed = all.filter(({ counterpart }) => typeof counterpart !== 'string');
    const different = replayed.filter(({ record }) => listed(record).length > 0);
    const without = all.flatMap(({ record, counterpart }) =>
      typeof counterpart === 'string' ? [`${record.record} (${counterpart})`] : [],
    );
    console.info(
      `replayed ${replayed.length}: ${replayed.length - different.length} the same, ${different.length} on the list; without counterpart ${without.length}: ${without.join(', ')}`,
    );
    expect(replayed.length + without.length).toBe(all.length);
  });

  test('of all families: three hundred on PostgreSQL, and those of SQLite and MariaDB on theirs', () => {
    const counts = replayCounts();
    for (const { database, same, listed: different, without } of counts) {
      console.info(
        `recorded on ${database}: ${same + different} replayed, ${same} the same, ${different} on the list; ${without} without counterpart`,
      );
    }
    const [postgres, sqlite, mysql] = counts.map(({ same, listed: different }) => same + different);
    expect(postgres).toBeGreaterThanOrEqual(300);
    expect([sqlite, mysql].every((count) => Number(count) > 0)).toBe(true);
  });
});

eachDatabase((database) => {
  const clock = fixedClock(Date.UTC(2027, 0, 1) / 1000);
  const mine = all.filter(({ record }) => record.database === database.name);
  let store: Store;
  let shop: ShopApi;
  let smtp: SmtpReceiver;
  beforeAll(async () => {
    smtp = await startSmtpReceiver();
    store = await database.openShop();
    shop = await embeddedShopApi(store, { mailer: createMailer(`smtp://127.0.0.1:${smtp.port}`), clock });
  });
  afterAll(async () => {
    await shop.close();
    await smtp.close();
  });

  test.each(mine.map(({ record, counterpart }) => [record.record, record, counterpart] as const))(
    '%s',
    async (_name, record, counterpart) => {
      if (typeof counterpart === 'string') return;
      await bring(store, database.name, record);
      const before = await snapshot(store.db, record);
      const { document, variables, refused } = counterpart;
      const { errors } = await shop.ask(document, { ...variables });
      expect(errors?.[0]?.extensions.code, errors?.[0]?.message).toBe(refused);
      const found = await differences(store.db, record, before, store.kit.dateText(clock.now()));
      const allowed = listed(record).flatMap(({ where }) => where);
      expect([...found.keys()].sort(), JSON.stringify([...found.values()])).toEqual([...allowed].sort());
    },
  );
});
