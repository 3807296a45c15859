/** The public keys of a client: pasted, or fetched from its `jwks_uri` and kept for a while. */
import type { JSONWebKeySet } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../base/clock.ts';
import type { GetJson } from '../../outbound/guarded-get.ts';
import type { Client } from '../rules/client.ts';
import { usableKeys } from '../rules/client-jwks.ts';

const KEPT_SECONDS = 600;
// An unknown key asks for the set again, and a set that could not be had is asked for again, at most this often.
const REFETCH_SECONDS = 30;
const MAX_REMEMBERED = 1000; // clients

export type ClientKeys = {
  /** Undefined when the client has no keys, or they cannot be had; `fresh` skips what is remembered. */
  of(client: Client, fresh: boolean): Promise<JSONWebKeySet | undefined>;
};

/** `good`: the last fetch brought a set. While it runs, all callers wait for the one fetch. */
type Known = { keys: Promise<JSONWebKeySet | undefined>; fetchedAtMs: number; good: boolean };

export function clientKeys(deps: { clock: Clock; getJson: GetJson }): ClientKeys {
  const remembered = new LRUCache<string, Known>({ max: MAX_REMEMBERED });
  const fetchSet = (uri: string): Known => {
    const before = remembered.get(uri);
    const fetched = deps.getJson(uri).then(usableKeys, () => undefined);
    const keys = fetched.then((found) => found ?? before?.keys);
    const known: Known = { keys, fetchedAtMs: deps.clock.monotonicMs(), good: true };
    void fetched.then((found) => {
      known.good = found !== undefined;
    });
    remembered.set(uri, known);
    return known;
  };
  return {
    async of({ policies: { jwks, jwksUri } }, fresh) {
      if (jwks !== null) return usableKeys(JSON.parse(jwks));
      if (jwksUri === null) return undefined;
      const known = remembered.get(jwksUri);
      const kept = fresh || !known?.good ? REFETCH_SECONDS : KEPT_SECONDS;
      if (known && deps.clock.monotonicMs() - known.fetchedAtMs < kept * 1000) return known.keys;
      return fetchSet(jwksUri).keys;
    },
  };
}
