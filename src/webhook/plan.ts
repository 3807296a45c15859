/**
 * Turns the feed into deliveries, endpoint by endpoint. An endpoint's place in the feed moves in the transaction that
 * inserts the delivery, by an UPDATE that names the place it was read at: of two planners one succeeds.
 */
import { randomHex } from '../base/bytes.ts';
import type { Db } from '../database/open.ts';
import { fold, keyOf } from '../feed/aggregate.ts';
import { allHeard } from '../feed/hearing.ts';
import { type Change, type FeedRow, feedHead, readFeed } from '../feed/store/feed.ts';
import { inStatus } from '../shop/store/status-now.ts';
import { accessOf } from './access.ts';
import { bodyOf, eventsOf, ownedBodyOf } from './body.ts';
import { OWNED_MAX_EVENTS } from './clients.ts';
import type { WebhookDeps } from './deps.ts';
import { CLOCK_SLACK_SECONDS } from './limits.ts';
import { countPending, insertDelivery, type PendingDelivery, pendingDeliveries } from './store/deliveries.ts';
import type { Webhook } from './store/webhook-row.ts';
import { listeningBehind, moveFeedPosition } from './store/webhooks.ts';

type PlanDeps = Pick<WebhookDeps, 'store' | 'clock' | 'limits' | 'log' | 'clients' | 'notify'>;

const DELIVERY_ID_BYTES = 16;

/** Says how many deliveries were made. */
export async function planDeliveries(deps: PlanDeps): Promise<number> {
  const { db } = deps.store;
  let planned = 0;
  for (const webhook of await listeningBehind(db, await feedHead(db))) {
    planned += await planFor(deps, webhook);
  }
  return planned;
}

async function planFor(deps: PlanDeps, webhook: Webhook): Promise<number> {
  const { store, limits } = deps;
  const access = await accessOf(deps, webhook);
  if (access.kind === 'lost') return 0;
  const entities = access.kind === 'client' ? access.entities : undefined;
  const room = limits.maxPending - (await countPending(store.db, webhook.webhookId));
  let position = webhook.feedPosition;
  for (let planned = 0; planned < room; ) {
    const rows = await nextRows(deps, webhook, position);
    const last = rows.at(-1);
    if (!last) return planned;
    const changes = fold(await wantedBy(store.db, webhook, entities, rows));
    const step = { webhook, from: position, to: last.position, changes };
    if (!(await store.db.transaction().execute((tx) => takeStep(deps, tx, step)))) return planned;
    position = last.position;
    if (changes.length > 0) planned += 1;
  }
  return Math.max(room, 0);
}

/**
 * Rows whose joining time is over. Cut at the first that is not: clocks of processes differ, positions do not skip. What
 * claims to have been recorded long after now comes from a wrong clock and holds no one up.
 */
async function nextRows(
  { store, clock, limits }: PlanDeps,
  { owner, feedUntil }: Webhook,
  after: number,
): Promise<FeedRow[]> {
  const limit = owner ? Math.min(limits.maxEvents, OWNED_MAX_EVENTS) : limits.maxEvents;
  const read = await readFeed(store.db, { after, limit });
  const rows = feedUntil === null ? read : read.filter(({ position }) => position <= feedUntil);
  const now = clock.now();
  const ripeAt = now - limits.windowSeconds;
  const firstUnripe = rows.findIndex(
    ({ recordedAt }) => recordedAt > ripeAt && recordedAt <= now + CLOCK_SLACK_SECONDS,
  );
  return firstUnripe < 0 ? rows : rows.slice(0, firstUnripe);
}

async function wantedBy(
  db: Db,
  webhook: Webhook,
  entities: readonly string[] | undefined,
  rows: readonly FeedRow[],
): Promise<FeedRow[]> {
  const { orderStatuses: order, productStatuses: product } = webhook;
  const topics = new Set<string>(webhook.topics);
  const choice = {
    notBy: webhook.excludedClientId ?? undefined,
    parts: webhook.parts.length === 0 ? undefined : webhook.parts,
  };
  const chosen = allHeard(rows, choice).filter(
    (row) =>
      (entities?.includes(row.entity) ?? true) &&
      (topics.size === 0 || topics.has(`${row.entity}.${row.action}`)),
  );
  return inStatus(db, chosen, { order, product });
}

type Step = { webhook: Webhook; from: number; to: number; changes: readonly Change[] };

async function takeStep({ clock, limits }: PlanDeps, tx: Db, step: Step): Promise<boolean> {
  const { webhook, from, to, changes } = step;
  if (!(await moveFeedPosition(tx, webhook.webhookId, from, to))) return false;
  if (changes.length === 0) return true;
  const now = clock.now();
  await insertDelivery(tx, {
    deliveryId: randomHex(DELIVERY_ID_BYTES),
    webhookId: webhook.webhookId,
    lastPosition: to,
    body: webhook.owner ? ownedBodyOf(changes) : bodyOf(changes),
    createdAt: now,
    giveUpAt: now + limits.giveUpAfterSeconds,
    waitsFor: overlapping(changes, await pendingDeliveries(tx, webhook.webhookId)),
  });
  return true;
}

/** The pending deliveries that tell about one of the same things: those must arrive first. */
function overlapping(changes: readonly Change[], pending: readonly PendingDelivery[]): string[] {
  const keys = new Set(changes.map(keyOf));
  return pending
    .filter(({ body }) => eventsOf(body).some((event) => keys.has(keyOf(event))))
    .map(({ deliveryId }) => deliveryId);
}
