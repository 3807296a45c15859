/** One HTTPS GET of a small JSON document from a public address: no redirect, no proxy, bounded in time and size. */
import { type Guard, guardedRequest } from './guarded-request.ts';

const LIMITS = { connectTimeoutMs: 3_000, totalTimeoutMs: 3_000, maxResponseBytes: 64 * 1024 };

export type GetJson = (url: string) => Promise<unknown>;

/** @throws Error whose message may be shown to staff, never to the network. */
export const guardedGet =
  (guard: Guard): GetJson =>
  async (text) => {
    const url = new URL(text);
    if (url.protocol !== 'https:') throw new Error('only https is fetched from');
    const asked = { method: 'GET', url, headers: { accept: 'application/json' }, body: null } as const;
    const { statusCode, body, cut } = await guardedRequest(asked, guard, LIMITS);
    if (statusCode !== 200) throw new Error(`the server answered ${statusCode}`);
    if (cut !== null) throw new Error(`the document did not arrive whole: ${cut}`);
    return JSON.parse(body.toString('utf8'));
  };
