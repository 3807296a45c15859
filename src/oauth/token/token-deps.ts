import type { Clock } from '../../base/clock.ts';
import type { Store } from '../../database/open.ts';
import type { Refusals } from '../../staff/refusals.ts';
import type { SigningKey } from '../keys/keyring.ts';
import type { PluginBridge } from '../plugin/bridge.ts';
import type { AliveTokens } from './alive-tokens.ts';
import type { ClientKeys } from './client-keys.ts';

/** What issuing and checking tokens needs. Durations in seconds. */
export type TokenDeps = {
  /** All that a client may be given: the core's and those of extensions. */
  readonly scopes: readonly string[];
  readonly store: Store;
  readonly clock: Clock;
  /** The keys as they are now; a rotation shows at the next call. */
  readonly keys: () => readonly SigningKey[];
  readonly issuer: string;
  /** What EC-CUBE's plugin issued, as far as it counts here. */
  readonly plugin: PluginBridge;
  /** Derives what must be repeatable but never stored: successors of refresh tokens, codes of a consent. */
  readonly derivationKey: Uint8Array;
  readonly clientKeys: ClientKeys;
  readonly refusals: Refusals;
  readonly alive: AliveTokens;
  /** How long a request waits for the database, in milliseconds; far less than a refresh token's retry is answered for. */
  readonly patienceMs: number;
  readonly lifetimes: {
    readonly codeSeconds: number;
    readonly accessSeconds: number;
    /** Life of an unused refresh token. */
    readonly refreshSeconds: number;
    /** Life of a grant, however often it is refreshed. */
    readonly refreshAbsoluteSeconds: number;
  };
};
