/** WebHook管理: a row per endpoint; what the PHP plugin has left to take over; whether changes are noticed at all. */

import { type Place, placeText } from '../../database/keyset.ts';
import type { FeedStatus } from '../../feed/store/triggers.ts';
import { StateBadge } from '../clients/clients.tsx';
import { Card, NothingYet } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { Icon } from '../ui/icons.tsx';
import { Layout } from '../ui/layout.tsx';
import { Further } from '../ui/pager.tsx';
import { ActionsTableHead } from '../ui/table-head.tsx';
import { dateTime } from '../ui/time.ts';
import { WebhookStateBadge, type WebhookView } from './webhook-state.tsx';
import { TakeOverCard, type TakeOverProps } from './webhook-take-over.tsx';

export type WebhooksProps = {
  readonly webhooks: readonly WebhookView[];
  /** Whether the list begins here, and where it goes on. */
  readonly goesOn: { readonly first: boolean; readonly next: Place | undefined };
  readonly feed: FeedStatus['state'];
  readonly takeOver: TakeOverProps;
};

export function webhooksPage(context: AdminContext, props: WebhooksProps): string {
  const { webhooks: t } = context.messages;
  return renderPage(
    context,
    <Layout page="webhooks">
      <FeedNotice state={props.feed} />
      <TakeOverCard {...props.takeOver} />
      {props.webhooks.length === 0 && props.goesOn.first ? (
        <NoWebhooks />
      ) : (
        <WebhookList webhooks={props.webhooks} />
      )}
      <Further
        first={props.goesOn.first ? undefined : context.paths.webhooks}
        next={props.goesOn.next && `${context.paths.webhooks}?after=${placeText(props.goesOn.next)}`}
      />
      <p>
        <a href={context.paths.feed}>{t.toFeed}</a>
      </p>
    </Layout>,
  );
}

function FeedNotice({ state }: { state: FeedStatus['state'] }) {
  const context = usePage();
  const { webhooks: t } = context.messages;
  if (state === 'installed') return null;
  return (
    <Notice level="warning">
      {state === 'absent' ? t.feedMissing : t.feedBroken} <a href={context.paths.feed}>{t.toFeed}</a>
    </Notice>
  );
}

function CreateLink() {
  const context = usePage();
  return (
    <a class="btn btn-ec-regular" href={context.paths.webhookNew}>
      {context.messages.common.createNew}
    </a>
  );
}

function NoWebhooks() {
  const { webhooks: t } = usePage().messages;
  return (
    <NothingYet title={t.none} next={t.noneNext}>
      <CreateLink />
    </NothingYet>
  );
}

type ListProps = { webhooks: readonly WebhookView[] };

function WebhookList({ webhooks }: ListProps) {
  const { webhooks: t } = usePage().messages;
  return (
    <>
      <div class="list-tools">
        <CreateLink />
      </div>
      <Card flush>
        <table class="table table-sm stacked">
          <caption class="visually-hidden">{t.caption}</caption>
          <ActionsTableHead columns={[t.payloadUrl, t.enabled, t.events, t.state, t.lastSuccess]} />
          <tbody>
            {webhooks.map((webhook) => (
              <WebhookRow webhook={webhook} key={webhook.webhookId} />
            ))}
          </tbody>
        </table>
      </Card>
    </>
  );
}

type RowProps = { webhook: WebhookView };

function WebhookRow({ webhook }: RowProps) {
  const { messages, paths, timeZone } = usePage();
  const { webhooks: t } = messages;
  const { webhookId, payloadUrl, description, topics, lastSuccessAt } = webhook;
  return (
    <tr id={`webhook-${webhookId}`}>
      <th scope="row" data-label={t.payloadUrl}>
        <div>
          <a href={paths.webhook(webhookId)}>{payloadUrl}</a>
          {description !== '' && <div class="field-help">{description}</div>}
        </div>
      </th>
      <td data-label={t.enabled}>
        <StateBadge enabled={webhook.enabled} />
      </td>
      <td data-label={t.events}>{topics.length === 0 ? t.everything : t.chosen(topics.length)}</td>
      <td data-label={t.state}>
        <WebhookStateBadge webhook={webhook} />
      </td>
      <td data-label={t.lastSuccess}>
        {lastSuccessAt === null ? t.never : dateTime(lastSuccessAt, timeZone)}
      </td>
      <td class="row-actions">
        <RowActions webhook={webhook} />
      </td>
    </tr>
  );
}

function RowActions({ webhook }: RowProps) {
  const { messages, paths } = usePage();
  const { webhooks: t, common } = messages;
  const { webhookId, payloadUrl } = webhook;
  return (
    <>
      <a class="btn btn-sm btn-ec-regular" href={paths.webhookDeliveries(webhookId)}>
        <span aria-hidden="true">{t.log}</span>
        <span class="visually-hidden">{t.logOf(payloadUrl)}</span>
      </a>
      <a class="btn btn-ec-actionIcon" href={paths.webhook(webhookId)} title={common.edit}>
        <Icon name="pencil" />
        <span class="visually-hidden">{t.editThis(payloadUrl)}</span>
      </a>
      <a class="btn btn-ec-actionIcon" href={paths.webhookDelete(webhookId)} title={common.delete}>
        <Icon name="close" />
        <span class="visually-hidden">{t.deleteThis(payloadUrl)}</span>
      </a>
    </>
  );
}
