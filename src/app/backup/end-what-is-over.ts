/** What of a backup goes on after a restore, and what ends: decided here, once, for all forms (docs/decisions/0033). */
import {
  dropWhatIsOfShop,
  endAccessTokens,
  endGrants,
  endGrantsOfOthers,
  endGrantsRevokedIn,
  endPassing,
  endPending,
  restartFeed,
} from '../../database/dump/end-live.ts';
import type { Db } from '../../database/open.ts';
import type { Config } from '../config/config.ts';
import { isOfAnotherShop, isWholeShop, type RestorePlan } from './plan.ts';
import type { Present } from './present.ts';

import type { Staged } from './stage.ts';

/** `nothing`: whatever can be revoked ends; `tokens`: apps stay connected; `all`: nothing has happened since the file was made. */
export type Kept = 'nothing' | 'tokens' | 'all';

export type Ended = {
  /** Apps that have to be approved again. */
  readonly grants: number;
};

type Ending = {
  readonly wish: { readonly keeps: Kept };
  readonly staged: Staged;
  readonly present: Present;
  readonly plan: RestorePlan;
};

export async function endWhatIsOver(ending: Ending, config: Config, now: number): Promise<Ended> {
  const { wish, staged, present, plan } = ending;
  const { db } = staged.store;
  await endPassing(db);
  if (wish.keeps !== 'all') {
    await endPending(db, now);
    await endAccessTokens(db, now);
  }
  if (isOfAnotherShop(plan, config)) await dropWhatIsOfShop(db);
  await restartFeed(db, present.feedHead);
  return { grants: wish.keeps === 'nothing' ? await endGrants(db, now) : await endLost(ending, db, now) };
}

/** Of the grants that are to go on: those that the database here has seen end, and those of members who are others here. */
async function endLost({ present, plan }: Ending, db: Db, now: number): Promise<number> {
  const { store } = present;
  const revoked = store && plan.sameInstallation ? await endGrantsRevokedIn(db, store.db, now) : 0;
  const others = store && !isWholeShop(plan.manifest) ? await endGrantsOfOthers(db, store.db, now) : 0;
  return revoked + others;
}
