/** How a client's way with PKCE is kept (`tegata_client.pkce_required`), and how it is learned from its app. */
import { type RawBuilder, sql } from 'kysely';
import type { Writes } from '../../database/hot/deed.ts';
import type { Db } from '../../database/open.ts';
import { prepared } from '../../database/prepared.ts';
import { type PkcePolicy, type PkceSetting, TRIED_OUT_SECONDS } from '../rules/pkce.ts';

// 0 and 1 are older than the others: a box that was ticked or not.
const NUMBERS = { auto: 0, required: 1, optional: 2, learned: 3 } as const satisfies Record<
  PkcePolicy,
  number
>;

const POLICIES = Object.keys(NUMBERS) as PkcePolicy[];

/** A number that this version does not know demands PKCE. */
export const pkceOf = (stored: number): PkcePolicy =>
  POLICIES.find((policy) => NUMBERS[policy] === stored) ?? 'required';

/** Of a new client. */
export const pkceNumber = (choice: PkceSetting): number => NUMBERS[choice === 'again' ? 'auto' : choice];

/** Of a client that is there: what its app did while somebody had the form open is not lost. */
export const newPkce = (choice: PkceSetting): RawBuilder<number> =>
  choice === 'auto'
    ? sql`case when pkce_required = ${sql.lit(NUMBERS.learned)} then ${sql.lit(NUMBERS.learned)} else ${sql.lit(NUMBERS.auto)} end`
    : sql`${sql.lit(pkceNumber(choice))}`;

const markLearned = prepared((db, p: { clientId: string; registeredBefore: number }) =>
  db
    .updateTable('tegata_client')
    .set({ pkce_required: NUMBERS.learned })
    .where('client_id', '=', p.clientId)
    .where('pkce_required', '=', NUMBERS.auto)
    .where('created_at', '<=', p.registeredBefore),
);

/** Its app has used PKCE, and must from now on; true for the one that finds it out, while the client is on `auto`. */
export function* learnPkce(db: Db, clientId: string, now: number): Writes<boolean> {
  return (yield markLearned.bind(db, { clientId, registeredBefore: now - TRIED_OUT_SECONDS })) > 0;
}
