/**
 * The plugin's rule of aggregation (eccube/webhooks.md §2): all `created`, then all `deleted`, then `updated` of what
 * is in neither; no duplicates; inside a group the order of events. Used per pass of the sequencer and per body, so
 * that a body of joined transactions reads like one of them.
 */
import type { Change } from '../store/feed.ts';

type Net = { first: number; change: Change; created: boolean; deleted: boolean };

export function fold<C extends Change>(changes: readonly C[]): Change[] {
  const nets = new Map<string, Net>();
  changes.forEach((change, at) => {
    const key = keyOf(change);
    const net = nets.get(key) ?? { first: at, change, created: false, deleted: false };
    nets.set(key, { ...after(net, change), change });
  });
  const all = [...nets.values()].sort((a, b) => a.first - b.first);
  return [
    ...all.filter(({ created }) => created).map(({ change }) => told(change, 'created')),
    ...all.filter(({ deleted }) => deleted).map(({ change }) => told(change, 'deleted')),
    ...all.filter((net) => !net.created && !net.deleted).map(({ change }) => told(change, 'updated')),
  ];
}

/** What names the thing that a change is about. */
export const keyOf = ({ entity, id }: Pick<Change, 'entity' | 'id'>): string => `${entity} ${id}`;

function after(net: Net, { action }: Change): Net {
  // Deleted and put back under its id: to tell `deleted` would be wrong now. `created` stays if it was new anyway.
  if (action === 'created') return { ...net, created: net.created || !net.deleted, deleted: false };
  if (action === 'deleted') return { ...net, deleted: true };
  return net;
}

const told = ({ entity, id, changedAt }: Change, action: Change['action']): Change => ({
  entity,
  id,
  action,
  changedAt,
});
