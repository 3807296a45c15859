/** Tells the shop's staff by mail that the worker has paused an endpoint. */

import { webhookMail } from '../outbound/webhook-mail.ts';
import { readShopMail } from '../shop/store/info.ts';
import type { PauseNotice } from '../webhook/deps.ts';
import type { Services } from './services.ts';

type NoticeDeps = Pick<Services, 'store' | 'config' | 'mailer' | 'log'>;

export const webhookNotice =
  (services: NoticeDeps) =>
  (notice: PauseNotice): Promise<void> =>
    mail(services, notice);

async function mail(services: NoticeDeps, notice: PauseNotice): Promise<void> {
  const { store, config, mailer, log } = services;
  const { webhookId, payloadUrl, reason, error, failingSince } = notice;
  if (reason === 'staff') return; // they know
  const shop = await readShopMail(store.db);
  if (!shop) {
    log.warn({ webhookId }, 'the shop has no mail address, so nobody was told of a paused webhook');
    return;
  }
  const message = webhookMail({
    shopName: shop.shopName,
    from: shop.from,
    to: shop.notices,
    payloadUrl,
    reason,
    error,
    failingSince: failingSince === null ? null : timeText(failingSince, config.timeZone),
    pageUrl: `${config.publicUrl}/${config.adminRoute}/api/webhook/${webhookId}`,
  });
  await mailer.send(message);
}

const timeText = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('ja-JP', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(at * 1000);
