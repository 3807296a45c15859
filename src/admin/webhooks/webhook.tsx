/** WebHook登録: the form for a new endpoint, and one endpoint's page with its state, test, log and deletion. */

import type { ComponentChildren } from 'preact';
import { topicsOf } from '../../webhook/endpoints.ts';
import type { DeliveryCounts } from '../../webhook/store/delivery-log.ts';
import { Card, Fact } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { Notice } from '../ui/flash.tsx';
import { CsrfField } from '../ui/form.tsx';
import { Icon } from '../ui/icons.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';
import { dateTime, groupDigits } from '../ui/time.ts';
import { topicWord } from './topic-words.ts';
import { webhookErrorText } from './webhook-error.ts';
import { faultyWebhookFields, WebhookFields, type WebhookFieldsProps } from './webhook-fields.tsx';
import { stateOfWebhook, WebhookStateBadge, type WebhookView } from './webhook-state.tsx';

type FormProps = Omit<WebhookFieldsProps, 'messages' | 'hasSecret' | 'formerUntil'>;

/** Posts the fields of `WebhookFields` to `paths.webhookNew`. */
export function webhookNewPage(context: AdminContext, props: FormProps): string {
  return renderPage(
    context,
    <WebhookLayout page="webhookNew">
      <WebhookForm action={context.paths.webhookNew} {...props} hasSecret={false} />
    </WebhookLayout>,
  );
}

export type WebhookPageProps = FormProps & {
  readonly webhook: WebhookView;
  readonly counts: DeliveryCounts;
  /** Of the pending ones, those that have failed before. */
  readonly retrying: number;
  readonly now: number;
  /** Changes before this time will never be told; null = none is lost. */
  readonly lostBefore: number | null;
};

/** The settings post the fields of `WebhookFields` to `paths.webhook(webhookId)`. */
export function webhookPage(context: AdminContext, props: WebhookPageProps): string {
  const { webhook, counts, retrying, now, lostBefore, ...form } = props;
  const { webhookId, hasSecret, formerSecretUntil } = webhook;
  const formerUntil =
    (formerSecretUntil ?? 0) > now ? dateTime(formerSecretUntil ?? 0, context.timeZone) : null;
  return renderPage(
    context,
    <WebhookLayout page="webhook">
      <WebhookForm
        action={context.paths.webhook(webhookId)}
        {...form}
        hasSecret={hasSecret}
        formerUntil={formerUntil}
      />
      <StateCard webhook={webhook} lostBefore={lostBefore} />
      <TestCard webhook={webhook} entities={form.entities} />
      <LogCard webhookId={webhookId} counts={counts} retrying={retrying} />
      <DeleteCard webhookId={webhookId} />
    </WebhookLayout>,
  );
}

type LayoutProps = { page: 'webhookNew' | 'webhook'; children: ComponentChildren };

function WebhookLayout({ page, children }: LayoutProps) {
  const { messages } = usePage();
  return (
    <Layout
      page={page}
      bottomBar={
        <>
          <BackTo page="webhooks" />
          <button type="submit" form="webhook-form" class="btn btn-ec-conversion px-5">
            {messages.common.register}
          </button>
        </>
      }
    >
      {children}
    </Layout>
  );
}

type WebhookFormProps = Omit<WebhookFieldsProps, 'messages'> & { action: string };

function WebhookForm({ action, ...fields }: WebhookFormProps) {
  const { messages } = usePage();
  return (
    <>
      <ErrorSummary fields={faultyWebhookFields(fields.faults, messages)} />
      <form method="post" action={action} id="webhook-form" noValidate>
        <CsrfField />
        {/* What the Enter key presses is the form's first button. */}
        <button type="submit" class="visually-hidden" tabIndex={-1} aria-hidden="true" />
        <Card title={messages.webhookForm.title}>
          <WebhookFields {...fields} />
        </Card>
      </form>
    </>
  );
}

type OneProps = { webhook: WebhookView };

function StateCard({ webhook, lostBefore }: OneProps & Pick<WebhookPageProps, 'lostBefore'>) {
  const { messages, paths, timeZone } = usePage();
  const { webhook: t } = messages;
  const { webhookId, lastError } = webhook;
  const paused = webhook.enabled && webhook.pausedAt !== null;
  return (
    <Card title={t.state}>
      <p>
        <WebhookStateBadge webhook={webhook} /> <StateText webhook={webhook} />
      </p>
      {webhook.owner && <OwnerText webhook={webhook} clientId={webhook.owner.clientId} />}
      {lastError !== null && stateOfWebhook(webhook) !== 'ok' && (
        <dl class="facts">
          <Fact label={t.lastError}>{webhookErrorText(lastError, messages)}</Fact>
        </dl>
      )}
      {paused && lostBefore !== null && (
        <Notice level="warning">{t.lost(dateTime(lostBefore, timeZone))}</Notice>
      )}
      {webhook.enabled && (
        <form method="post" action={paused ? paths.webhookResume(webhookId) : paths.webhookPause(webhookId)}>
          <CsrfField />
          <p class="field-help">{t.nothingLost}</p>
          <button type="submit" class={paused ? 'btn btn-ec-conversion' : 'btn btn-ec-regular'}>
            {paused ? t.resume : t.pause}
          </button>
        </form>
      )}
    </Card>
  );
}

function OwnerText({ webhook: { query }, clientId }: OneProps & { clientId: string }) {
  const { messages, paths } = usePage();
  return (
    <>
      <p>
        {messages.webhook.ownedBy} <a href={paths.client(clientId)}>{messages.webhook.openOwner}</a>
      </p>
      {query !== null && (
        <dl class="facts">
          <Fact label={messages.webhook.query}>
            <code>{query}</code>
          </Fact>
        </dl>
      )}
    </>
  );
}

function StateText({ webhook }: OneProps) {
  const { messages, timeZone } = usePage();
  const { webhook: t } = messages;
  const at = (seconds: number | null) => dateTime(seconds ?? 0, timeZone);
  const { pausedReason, pausedAt, failingSince, lastSuccessAt } = webhook;
  const last = lastSuccessAt === null ? '' : t.lastSuccess(at(lastSuccessAt));
  switch (stateOfWebhook(webhook)) {
    case 'off':
      return t.off;
    case 'gone':
    case 'paused':
      return `${t.pausedFor[pausedReason ?? 'staff'](at(pausedAt))} ${last}`;
    case 'failing':
      return `${t.failing(at(failingSince))} ${last}`;
    case 'waiting':
      return t.waiting;
    case 'ok':
      return `${t.ok} ${last}`;
  }
}

type TestProps = OneProps & { entities: readonly string[] };

/** Posts `topic`, `_token` to `paths.webhookTest(webhookId)`. */
function TestCard({ webhook: { webhookId, topics }, entities }: TestProps) {
  const context = usePage();
  const { messages } = context;
  const { webhook: t } = messages;
  const choices = entities.flatMap(topicsOf);
  const chosen = topics[0] ?? 'product.updated';
  return (
    <Card title={t.test}>
      <form method="post" action={context.paths.webhookTest(webhookId)}>
        <CsrfField />
        <p class="field-help">{t.testHelp}</p>
        <p>
          <label for="test-topic">{t.testTopic}</label>{' '}
          <select class="form-select" id="test-topic" name="topic">
            {choices.map((topic) => (
              <option key={topic} value={topic} selected={topic === chosen}>
                {topicWord(topic, messages)}
              </option>
            ))}
          </select>
        </p>
        <button type="submit" class="btn btn-ec-regular">
          {t.testButton}
        </button>
      </form>
    </Card>
  );
}

type LogProps = { webhookId: string; counts: DeliveryCounts; retrying: number };

function LogCard({ webhookId, counts, retrying }: LogProps) {
  const context = usePage();
  const { webhook: t } = context.messages;
  const { delivered, pending, failed } = counts;
  return (
    <Card title={t.log}>
      <p>
        {t.logCounts(
          groupDigits(delivered),
          groupDigits(Math.max(0, pending - retrying)),
          groupDigits(retrying),
          groupDigits(failed),
        )}
      </p>
      <a class="btn btn-ec-regular" href={context.paths.webhookDeliveries(webhookId)}>
        {t.openLog}
      </a>
    </Card>
  );
}

function DeleteCard({ webhookId }: { webhookId: string }) {
  const context = usePage();
  const { webhook: t, common } = context.messages;
  return (
    <Card title={t.deleteTitle}>
      <p class="field-help">{t.deleteHelp}</p>
      <a class="btn btn-ec-delete" href={context.paths.webhookDelete(webhookId)}>
        <Icon name="trash" /> {common.delete}
      </a>
    </Card>
  );
}
