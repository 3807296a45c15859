/** Where a payload URL leads, judged when staff enter it; each delivery judges again (outbound/guarded-request.ts). */
import { allowedAddresses, RefusedAddressError } from '../outbound/allowed-addresses.ts';
import { startDeadline } from '../outbound/deadline.ts';
import type { WebhookDeps } from './deps.ts';

/** `unknown_host`: the name has no address at this moment; it may have one tomorrow. */
export type UrlVerdict = 'good' | 'private' | 'unknown_host';

export async function judgeUrl(
  { allow, resolve, limits }: Pick<WebhookDeps, 'allow' | 'resolve' | 'limits'>,
  payloadUrl: string,
): Promise<UrlVerdict> {
  const deadline = startDeadline(limits.connectTimeoutMs, limits.totalTimeoutMs);
  try {
    await deadline.orLate(allowedAddresses(new URL(payloadUrl), allow, resolve));
    return 'good';
  } catch (error) {
    return error instanceof RefusedAddressError ? 'private' : 'unknown_host';
  } finally {
    deadline.end();
  }
}
