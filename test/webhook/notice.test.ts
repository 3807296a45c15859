/** An endpoint that fails for long, or is gone: paused, in the audit log, and the shop's staff told by a real mail. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webhookNotice } from '../../src/app/webhook-notice.ts';
import { listEvents } from '../../src/audit/events.ts';
import { installFeed } from '../../src/feed/store/triggers.ts';
import { createMailer, type Mailer } from '../../src/outbound/mailer.ts';
import { registerEndpoint } from '../../src/webhook/endpoints.ts';
import type { WebhookOwner } from '../../src/webhook/store/webhook-row.ts';
import { findWebhook } from '../../src/webhook/store/webhooks.ts';
import { webhookTroubles } from '../../src/webhook/trouble.ts';
import { startWebhookWorker, type WebhookWorker } from '../../src/webhook/worker.ts';
import { eachDatabase } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp-receiver.ts';
import { type Receiver, startReceiver, status } from './support/receiver.ts';

const TWO_DAYS = 2 * 86_400;

eachDatabase((db) => {
  const server = useOAuthServer(db, { TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8' });
  let post: SmtpReceiver;
  let mailer: Mailer;
  let receiver: Receiver;
  let worker: WebhookWorker;
  const store = () => server.it.services.store;

  beforeAll(async () => {
    post = await startSmtpReceiver();
    mailer = createMailer(`smtp://127.0.0.1:${post.port}`);
    receiver = await startReceiver();
    const { services } = server.it;
    const notify = webhookNotice({ ...services, mailer });
    worker = startWebhookWorker({ ...services.webhooks, notify }, { loop: false });
    await installFeed(store());
  });
  afterAll(async () => {
    await worker?.stop();
    mailer?.close();
    await post?.close();
    await receiver?.close();
  });

  async function endpoint(owner: WebhookOwner | null = null): Promise<string> {
    const input = { payloadUrl: receiver.url, enabled: true, description: '', topics: [], orderStatuses: [] };
    const made = await registerEndpoint(server.it.services.webhooks, { ...input, owner });
    if (!made.ok) throw new Error(JSON.stringify(made.faults));
    return made.webhookId;
  }

  /** A change, and the worker's rounds until its delivery has been tried. */
  async function changeAndTry(): Promise<void> {
    await sql`update dtb_product set name = ${`${Math.random()}`} where id = 1`.execute(store().db);
    await worker.tick();
    server.it.clock.advance(2);
    await worker.tick();
  }

  test('failing for long', async () => {
    const webhookId = await endpoint();
    receiver.answer = status(503);
    await changeAndTry();
    expect(await webhookTroubles(store().db)).toMatchObject([{ webhookId, kind: 'failing' }]);
    expect(post.mails).toEqual([]);
    server.it.clock.advance(TWO_DAYS);
    await worker.tick();
    expect(await webhookTroubles(store().db)).toMatchObject([{ webhookId, kind: 'paused' }]);
    expect(post.mails).toHaveLength(1);
    const [mail] = post.mails;
    expect(mail?.to).toEqual(['bounce@example.com']);
    expect(mail?.from).toBe('shop@example.com');
    const text = mail?.parts.get('text/plain') ?? '';
    expect(text).toContain(`Payload URL: ${receiver.url}`);
    expect(text).toContain('HTTP 503');
    expect(text).toContain(`${server.it.issuer}/admin/api/webhook/${webhookId}`);
    const [event] = await listEvents(store().db, { limit: 1 });
    expect(event).toMatchObject({ kind: 'webhook_paused', loginId: null, detail: { webhookId } });
    await worker.tick();
    expect(post.mails).toHaveLength(1);
  });

  test('gone', async () => {
    const webhookId = await endpoint();
    receiver.answer = status(410);
    await changeAndTry();
    expect(await findWebhook(store().db, webhookId)).toMatchObject({ enabled: false, pausedReason: 'gone' });
    expect(post.mails).toHaveLength(2);
    expect(post.mails[1]?.parts.get('text/plain')).toContain('410 Gone');
  });

  test('its client has lost its access', async () => {
    const owner = { clientId: 'gone', grantId: 'gone', memberId: 1, scopes: ['read', 'webhooks'] };
    const webhookId = await endpoint(owner);
    await changeAndTry();
    expect(await findWebhook(store().db, webhookId)).toMatchObject({ pausedReason: 'access' });
    expect(post.mails).toHaveLength(3);
    expect(post.mails[2]?.parts.get('text/plain')).toContain('権限を戻して');
    const [event] = await listEvents(store().db, { limit: 1 });
    expect(event).toMatchObject({ kind: 'webhook_paused', detail: { webhookId, reason: 'access' } });
  });
});
