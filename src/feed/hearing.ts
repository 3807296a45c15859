/** What of a change someone hears who has made a choice; the same for pollers, listeners and webhooks. */
import type { ChangePart } from '../database/change-parts.ts';
import type { FeedAction } from '../database/feed-sources.ts';
import { entryOf, sharesOf } from './aggregate.ts';
import type { Change, FeedChoice, Share } from './store/feed.ts';

/** Undefined = nothing. What the excluded client did to the thing is not in what is heard. */
export function heard<C extends Change>(
  change: C,
  { notBy, parts }: Pick<FeedChoice, 'notBy' | 'parts'>,
): C | undefined {
  const foreign = notBy === undefined ? change : withoutOwn(change, notBy);
  if (!foreign || (parts && !touches(foreign, parts))) return undefined;
  return foreign === change ? change : { ...change, ...foreign };
}

export const allHeard = <C extends Change>(changes: readonly C[], choice: FeedChoice): C[] =>
  changes.map((change) => heard(change, choice)).filter((change) => change !== undefined);

function withoutOwn(change: Change, client: string): Change | undefined {
  const shares = sharesOf(change).filter(({ origin }) => origin !== client);
  const last = shares.toSorted((a, b) => a.changedAt - b.changedAt).at(-1);
  return last && entryOf(change, { action: actionOf(change, shares), changedAt: last.changedAt }, shares);
}

/** What several have done, in one word. */
function actionOf({ action }: Change, shares: readonly Share[]): FeedAction {
  const actions = new Set(shares.map((share) => share.action));
  if (actions.has(action)) return action;
  const ends = [...actions].filter((one) => one !== 'updated');
  return ends.length === 1 && ends[0] ? ends[0] : 'updated';
}

/** That a thing has come or gone concerns all of its parts; what is not known may concern any. */
const touches = ({ action, parts }: Change, wanted: readonly ChangePart[]): boolean =>
  action !== 'updated' || parts === null || parts.some((part) => wanted.includes(part));
