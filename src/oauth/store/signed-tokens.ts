/** How many live access tokens hang on one signing key: those issued while it signed. */
import { sql } from 'kysely';
import { type Count, countSome } from '../../database/keyset.ts';
import type { Db } from '../../database/open.ts';
import type { KeyRecord } from '../keys/keyring.ts';

/** Returns 0 for a key that has not signed yet. */
export async function countTokensSigned(db: Db, key: KeyRecord, now: number): Promise<Count> {
  if (key.state === 'next') return { n: 0, more: false };
  const until = key.oldSince ?? now;
  return countSome(
    db,
    sql`from tegata_access_token where issued_at >= ${key.signsSince} and issued_at <= ${until}
      and expires_at > ${now} and revoked_at is null`,
  );
}
