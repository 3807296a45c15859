/** The authorization request that waits while somebody logs in: who asks, and the way back to it. */
import { resumeAuthorization, waitingRequestOf } from '../flow/authorize.ts';
import type { AdminKit, Visit } from './visit.ts';

export type WaitingRequest = {
  readonly id: string;
  readonly clientName: string;
  /** Where the browser may be sent right after the login; the form's policy has to allow it. */
  readonly formTarget: string | undefined;
};

/** Undefined when no request of this browser waits under this id. */
export async function waitingRequest(
  kit: AdminKit,
  visit: Visit,
  id: string,
): Promise<WaitingRequest | undefined> {
  const waiting = await waitingRequestOf(kit.deps.token, id, visit.browser);
  return waiting && { id, clientName: waiting.clientName, formTarget: waiting.redirectUri };
}

/** Back to exactly the request that waits, else to the page that was asked for. The way is our own, never a parameter (RFC 9700 §4.11). */
export async function placeAfterLogin(kit: AdminKit, visit: Visit, id: string): Promise<string> {
  const query = await resumeAuthorization(kit.deps.token, id, visit.browser);
  return query === undefined ? (visit.back ?? kit.paths.home) : `${kit.paths.authorize}?${query}`;
}

/** A page of the login, with the request that waits behind it. */
export const withRequest = (path: string, id: string): string =>
  id === '' ? path : `${path}?${new URLSearchParams({ request: id })}`;
