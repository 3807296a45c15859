/**
 * The plugin's rule of aggregation (docs/eccube/webhooks.md, Bodies): all `created`, then all `deleted`, then `updated` of what
 * is in neither; no duplicates; inside a group the order of events. Used per pass of the sequencer and per body, so
 * that a body of joined transactions reads like one of them.
 */
import type { Change } from './store/feed.ts';

type Net = {
  change: Change;
  /** The first that was told of its life: true = it began here, false = it was there before. */
  born: boolean | undefined;
  /** The last that was told of its life. */
  lives: boolean | undefined;
};

export function fold(changes: readonly Change[]): Change[] {
  const nets = new Map<string, Net>();
  for (const change of changes) {
    const key = keyOf(change);
    nets.set(key, after(nets.get(key) ?? { change, born: undefined, lives: undefined }, change));
  }
  const all = [...nets.values()];
  return [
    ...all.filter(({ born }) => born).map(({ change }) => told(change, 'created')),
    ...all.filter(({ lives }) => lives === false).map(({ change }) => told(change, 'deleted')),
    // Deleted and put back under its id is `updated`: to tell `deleted` would be wrong by now.
    ...all.filter(({ born, lives }) => !born && lives !== false).map(({ change }) => told(change, 'updated')),
  ];
}

/** What names the thing that a change is about. */
export const keyOf = ({ entity, id }: Pick<Change, 'entity' | 'id'>): string => `${entity} ${id}`;

function after(net: Net, change: Change): Net {
  if (change.action === 'updated') return { ...net, change };
  const lives = change.action === 'created';
  return { ...net, change, born: net.born ?? lives, lives };
}

const told = ({ entity, id, changedAt }: Change, action: Change['action']): Change => ({
  entity,
  id,
  action,
  changedAt,
});
