/** Afterwards: what the load was told beside what the database and the nodes say. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sha256Hex } from '../../src/base/bytes.ts';
import type { Store } from '../../src/database/open.ts';
import type { Recorder } from './record.ts';
import type { World } from './world.ts';

const WEBHOOKS_MS = 90_000;
const SAMPLE = 60; // tokens of a kind that are tried out
const IN_LIST = 500;

/** Adds to the record what turns out lost, doubled or still working; returns the seconds until every webhook had come. */
export async function check(world: World, record: Recorder): Promise<number | undefined> {
  const webhooks = await untilTold(world, record);
  await world.withStore(async (store) => {
    await checkChanges(store, record);
    await checkCodes(store, record);
    await checkRefreshTokens(store, record);
  });
  await checkAccess(world, record);
  await replayCodes(world, record);
  return webhooks;
}

/** A product that was changed has been told of at some time after the change was begun. */
async function untilTold({ listener }: World, record: Recorder): Promise<number | undefined> {
  const startMs = Date.now();
  const lastMs = new Map<number, number>();
  for (const { acknowledged, productIds, begunMs } of record.changes) {
    if (acknowledged) for (const id of productIds) lastMs.set(id, Math.max(begunMs, lastMs.get(id) ?? 0));
  }
  const waiting = () => [...lastMs].filter(([id, ms]) => (listener.toldAtMs.get(id) ?? 0) < ms);
  while (waiting().length > 0 && Date.now() - startMs < WEBHOOKS_MS) await sleep(100);
  for (const [id] of waiting()) record.lost.push(`no webhook told of product ${id}`);
  return waiting().length > 0 ? undefined : (Date.now() - startMs) / 1000;
}

function* slices<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += IN_LIST) yield all.slice(at, at + IN_LIST);
}

async function checkChanges({ db }: Store, record: Recorder): Promise<void> {
  const found = new Map<string, number>();
  for (const some of slices(record.changes)) {
    const rows = await db
      .selectFrom('tegata_stock_change')
      .select(['reference'])
      .where(
        'reference',
        'in',
        some.map(({ reference }) => reference),
      )
      .execute();
    for (const { reference } of rows) {
      if (reference !== null) found.set(reference, (found.get(reference) ?? 0) + 1);
    }
  }
  for (const { reference, productIds, acknowledged } of record.changes) {
    const count = found.get(reference) ?? 0;
    if (count > productIds.length) record.doubled.push(`change ${reference}: ${count} rows`);
    else if (acknowledged && count < productIds.length)
      record.lost.push(`change ${reference}: ${count} rows`);
    else if (count !== 0 && count < productIds.length) record.lost.push(`half of change ${reference}`);
  }
}

/** A code makes one refresh token, not two. */
async function checkCodes({ db }: Store, record: Recorder): Promise<void> {
  for (const some of slices(record.redeemed)) {
    const rows = await db
      .selectFrom('tegata_refresh_token')
      .select(['grant_id', 'token_hash'])
      .where(
        'grant_id',
        'in',
        some.map(({ grantId }) => grantId),
      )
      .execute();
    for (const { grantId, refresh } of some) {
      const own = rows.filter((row) => row.grant_id === grantId);
      if (own.length > 1) record.doubled.push(`a code made ${own.length} refresh tokens`);
      if (!own.some((row) => row.token_hash === sha256Hex(refresh)))
        record.lost.push('a refresh token of a code');
    }
  }
}

/** The newest token of a chain is there, and its grant lives. */
async function checkRefreshTokens({ db }: Store, record: Recorder): Promise<void> {
  for (const some of slices([...record.chains])) {
    const rows = await db
      .selectFrom('tegata_refresh_token as t')
      .innerJoin('tegata_grant as g', 'g.grant_id', 't.grant_id')
      .select(['t.token_hash', 'g.revoked_at'])
      .where('t.token_hash', 'in', some.map(sha256Hex))
      .execute();
    for (const token of some) {
      const row = rows.find((one) => one.token_hash === sha256Hex(token));
      if (row?.revoked_at !== null) record.lost.push('a refresh token of a chain');
    }
  }
}

async function checkAccess({ both }: World, record: Recorder): Promise<void> {
  for (const { url } of both) {
    const works = async (token: string) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const answer = await fetch(`${url}/api`, {
        method: 'POST',
        headers,
        body: '{"query":"{ __typename }"}',
      });
      await answer.text();
      return answer.status === 200;
    };
    for (const token of record.access.slice(-SAMPLE)) {
      if (!(await works(token))) record.lost.push(`an access token is refused at ${url}`);
    }
    for (const token of record.revoked.slice(-SAMPLE)) {
      if (await works(token)) record.revokedButWorking.push(`at ${url}, afterwards`);
    }
  }
}

/** Each counts once; this ends the grants of those that are tried, so it comes last. */
async function replayCodes({ both: [, node] }: World, record: Recorder): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const { body } of record.redeemed.slice(-SAMPLE / 3)) {
    const answer = await fetch(`${node.url}/token`, { method: 'POST', headers, body });
    await answer.text();
    if (answer.status === 200) record.doubled.push('a code was redeemed twice');
  }
}
