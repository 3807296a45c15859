/**
 * The token of the API explorer, kept with the session so that a reload finds it: sealed with a key that is drawn from the
 * session's token, which is in the browser's cookie alone. It ends with the session, with itself, or by a button.
 */
import { deriveKey, sha256Hex } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { seal, UnsealError, unseal } from '../base/encryption.ts';
import type { Store } from '../database/open.ts';
import { explorerTokenOf, saveExplorerToken as keepSealed } from '../staff/store/sessions.ts';

const PURPOSE = 'tegata explorer token';

export type ExplorerToken = {
  readonly accessToken: string;
  /** Made for this token alone. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
};

type Deps = { readonly store: Store; readonly clock: Clock };

const keyOf = (sessionToken: string) => deriveKey(Buffer.from(sessionToken), PURPOSE);

/** Null forgets it. */
export async function keepExplorerToken(
  { store }: Deps,
  sessionToken: string,
  token: ExplorerToken | null,
): Promise<void> {
  const session = sha256Hex(sessionToken);
  const sealed = token && seal(keyOf(sessionToken), session, JSON.stringify(token));
  await keepSealed(store.db, session, sealed);
}

/** Undefined when there is none that is still good. */
export async function findExplorerToken(
  { store, clock }: Deps,
  sessionToken: string,
): Promise<ExplorerToken | undefined> {
  const session = sha256Hex(sessionToken);
  const sealed = await explorerTokenOf(store.db, session);
  if (sealed === undefined) return undefined;
  try {
    const token = JSON.parse(unseal(keyOf(sessionToken), session, sealed)) as ExplorerToken;
    return token.expiresAt > clock.now() ? token : undefined;
  } catch (error) {
    if (error instanceof UnsealError) return undefined;
    throw error;
  }
}
