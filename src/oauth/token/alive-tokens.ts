/**
 * The tokens that were found alive a moment ago, so that not every request reads the rows behind its token again. Kept by
 * the hash of the whole token: another text with the same `jti` is another token.
 */
import { LRUCache } from 'lru-cache';

const MOST_TOKENS = 10_000;

export type AliveToken = {
  readonly grantId: string;
  readonly checkedAtMs: number;
  readonly memberId: number | null;
  /** Cost points a minute of the client; null: as many as usual. */
  readonly costPerMinute: number | null;
  /** Of a client that the program made for a page of its own. */
  readonly isSystem: boolean;
};

export type AliveTokens = {
  of(hash: string): AliveToken | undefined;
  /** How often something was forgotten: what is read before the number changes must not be kept afterwards. */
  forgettings(): number;
  /** Keeps what was read while `forgettings()` was `since`; does nothing when something was forgotten meanwhile. */
  keep(hash: string, token: AliveToken, since: number): void;
  /** Call it on this node after a revocation, once it is committed; without a grant for everything. */
  forget(grantId?: string): void;
};

export function aliveTokens(): AliveTokens {
  const byHash = new LRUCache<string, AliveToken>({ max: MOST_TOKENS });
  let forgettings = 0;
  return {
    of: (hash) => byHash.get(hash),
    forgettings: () => forgettings,
    keep: (hash, token, since) => {
      if (since === forgettings) byHash.set(hash, token);
    },
    forget: (grantId) => {
      forgettings += 1;
      if (grantId === undefined) byHash.clear();
      else for (const [hash, token] of byHash) if (token.grantId === grantId) byHash.delete(hash);
    },
  };
}
