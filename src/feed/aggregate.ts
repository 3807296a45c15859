/**
 * The plugin's rule of aggregation (docs/eccube/webhooks.md, Bodies): all `created`, then all `deleted`, then `updated` of what
 * is in neither; no duplicates; inside a group the order of events. Used per pass of the sequencer and per body, so
 * that a body of joined transactions reads like one of them.
 *
 * A thing that several have changed is one entry, which keeps the share of each of them: the one who does not want to hear
 * of its own changes still hears what the others have done (feed/hearing.ts).
 */
import { joinParts } from '../database/change-parts.ts';
import type { FeedAction } from '../database/feed-sources.ts';
import type { Change, Share } from './store/feed.ts';

type Net = {
  /** The first that was told of its life: true = it began here, false = it was there before. */
  born: boolean | undefined;
  /** The last that was told of its life. */
  lives: boolean | undefined;
  last: Share;
};

type Thing = Net & { readonly entity: string; readonly id: number; readonly shares: Share[] };

export function fold(changes: readonly Change[]): Change[] {
  const things = new Map<string, Thing>();
  for (const change of changes) {
    const key = keyOf(change);
    const thing = things.get(key) ?? {
      ...NEW,
      last: change,
      entity: change.entity,
      id: change.id,
      shares: [],
    };
    thing.shares.push(...sharesOf(change));
    things.set(key, Object.assign(thing, after(thing, change)));
  }
  const told = [...things.values()].flatMap(tell);
  const tells = (action: FeedAction) => told.filter((change) => change.action === action);
  return [...tells('created'), ...tells('deleted'), ...tells('updated')];
}

/** What names the thing that a change is about. */
export const keyOf = ({ entity, id }: Pick<Change, 'entity' | 'id'>): string => `${entity} ${id}`;

/** What each has done who took part. */
export const sharesOf = ({ shares, action, changedAt, parts, origin }: Change): readonly Share[] =>
  shares.length > 0 ? shares : [{ action, changedAt, parts, origin }];

/** An entry about a thing, out of what its origins have done. */
export function entryOf(
  { entity, id }: Pick<Change, 'entity' | 'id'>,
  { action, changedAt }: Pick<Share, 'action' | 'changedAt'>,
  shares: readonly Share[],
): Change {
  const origins = new Set(shares.map(({ origin }) => origin));
  const parts = joinParts(shares.map((share) => share.parts));
  const origin = origins.size === 1 ? (shares[0]?.origin ?? null) : null;
  return { entity, id, action, changedAt, parts, origin, shares: origins.size === 1 ? [] : shares };
}

const NEW = { born: undefined, lives: undefined };

function after(net: Net, share: Share): Net {
  if (share.action === 'updated') return { ...net, last: share };
  const lives = share.action === 'created';
  return { born: net.born ?? lives, lives, last: share };
}

/** Deleted and put back under its id is `updated`: to tell `deleted` would be wrong by now. */
function actionsOf({ born, lives }: Net): FeedAction[] {
  const actions: FeedAction[] = [...(born ? (['created'] as const) : [])];
  if (lives === false) actions.push('deleted');
  return actions.length > 0 ? actions : ['updated'];
}

function tell(thing: Thing): Change[] {
  const actions = actionsOf(thing);
  const shares = byOrigin(thing.shares);
  // A share belongs to the entry that says the same; else to the first, since all must be in one.
  const isIn = (action: FeedAction) => (share: Share) =>
    action === (actions.includes(share.action) ? share.action : actions[0]);
  const { changedAt } = thing.last;
  return actions.map((action) => entryOf(thing, { action, changedAt }, shares.filter(isIn(action))));
}

/** What each origin has done, taken together as a thing's changes are. */
function byOrigin(shares: readonly Share[]): Share[] {
  const nets = new Map<string | null, Net & { parts: Share['parts'][] }>();
  for (const share of shares) {
    const net = nets.get(share.origin) ?? { ...NEW, last: share, parts: [] };
    net.parts.push(share.parts);
    nets.set(share.origin, { ...after(net, share), parts: net.parts });
  }
  return [...nets].flatMap(([origin, net]) =>
    actionsOf(net).map((action) => ({
      action,
      changedAt: net.last.changedAt,
      parts: joinParts(net.parts),
      origin,
    })),
  );
}
