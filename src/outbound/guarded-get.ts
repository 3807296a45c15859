/** One HTTPS GET of a small JSON document from a public address: no redirect, no proxy, bounded in time and size. */
import { request } from 'node:https';
import { type AllowList, allowedAddresses, lookupAmong, type Resolve } from './allowed-addresses.ts';

const TIMEOUT_MS = 3_000;
const MAX_BYTES = 64 * 1024;

export type GetJson = (url: string) => Promise<unknown>;

/** @throws Error whose message may be shown to staff, never to the network. */
export const guardedGet =
  (guard: { allow: AllowList; resolve: Resolve }): GetJson =>
  async (text) => {
    const url = new URL(text);
    if (url.protocol !== 'https:') throw new Error('only https is fetched from');
    const addresses = await allowedAddresses(url, guard.allow, guard.resolve);
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const outgoing = request(url, {
      lookup: lookupAmong(addresses),
      signal,
      agent: false,
      headers: { accept: 'application/json' },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      if (incoming.statusCode !== 200) {
        incoming.destroy();
        reject(new Error(`the server answered ${incoming.statusCode}`));
        return;
      }
      readSmall(incoming).then(resolve, reject);
    });
    outgoing.end();
    return JSON.parse(await promise);
  };

async function readSmall(incoming: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`the document is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
