/** The public keys of a client: pasted, or fetched from its `jwks_uri` and kept for a while. */
import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../base/clock.ts';
import type { GetJson } from '../base/guarded-get.ts';
import type { Client } from '../oauth/client.ts';

const KEPT_SECONDS = 600;
const REFETCH_SECONDS = 30; // an unknown key asks for the set anew at most this often
const MAX_REMEMBERED = 1000; // clients

export type ClientKeys = {
  /** Undefined when the client has no keys, or they cannot be had; `fresh` skips what is remembered. */
  of(client: Client, fresh: boolean): Promise<JSONWebKeySet | undefined>;
};

type Known = { jwks: JSONWebKeySet | undefined; fetchedAt: number };

export function clientKeys(deps: { clock: Clock; getJson: GetJson }): ClientKeys {
  const remembered = new Map<string, Known>();
  return {
    async of({ policies: { jwks, jwksUri } }, fresh) {
      if (jwks !== null) return asKeySet(JSON.parse(jwks));
      if (jwksUri === null) return undefined;
      const now = deps.clock.now();
      const known = remembered.get(jwksUri);
      if (known && now - known.fetchedAt < (fresh ? REFETCH_SECONDS : KEPT_SECONDS)) return known.jwks;
      const found = await deps.getJson(jwksUri).then(asKeySet, () => known?.jwks);
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(jwksUri, { jwks: found, fetchedAt: now });
      return found;
    },
  };
}

function asKeySet(value: unknown): JSONWebKeySet | undefined {
  const keys = (value as { keys?: unknown } | null)?.keys;
  return Array.isArray(keys) ? { keys } : undefined;
}
