/** An endpoint's secret, sealed for rest; it opens for that endpoint only. */
import { deriveKey, randomBase64 } from '../base/bytes.ts';
import { seal, unseal } from '../base/encryption.ts';
import type { Webhook } from './store/webhook-row.ts';

const PURPOSE = 'webhook secret';
const SECRET_BYTES = 32;

/** In the form of Standard Webhooks, which every library of theirs takes as it is. */
export const makeSecret = (): string => `whsec_${randomBase64(SECRET_BYTES)}`;

export const sealSecret = (masterKey: Uint8Array, webhookId: string, secret: string): string =>
  seal(deriveKey(masterKey, PURPOSE), webhookId, secret);

type Sealed = Pick<Webhook, 'webhookId' | 'secretSealed' | 'formerSecretSealed' | 'formerSecretUntil'>;

/** What signs at this moment. @throws UnsealError when the master key is another one than at sealing. */
export function signingSecrets(
  masterKey: Uint8Array,
  { webhookId, secretSealed, formerSecretSealed, formerSecretUntil }: Sealed,
  now: number,
): { readonly secret: string | null; readonly formerSecret: string | null } {
  const former = (formerSecretUntil ?? 0) > now ? formerSecretSealed : null;
  return {
    secret: unsealSecret(masterKey, webhookId, secretSealed),
    formerSecret: unsealSecret(masterKey, webhookId, former),
  };
}

/** @throws UnsealError when the master key is another one than at sealing. */
export const unsealSecret = (
  masterKey: Uint8Array,
  webhookId: string,
  sealed: string | null,
): string | null => (sealed === null ? null : unseal(deriveKey(masterKey, PURPOSE), webhookId, sealed));
