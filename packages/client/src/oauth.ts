/** `tegata-client/oauth`: access tokens for programs that act as themselves, and for people who approve. */
import type { TokenSource } from './send.ts';

export {
  type Authorization,
  type AuthorizationWish,
  beginAuthorization,
  finishAuthorization,
} from './pkce.ts';
export { TegataOAuthError, type Tokens } from './token-request.ts';

import { type ClientIdentity, requestTokens, TegataOAuthError, type Tokens } from './token-request.ts';

const EARLY_MS = 60_000; // before its end a token is renewed

/** A program that acts as itself; the token is kept in memory. */
export function clientCredentials(
  identity: ClientIdentity & { readonly clientSecret: string; readonly scope?: string },
): TokenSource {
  let kept: Tokens | undefined;
  const { scope } = identity;
  const params = { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) };
  const fresh = once(async () => {
    kept = await requestTokens(identity, params);
    return kept.accessToken;
  });
  return {
    token: async () => (kept && isFresh(kept) ? kept.accessToken : fresh()),
    refused: (token) => {
      if (kept?.accessToken === token) kept = undefined;
    },
  };
}

/** Where the tokens of an approval are kept: a row, a file, the session of a page. */
export interface TokenStore {
  load(): Promise<Tokens | undefined>;
  /** Resolves when they will outlive the process: only then the new tokens are used. */
  save(tokens: Tokens): Promise<void>;
  /** Lets one process at a time do this, where several share the store. */
  exclusive?<Result>(work: () => Promise<Result>): Promise<Result>;
}

/**
 * Tokens that somebody has approved (`finishAuthorization`), refreshed when they are due, once for all callers. Each refresh
 * brings a new refresh token, which is saved before it is used.
 * The source throws TegataOAuthError `invalid_grant` when the approval has ended: ask for a new one.
 */
export function refreshedTokens(identity: ClientIdentity & { readonly store: TokenStore }): TokenSource {
  const { store } = identity;
  let refused: string | undefined;
  const usable = (tokens: Tokens | undefined) =>
    tokens && isFresh(tokens) && tokens.accessToken !== refused ? tokens : undefined;
  const loaded = async (): Promise<Tokens> => {
    const tokens = await store.load();
    if (tokens) return tokens;
    throw new TegataOAuthError('invalid_grant', 'There are no tokens yet; ask for approval.', 0);
  };
  const exclusive = store.exclusive?.bind(store) ?? (<Result>(work: () => Promise<Result>) => work());
  const refresh = once(() =>
    exclusive(async () => {
      const tokens = await loaded(); // another process may have been faster
      if (usable(tokens)) return tokens.accessToken;
      if (tokens.refreshToken === undefined) {
        throw new TegataOAuthError('invalid_grant', 'There is no refresh token; ask for approval.', 0);
      }
      const params = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken };
      const next = await requestTokens(identity, params);
      await store.save({ ...next, refreshToken: next.refreshToken ?? tokens.refreshToken });
      return next.accessToken;
    }),
  );
  return {
    token: async () => usable(await loaded())?.accessToken ?? refresh(),
    refused: (token) => {
      refused = token;
    },
  };
}

const isFresh = ({ expiresAt }: Tokens): boolean => expiresAt - EARLY_MS > Date.now();

/** Who calls while it runs gets the result of that run. */
function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}
