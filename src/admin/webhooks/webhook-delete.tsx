/** WebHookを削除します。 A page where EC-CUBE has a modal, so that it works without script. */
import { Card, Fact } from '../ui/card.tsx';
import type { AdminContext } from '../ui/context.ts';
import { DeleteForm } from '../ui/delete-form.tsx';
import { renderPage } from '../ui/document.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';
import { groupDigits } from '../ui/time.ts';

export type WebhookDeleteProps = {
  readonly webhookId: string;
  readonly payloadUrl: string;
  /** Of its notifications, those not received yet. */
  readonly waiting: number;
};

/** Posts `_token` to `paths.webhookDelete(webhookId)`. */
export function webhookDeletePage(context: AdminContext, props: WebhookDeleteProps): string {
  const { messages, paths } = context;
  const { webhook: t, webhooks } = messages;
  return renderPage(
    context,
    <Layout page="webhookDelete" bottomBar={<BackTo page="webhooks" />}>
      <Card title={t.deletionQuestion}>
        <dl class="facts">
          <Fact label={webhooks.payloadUrl}>
            <strong>{props.payloadUrl}</strong>
          </Fact>
        </dl>
        <p>
          {t.deletionEffect(props.waiting, groupDigits(props.waiting))} {messages.deletion.noUndo}
        </p>
        <DeleteForm action={paths.webhookDelete(props.webhookId)} cancel={paths.webhook(props.webhookId)} />
      </Card>
    </Layout>,
  );
}
