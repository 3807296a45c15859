/** What a client may read now, long after the token with which it asked for something lasting. */
import type { Db } from '../database/open.ts';
import { isWithin } from './rules/scope.ts';
import { findClient } from './store/clients.ts';
import { grantEnd, readLiveness } from './store/grants.ts';

export type StandingAccess = {
  readonly clientId: string;
  readonly grantId: string;
  /** Null = the client acts as itself: its registration decides, whatever became of the grant. */
  readonly memberId: number | null;
  readonly scopes: readonly string[];
};

/** The scopes that are left; undefined = the client, its grant or the member who approved is no longer there. */
export async function standingScopes(
  db: Db,
  { clientId, grantId, memberId, scopes }: StandingAccess,
  now: number,
): Promise<ReadonlySet<string> | undefined> {
  const client = await findClient(db, clientId);
  if (!client || client.disabledAt !== null) return undefined;
  const granted = memberId === null ? client.scopes : await grantedScopes(db, grantId, memberId, now);
  if (!granted) return undefined;
  return new Set(scopes.filter((scope) => isWithin(scope, granted) && isWithin(scope, client.scopes)));
}

async function grantedScopes(db: Db, grantId: string, memberId: number, now: number) {
  const [life, end] = [await readLiveness(db, grantId, ''), await grantEnd(db, grantId)];
  if (!life || life.grantRevokedAt !== null || life.liveLoginId === null) return undefined;
  if (life.memberId !== memberId || (end !== null && end <= now)) return undefined;
  return life.grantScope.split(' ');
}
