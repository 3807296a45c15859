/** 送信の詳細: one delivery with what was sent and what came back. */

import { Card, Fact } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { CsrfField } from '../ui/form.tsx';
import { BackLink, Layout } from '../ui/layout.tsx';
import { dateTimeSeconds, wholeMs } from '../ui/time.ts';
import { type AttemptRow, AttemptsCard } from './delivery-attempts.tsx';
import { DeliveryBadge, standingOf } from './delivery-standing.tsx';
import { answerText, type DeliveryRow } from './webhook-deliveries.tsx';
import { webhookErrorText } from './webhook-error.ts';
import { HeadCard } from './webhook-head.tsx';

export type DeliveryPageProps = {
  readonly webhookId: string;
  readonly payloadUrl: string;
  readonly mayResend: boolean;
  readonly delivery: DeliveryRow & {
    readonly giveUpAt: number;
    readonly body: string;
    readonly requestHead: string | null;
    readonly responseHead: string | null;
  };
  /** Newest first. */
  readonly attempts: readonly AttemptRow[];
};

type Props = DeliveryPageProps;

/** 再送する posts `_token` to `paths.webhookDeliveryResend(webhookId, deliveryId)`. */
export function deliveryPage(context: AdminContext, props: DeliveryPageProps): string {
  const { messages, paths } = context;
  const { delivery: t } = messages;
  const { delivery } = props;
  return renderPage(
    context,
    <Layout
      page="delivery"
      bottomBar={
        <BackLink href={paths.webhookDeliveries(props.webhookId)} label={messages.deliveries.title} />
      }
    >
      <Card title={t.title}>
        <Facts {...props} />
        <Resend {...props} />
      </Card>
      <AttemptsCard rows={props.attempts} />
      <HeadCard title={t.body} text={delivery.body} />
      <HeadCard title={t.request} text={delivery.requestHead} />
      <HeadCard title={t.response} text={delivery.responseHead} />
    </Layout>,
  );
}

function Facts({ delivery, payloadUrl }: Props) {
  const { messages, timeZone } = usePage();
  const { delivery: t, deliveries, webhooks } = messages;
  const at = (seconds: number) => dateTimeSeconds(seconds, timeZone);
  return (
    <dl class="facts">
      <Fact label={webhooks.payloadUrl}>{payloadUrl}</Fact>
      <Fact label={t.id}>
        <code>{delivery.deliveryId}</code>
      </Fact>
      <Fact label={deliveries.state}>
        <DeliveryBadge delivery={delivery} />
      </Fact>
      <Fact label={deliveries.createdAt}>{at(delivery.createdAt)}</Fact>
      <Fact label={deliveries.attempts}>{delivery.attempts}</Fact>
      <Fact label={t.lastAttempt}>{delivery.attemptedAt === null ? t.notYet : at(delivery.attemptedAt)}</Fact>
      {delivery.attemptedAt !== null && (
        <>
          <Fact label={deliveries.answer}>{answerText(delivery, messages)}</Fact>
          <Fact label={deliveries.took}>{deliveries.ms(wholeMs(delivery.tookMs ?? 0))}</Fact>
        </>
      )}
      {delivery.error !== null && <Fact label={t.error}>{webhookErrorText(delivery.error, messages)}</Fact>}
      {delivery.state === 'pending' && (
        <>
          <Fact label={t.nextAttempt}>{delivery.next === null ? t.paused : at(delivery.next)}</Fact>
          <Fact label={t.giveUp}>{at(delivery.giveUpAt)}</Fact>
        </>
      )}
    </dl>
  );
}

function Resend({ webhookId, delivery, mayResend }: Props) {
  const context = usePage();
  const { delivery: t } = context.messages;
  const waits = delivery.state === 'pending';
  if (!mayResend || (waits && (standingOf(delivery) !== 'retrying' || delivery.next === null))) return null;
  return (
    <form method="post" action={context.paths.webhookDeliveryResend(webhookId, delivery.deliveryId)}>
      <CsrfField />
      <p class="field-help">{waits ? t.resendNowHelp : t.resendHelp}</p>
      <button type="submit" class="btn btn-ec-regular">
        {waits ? t.resendNow : t.resend}
      </button>
    </form>
  );
}
