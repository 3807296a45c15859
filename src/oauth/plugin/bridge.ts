/**
 * What this installation knows of EC-CUBE's plugin while its tokens count here: the key that opens its codes and refresh
 * tokens, the key that verifies its access tokens. Asked each time, so that all nodes agree from one moment on.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { deriveKey } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { seal, UnsealError, unseal } from '../../base/encryption.ts';
import type { Store } from '../../database/open.ts';
import { type PluginName, pluginTimeText, type TakeoverState } from '../rules/takeover.ts';
import { readTakeover, type TakeoverRecord } from '../store/takeover-state.ts';
import { type Defuse, defuse } from './defuse.ts';

const PLACE = 'takeover password';

const keyOf = (masterKey: Uint8Array): Uint8Array => deriveKey(masterKey, 'tegata takeover');

export const sealPassword = (masterKey: Uint8Array, password: string): string =>
  seal(keyOf(masterKey), PLACE, password);

const placeOfSecret = (clientId: string): string => `takeover secret of ${clientId}`;

export const sealClientSecret = (masterKey: Uint8Array, clientId: string, secret: string): string =>
  seal(keyOf(masterKey), placeOfSecret(clientId), secret);

/** @throws UnsealError */
export const unsealClientSecret = (masterKey: Uint8Array, clientId: string, sealed: string): string =>
  unseal(keyOf(masterKey), placeOfSecret(clientId), sealed);

export type PluginCrossing = {
  readonly state: Exclude<TakeoverState, 'ended'>;
  readonly plugin: PluginName;
  readonly texts: Defuse;
  /** A time as the plugin writes it into its tables. */
  timeText(at: number): string;
  /** Undefined: the key was not brought, so access tokens of the plugin do not count. */
  readonly publicKey: KeyObject | undefined;
};

export type PluginBridge = {
  /** Undefined: nothing of the plugin counts here. */
  now(): Promise<PluginCrossing | undefined>;
};

type Deps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly masterKey: Uint8Array;
  /** The shop's. */
  readonly timeZone: string;
};

export function pluginBridge({ store, clock, masterKey, timeZone }: Deps): PluginBridge {
  let known:
    | { readonly name: string; readonly parts: Pick<PluginCrossing, 'texts' | 'publicKey'> }
    | undefined;
  const partsOf = ({ keyType, passwordSealed, publicKey }: TakeoverRecord & { passwordSealed: string }) => {
    const name = `${keyType} ${passwordSealed} ${publicKey}`;
    if (known?.name !== name) {
      const text = unseal(keyOf(masterKey), PLACE, passwordSealed);
      const parts = {
        texts: defuse({ type: keyType, text }),
        publicKey: publicKey === null ? undefined : createPublicKey(publicKey),
      };
      known = { name, parts };
    }
    return known.parts;
  };
  return {
    now: async () => {
      const found = await readTakeover(store.db);
      if (!found || found.state === 'ended' || found.passwordSealed === null) return undefined;
      if (found.honouredUntil !== null && found.honouredUntil <= clock.now()) return undefined;
      const { state, plugin, passwordSealed } = found;
      try {
        const timeText = (at: number) => pluginTimeText(plugin, at, timeZone);
        return { state, plugin, timeText, ...partsOf({ ...found, passwordSealed }) };
      } catch (error) {
        // Another node's key folder: what this one cannot read, it does not honour (doctor tells of the folder).
        if (error instanceof UnsealError) return undefined;
        throw error;
      }
    },
  };
}
