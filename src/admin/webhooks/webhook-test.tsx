/** 送信テストの結果: what was sent just now, and what came back. */

import type { Sent } from '../../outbound/post.ts';
import type { Tried } from '../../webhook/endpoints.ts';
import { Card, Fact } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { BackLink, Layout } from '../ui/layout.tsx';
import { wholeMs } from '../ui/time.ts';
import { webhookErrorText } from './webhook-error.ts';
import { HeadCard } from './webhook-head.tsx';

export type WebhookTestProps = {
  readonly webhookId: string;
  readonly payloadUrl: string;
  readonly sent: Tried;
};

export function webhookTestPage(
  context: AdminContext,
  { webhookId, payloadUrl, sent }: WebhookTestProps,
): string {
  const { messages, paths } = context;
  const { webhook: t, webhooks, delivery } = messages;
  return renderPage(
    context,
    <Layout
      page="webhookTest"
      bottomBar={<BackLink href={paths.webhook(webhookId)} label={t.backToWebhook} />}
    >
      <Verdict sent={sent} />
      <Card title={t.test}>
        <dl class="facts">
          <Fact label={webhooks.payloadUrl}>{payloadUrl}</Fact>
        </dl>
      </Card>
      <HeadCard title={delivery.body} text={sent.body} />
      <HeadCard title={delivery.request} text={sent.requestHead} />
      <HeadCard title={delivery.response} text={sent.responseHead} />
    </Layout>,
  );
}

function Verdict({ sent }: { sent: Sent }) {
  const context = usePage();
  const { webhook: t, deliveries } = context.messages;
  const { statusCode, error } = sent;
  const took = deliveries.ms(wholeMs(sent.tookMs));
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) {
    return <Notice level="success">{t.testGood(statusCode, took)}</Notice>;
  }
  const what = error === null ? `HTTP ${statusCode}` : webhookErrorText(error, context.messages);
  return (
    <Notice level="danger" urgent>
      {t.testBad(what, took)}
    </Notice>
  );
}
