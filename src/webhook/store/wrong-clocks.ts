/**
 * Undoes what a clock that ran ahead has left on deliveries: a time before which no one may try them that lies further away
 * than any plan of retries reaches. Seconds by which the clocks of nodes differ are borne.
 */
import { sql } from 'kysely';
import type { Db } from '../../database/open.ts';

export type Ahead = {
  /** How far ahead the next attempt may lie after so many attempts; the last one counts for all beyond. */
  readonly afterAttempts: readonly number[];
  readonly leaseSeconds: number;
  readonly quietSeconds: number;
};

/** Says how many times were pulled back to `now`. */
export async function pullBack(
  db: Db,
  now: number,
  { afterAttempts, leaseSeconds, quietSeconds }: Ahead,
): Promise<number> {
  const webhooks = await db
    .updateTable('tegata_webhook')
    .set({ quiet_until: null })
    .where('quiet_until', '>', now + quietSeconds)
    .executeTakeFirst();
  const leases = await db
    .updateTable('tegata_delivery')
    .set({ lease_until: now - 1 })
    .where('state', '=', 'pending')
    .where('lease_until', '>', now + leaseSeconds)
    .executeTakeFirst();
  // An endpoint's own wish (Retry-After) may be longer than the plan: it stands on the endpoint too.
  const attempts = await db
    .updateTable('tegata_delivery')
    .set({ next_attempt_at: now })
    .where('state', '=', 'pending')
    .where('next_attempt_at', '>', sql<number>`${now} + ${planned(afterAttempts)}`)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('tegata_webhook as w')
            .select('w.webhook_id')
            .whereRef('w.webhook_id', '=', 'tegata_delivery.webhook_id')
            .where('w.quiet_until', '>', now),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(webhooks.numUpdatedRows + leases.numUpdatedRows + attempts.numUpdatedRows);
}

function planned(afterAttempts: readonly number[]) {
  const cases = afterAttempts.map(
    (seconds, attempts) => sql`when ${sql.lit(attempts)} then ${sql.lit(seconds)}`,
  );
  return sql`case attempts ${sql.join(cases, sql` `)} else ${sql.lit(afterAttempts.at(-1) ?? 0)} end`;
}
