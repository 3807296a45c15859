/** How a delivery fares, in one word, with what follows. */

import type { DeliveryState } from '../../webhook/store/deliveries.ts';
import type { Standing } from '../../webhook/store/delivery-log.ts';
import { type PageContext, usePage } from '../ui/context.ts';
import { dateTimeSeconds } from '../ui/time.ts';

export const STANDINGS: readonly Standing[] = ['delivered', 'pending', 'retrying', 'failed', 'cancelled'];

export type Standable = {
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly attemptedAt: number | null;
  /** When it goes next, in seconds; null = not before staff resume the endpoint. */
  readonly next: number | null;
};

const BADGES: Readonly<Record<Standing, string>> = {
  delivered: 'badge-on',
  pending: 'badge-off',
  retrying: 'badge-error',
  failed: 'badge-error',
  cancelled: 'badge-off',
};

export const standingOf = ({ state, attempts, attemptedAt }: Standable): Standing =>
  state === 'pending' && attempts > 0 && attemptedAt !== null ? 'retrying' : state;

export function DeliveryBadge({ delivery }: { delivery: Standable }) {
  const context = usePage();
  const { deliveries: t } = context.messages;
  const standing = standingOf(delivery);
  const long = standing === 'retrying' ? ' badge-long' : '';
  const text = standing === 'retrying' ? retryingText(delivery, context) : t.states[standing];
  return <span class={`badge ${BADGES[standing]}${long}`}>{text}</span>;
}

function retryingText({ attempts, next }: Standable, { messages, timeZone }: PageContext): string {
  const { deliveries: t } = messages;
  return next === null ? t.retryingPaused(attempts) : t.retrying(attempts, dateTimeSeconds(next, timeZone));
}
