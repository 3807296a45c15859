/** Authorization requests between the authorize, login and consent pages. */

import type { Db } from '../../database/open.ts';
import { isStorable } from '../../database/storable.ts';
import { readParams } from '../rules/params.ts';

export type PendingRequest = {
  readonly requestId: string;
  readonly browserHash: string;
  readonly query: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly redirectUriSent: boolean;
  readonly scope: string;
  readonly state: string | null;
  readonly codeChallenge: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly decision: 'approved' | 'denied' | null;
  readonly resource: string | null;
};

/** `state` is in the query, and nowhere else. */
export async function savePending(db: Db, pending: Omit<PendingRequest, 'state'>): Promise<void> {
  await db
    .insertInto('tegata_authorization_request')
    .values({
      request_id: pending.requestId,
      browser_hash: pending.browserHash,
      query: pending.query,
      client_id: pending.clientId,
      redirect_uri: pending.redirectUri,
      redirect_uri_sent: pending.redirectUriSent ? 1 : 0,
      scope: pending.scope,
      state: null,
      code_challenge: pending.codeChallenge,
      created_at: pending.createdAt,
      expires_at: pending.expiresAt,
      decision: null,
      decided_at: null,
      resource: pending.resource,
    })
    .execute();
}

/** The request of that browser; another browser's request is not found. */
export async function findPending(
  db: Db,
  requestId: string,
  browserHash: string,
): Promise<PendingRequest | undefined> {
  if (!isStorable(requestId)) return undefined;
  const row = await db
    .selectFrom('tegata_authorization_request')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('browser_hash', '=', browserHash)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    requestId: row.request_id,
    browserHash: row.browser_hash,
    query: row.query,
    clientId: row.client_id,
    redirectUri: row.redirect_uri,
    redirectUriSent: row.redirect_uri_sent === 1,
    scope: row.scope,
    state: row.state ?? readParams(row.query).params.get('state') ?? null,
    codeChallenge: row.code_challenge,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    decision: row.decision as PendingRequest['decision'],
    resource: row.resource,
  };
}

/** Answers a request; true for the one caller whose answer counts. */
export async function takePending(
  db: Db,
  requestId: string,
  decision: 'approved' | 'denied',
  now: number,
): Promise<boolean> {
  const result = await db
    .updateTable('tegata_authorization_request')
    .set({ decision, decided_at: now })
    .where('request_id', '=', requestId)
    .where('decision', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
