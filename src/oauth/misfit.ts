/** A redirect URI that is none of the registered ones: what staff are told of it. */

import type { EventDetail } from '../audit/events.ts';
import type { PageReason } from './rules/authorize-request.ts';
import type { Client } from './rules/client.ts';
import type { ReadParams } from './rules/params.ts';
import { nearestDifference } from './rules/redirect-uri.ts';

/** What a システム管理者 may see of a redirect URI that does not fit; for anyone else it is no one's business. */
export type Misfit = {
  readonly clientId: string;
  readonly clientName: string;
  /** Undefined when none was sent, or several were. */
  readonly sent: string | undefined;
  readonly registered: readonly string[];
};

export function misfitFor(
  isForStaff: boolean,
  reason: PageReason,
  { params, repeated }: ReadParams,
  client: Client | undefined,
): Misfit | undefined {
  if (!isForStaff || !client) return undefined;
  if (reason !== 'redirect-mismatch' && reason !== 'redirect-missing') return undefined;
  const sent = repeated.includes('redirect_uri') ? undefined : params.get('redirect_uri');
  const { clientId, name: clientName, redirectUris: registered } = client;
  return { clientId, clientName, sent, registered };
}

/** Which component of the redirect URI differs; for the staff's eyes only. */
export function mismatch(requested: string | undefined, client: Client | undefined): EventDetail {
  if (requested === undefined || !client || client.redirectUris.includes(requested)) return {};
  const nearest = nearestDifference(requested, client.redirectUris);
  return nearest
    ? { requested: requested.slice(0, 200), registered: nearest.nearest, differs: nearest.differs }
    : {};
}
