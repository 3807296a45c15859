/**
 * What follows from an attempt. Only a 2xx counts as delivered: the plugin also counts a redirect, but no one has taken
 * the body then, and following it would lead to an address that no one has judged.
 */

import type { Sent } from '../outbound/post.ts';
import type { WebhookLimits } from './limits.ts';

const GONE = 410;

export type Outcome =
  | { readonly kind: 'delivered' }
  /** RFC 9110 §15.5.11: no use in asking again. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly error: string }
  | {
      readonly kind: 'again';
      readonly error: string;
      readonly nextAttemptAt: number;
      /** The whole endpoint is to be left alone until then; null = no such wish. */
      readonly quietUntil: number | null;
    };

type Try = { readonly attempts: number; readonly giveUpAt: number };

/** `random` in [0, 1) spreads the retries of what failed together. */
export function judge(
  sent: Sent,
  { attempts, giveUpAt }: Try,
  now: number,
  limits: WebhookLimits,
  random: number,
): Outcome {
  const { statusCode } = sent;
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) return { kind: 'delivered' };
  if (statusCode === GONE) return { kind: 'gone' };
  const error = sent.error ?? `HTTP ${statusCode}`;
  const quietUntil = wishedQuiet(sent.retryAfter, now, limits.retryAfterMaxSeconds);
  const nextAttemptAt = Math.max(now + backOffSeconds(attempts, limits, random), quietUntil ?? 0);
  if (nextAttemptAt >= giveUpAt) return { kind: 'failed', error };
  return { kind: 'again', error, nextAttemptAt, quietUntil };
}

/** Doubles with every attempt; between three quarters and five quarters of it, in whole seconds. */
function backOffSeconds(attempts: number, limits: WebhookLimits, random: number): number {
  const seconds = Math.min(limits.retryBaseSeconds * 2 ** (attempts - 1), limits.retryMaxSeconds);
  return Math.round(seconds * (0.75 + random / 2));
}

/** RFC 9110 §10.2.3: seconds or a date. */
function wishedQuiet(retryAfter: string | null, now: number, maxSeconds: number): number | null {
  if (retryAfter === null) return null;
  const wished = /^\d+$/.test(retryAfter)
    ? now + Number(retryAfter)
    : Math.floor(Date.parse(retryAfter) / 1000);
  if (!Number.isFinite(wished) || wished <= now) return null;
  return Math.min(wished, now + maxSeconds);
}
