/** What bringing a shop over, and giving it back, is handed. */
import type { Clock } from '../base/clock.ts';
import type { Store } from '../database/open.ts';
import type { DefuseKey } from '../oauth/plugin/defuse.ts';
import type { WebhookDeps } from '../webhook/deps.ts';

export type TakeoverDeps = {
  readonly store: Store;
  /** Opens another connection to the same database. */
  readonly openBeside: () => Store;
  readonly clock: Clock;
  /** The installation's; the plugin's password and clients' secrets are sealed with a key drawn from it. */
  readonly masterKey: Uint8Array;
  readonly webhooks: WebhookDeps;
  /** The shop's. */
  readonly timeZone: string;
  /** Called after anything that ends tokens. */
  readonly forgetTokens: () => void;
};

/** The plugin's keys, as they were found outside of the database. */
export type PluginKeys = {
  readonly password: DefuseKey;
  /** The password is the one that EC-CUBE has when no other is set. */
  readonly isUsualPassword: boolean;
  /** The public half alone: what verifies need not sign. */
  readonly signing:
    | { readonly ok: true; readonly pem: string; readonly bits: number; readonly from: string }
    | { readonly ok: false; readonly lookedAt: readonly string[] };
};

export type TakeoverWish = {
  /** Goes on although clients cannot be brought: their apps stop. */
  readonly allowRefused: boolean;
  /** Goes on without the plugin's signing key: its access tokens end at once. */
  readonly withoutKey: boolean;
};
