/** An endpoint's secret, sealed for rest; it opens for that endpoint only. */
import { deriveKey } from '../base/bytes.ts';
import { seal, unseal } from '../base/encryption.ts';

const PURPOSE = 'webhook secret';

export const sealSecret = (masterKey: Uint8Array, webhookId: string, secret: string): string =>
  seal(deriveKey(masterKey, PURPOSE), webhookId, secret);

/** @throws UnsealError when the master key is another one than at sealing. */
export const unsealSecret = (
  masterKey: Uint8Array,
  webhookId: string,
  sealed: string | null,
): string | null => (sealed === null ? null : unseal(deriveKey(masterKey, PURPOSE), webhookId, sealed));
