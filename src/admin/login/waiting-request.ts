/** The authorization request that waits for a login: which client asks, and the way back to it. */
import { resumeAuthorization, waitingRequestOf } from '../../oauth/authorize.ts';
import { goingOnPage } from '../authorize/authorize-stops.tsx';
import type { Exchange } from '../exchange.ts';
import { redirectTo, sendPage } from '../replies.ts';

export type WaitingRequest = {
  readonly id: string;
  readonly clientName: string;
};

/** Undefined when no request of this browser waits under this id. */
export async function waitingRequest(
  { kit, visit }: Exchange,
  id: string,
): Promise<WaitingRequest | undefined> {
  const waiting = await waitingRequestOf(kit.deps.token, id, visit.browser);
  return waiting && { id, clientName: waiting.clientName };
}

/** Back to exactly the request that waits, else to the page that was asked for. The way is our own, never a parameter (RFC 9700 §4.11). */
export async function placeAfterLogin({ kit, visit }: Exchange, id: string): Promise<string> {
  const query = await resumeAuthorization(kit.deps.token, id, visit.browser);
  return query === undefined ? (visit.back ?? kit.paths.home) : `${kit.paths.authorize}?${query}`;
}

/**
 * Answers a form of the login. Where a refusal sends the browser to the client at once, a page of ours comes in between:
 * Chromium holds the redirects that follow a form against that form's policy, and a password's form allows only this host.
 */
export async function goOn(exchange: Exchange, id: string): Promise<unknown> {
  const { kit, visit, reply } = exchange;
  const waiting = await waitingRequestOf(kit.deps.token, id, visit.browser);
  if (!waiting?.isRefused) return redirectTo(exchange, await placeAfterLogin(exchange, id));
  const on = withRequest(kit.paths.login, id);
  reply.header('refresh', `0; url=${on}`);
  return sendPage(exchange, goingOnPage(await visit.page(), { on, clientName: waiting.clientName }));
}

/** A page of the login, with the request that waits behind it. */
export const withRequest = (path: string, id: string): string =>
  id === '' ? path : `${path}?${new URLSearchParams({ request: id })}`;
