/**
 * One of two processes on one installation: opens its own services, and does what it is told at the moment it is told.
 * argv: the environment as JSON. Messages in: `Race`; out: 'ready', then an `Outcome` for each race.
 */
import { parseConfig } from '../../../src/app/config/config.ts';
import { openServices } from '../../../src/app/services.ts';
import { decideAuthorization } from '../../../src/oauth/authorize.ts';
import { OAuthError } from '../../../src/oauth/rules/errors.ts';
import { authenticateClient } from '../../../src/oauth/token/authenticate-client.ts';
import { issueToken } from '../../../src/oauth/token/token.ts';
import { takeSecondStep } from '../../../src/staff/second-step.ts';

export type Deed =
  | { readonly kind: 'token'; readonly form: Readonly<Record<string, string>> }
  | {
      readonly kind: 'consent';
      readonly requestId: string;
      readonly browser: string;
      readonly sessionHash: string;
      readonly decision: 'approve' | 'deny';
    }
  | {
      readonly kind: 'second-step';
      readonly sessionToken: string;
      readonly code: string;
      readonly ip: string;
    };

/** `startAt`: milliseconds since the epoch at which both processes begin; `now`: seconds on the installation's clock. */
export type Race = { readonly startAt: number; readonly now: number; readonly deed: Deed };

export type Outcome = { readonly won: boolean; readonly told: string };

const ORIGIN = { clientIp: '127.0.0.1', requestId: 'race' };
/** How long before the start it stops sleeping: waking up is not exact, spinning is, and takes a processor. */
const SPIN_MS = 1;
const ADMIN = { id: 1, loginId: 'admin', authorityId: 0 };

let now = 0;
const clock = { now: () => now, nowMs: () => now * 1000, monotonicMs: () => now * 1000 };
const config = parseConfig(JSON.parse(process.argv[2] ?? '{}') as Record<string, string>);
const { token, identity } = await openServices(config, clock);

async function act(deed: Deed): Promise<Outcome> {
  if (deed.kind === 'token') {
    const params = new Map(Object.entries(deed.form));
    const request = {
      params,
      resources: [],
      authorization: undefined,
      origin: ORIGIN,
      patience: { beforeCommit: () => {} },
    };
    const answer = await issueToken(token, await authenticateClient(token, request), request);
    return { won: true, told: answer.refresh_token ?? answer.access_token };
  }
  if (deed.kind === 'consent') {
    const { requestId, browser, sessionHash, decision } = deed;
    const decided = await decideAuthorization(token, {
      requestId,
      browser,
      decision,
      member: ADMIN,
      sessionHash,
      origin: ORIGIN,
    });
    return {
      won: decided.kind === 'redirect',
      told: decided.kind === 'redirect' ? decided.url : decided.kind,
    };
  }
  const { sessionToken, code, ip } = deed;
  const origin = { clientIp: ip, userAgent: 'race', requestId: 'race' };
  const result = await takeSecondStep(identity, { sessionToken, code, ...origin });
  return { won: result.kind === 'ok', told: result.kind };
}

const sleepUntil = (at: number): unknown =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(0, at - Date.now()));

process.on('message', async (race: Race) => {
  now = race.now;
  sleepUntil(race.startAt - SPIN_MS);
  while (Date.now() < race.startAt);
  const outcome = await act(race.deed).catch((error: unknown) => ({
    won: false,
    told: error instanceof OAuthError ? error.code : `broken: ${String(error)}`,
  }));
  process.send?.(outcome);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
