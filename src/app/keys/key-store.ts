/** Where the signing keys lie: files of the data folder, or the shop's database under a master key that is not in it. */
import type { SigningKey } from '../../oauth/keys/keyring.ts';
import type { KeyKeeper } from '../../oauth/keys/rotation.ts';

export type KeyStore = Omit<KeyKeeper, 'keys'> & {
  /** In words, for messages. */
  readonly place: string;
  /** The keys as they are now, or were half a second ago; the same list as long as nothing has changed. */
  keys(): readonly SigningKey[];
  close(): Promise<void>;
};

/** The keys cannot be used as they are configured; one line that says what to do. */
export class KeyStoreError extends Error {}
