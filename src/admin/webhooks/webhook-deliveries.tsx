/** 送信履歴: the deliveries of one endpoint, newest first. */

import type { ChangeEvent } from '../../feed/store/feed.ts';
import type { Standing } from '../../webhook/store/delivery-log.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { Card } from '../ui/card.tsx';
import { type AdminContext, type PageContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { CsrfField } from '../ui/form.tsx';
import { BackLink, Layout } from '../ui/layout.tsx';
import { Further } from '../ui/pager.tsx';
import { ActionsTableHead } from '../ui/table-head.tsx';
import { dateTime, groupDigits, wholeMs } from '../ui/time.ts';
import { DeliveryBadge, STANDINGS, type Standable } from './delivery-standing.tsx';
import { entityWord } from './topic-words.ts';

export type DeliveryRow = Standable & {
  readonly deliveryId: string;
  readonly createdAt: number;
  readonly statusCode: number | null;
  readonly tookMs: number | null;
  readonly error: string | null;
  readonly events: readonly ChangeEvent[];
};

export type DeliveriesProps = {
  readonly webhookId: string;
  readonly payloadUrl: string;
  /** Null = all. */
  readonly state: Standing | null;
  /** This page does not begin with the newest one. */
  readonly later: boolean;
  /** Where the list goes on. */
  readonly next: string | undefined;
  readonly counts: Readonly<Record<Standing, number>>;
  readonly rows: readonly DeliveryRow[];
  /** Whether what is sent again would go: not while the endpoint is switched off. */
  readonly mayResend: boolean;
};

const EVENTS_SHOWN = 2;

/** GET `state`, `after`; the button posts `_token` to `paths.webhookResendFailed(webhookId)`. */
export function deliveriesPage(context: AdminContext, props: DeliveriesProps): string {
  const { messages, paths } = context;
  const { deliveries: t } = messages;
  const { webhookId, state, later, next } = props;
  return renderPage(
    context,
    <Layout
      page="deliveries"
      bottomBar={<BackLink href={paths.webhook(props.webhookId)} label={messages.webhook.backToWebhook} />}
    >
      <p class="break-anywhere">
        {messages.webhooks.payloadUrl}: <strong>{props.payloadUrl}</strong>
      </p>
      <StateFilter {...props} />
      <ResendFailed {...props} />
      <Card flush>
        {props.rows.length === 0 ? (
          <p class="empty-state">{props.state === null ? t.none : t.noneOfState}</p>
        ) : (
          <DeliveryTable webhookId={props.webhookId} rows={props.rows} />
        )}
      </Card>
      <Further
        first={later ? listUrl(context, webhookId, state) : undefined}
        next={next && listUrl(context, webhookId, state, next)}
      />
      <p class="field-help">{t.keeping}</p>
    </Layout>,
  );
}

function listUrl({ paths }: PageContext, webhookId: string, state: Standing | null, after?: string): string {
  const query = new URLSearchParams({ ...(state && { state }), ...(after && { after }) });
  return `${paths.webhookDeliveries(webhookId)}?${query}`;
}

function StateFilter(props: DeliveriesProps) {
  const { deliveries: t } = usePage().messages;
  const all = STANDINGS.reduce((sum, state) => sum + props.counts[state], 0);
  return (
    <nav aria-label={t.filter}>
      <ul class="state-filter">
        <StateLink {...props} of={null} text={`${t.all} ${groupDigits(all)}`} />
        {STANDINGS.map((state) => (
          <StateLink
            key={state}
            {...props}
            of={state}
            text={`${t.states[state]} ${groupDigits(props.counts[state])}`}
          />
        ))}
      </ul>
    </nav>
  );
}

type LinkProps = { webhookId: string; state: Standing | null } & {
  of: Standing | null;
  text: string;
};

function StateLink({ webhookId, state, of, text }: LinkProps) {
  const context = usePage();
  return (
    <li>
      <a
        class={`btn btn-sm ${state === of ? 'btn-ec-conversion' : 'btn-ec-regular'}`}
        href={listUrl(context, webhookId, of)}
        aria-current={state === of ? 'true' : undefined}
      >
        {text}
      </a>
    </li>
  );
}

function ResendFailed(props: DeliveriesProps) {
  const context = usePage();
  const { deliveries: t } = context.messages;
  const { failed, cancelled, retrying } = props.counts;
  const count = failed + cancelled + retrying;
  if (count === 0 || !props.mayResend) return null;
  return (
    <form method="post" action={context.paths.webhookResendFailed(props.webhookId)} class="mb-3">
      <CsrfField />
      <button type="submit" class="btn btn-ec-regular">
        {t.resendFailed(groupDigits(count))}
      </button>
    </form>
  );
}

type TableProps = { webhookId: string; rows: readonly DeliveryRow[] };

function DeliveryTable({ webhookId, rows }: TableProps) {
  const { deliveries: t } = usePage().messages;
  return (
    <table class="table table-sm stacked">
      <caption class="visually-hidden">{t.caption}</caption>
      <ActionsTableHead columns={[t.createdAt, t.content, t.state, t.attempts, t.answer, t.took]} />
      <tbody>
        {rows.map((row) => (
          <DeliveryTableRow key={row.deliveryId} webhookId={webhookId} row={row} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { webhookId: string; row: DeliveryRow };

function DeliveryTableRow({ webhookId, row }: RowProps) {
  const { messages, paths, timeZone } = usePage();
  const { deliveries: t } = messages;
  const at = dateTime(row.createdAt, timeZone);
  return (
    <tr>
      <td data-label={t.createdAt}>{at}</td>
      <td data-label={t.content} data-wrap="anywhere">
        {contentText(row.events, messages)}
      </td>
      <td data-label={t.state}>
        <DeliveryBadge delivery={row} />
      </td>
      <td data-label={t.attempts}>{row.attempts}</td>
      <td data-label={t.answer} data-wrap="anywhere">
        {answerText(row, messages)}
      </td>
      <td data-label={t.took}>{row.tookMs === null ? '—' : t.ms(wholeMs(row.tookMs))}</td>
      <td class="row-actions">
        <a class="btn btn-sm btn-ec-regular" href={paths.webhookDelivery(webhookId, row.deliveryId)}>
          <span aria-hidden="true">{t.open}</span>
          <span class="visually-hidden">{t.openThis(at)}</span>
        </a>
      </td>
    </tr>
  );
}

/** `HTTP 204`, or why there was no answer. */
export function answerText(
  { statusCode, attempts }: Pick<DeliveryRow, 'statusCode' | 'attempts'>,
  { deliveries: t }: Messages,
): string {
  if (statusCode !== null) return `HTTP ${statusCode}`;
  return attempts === 0 ? '—' : t.noAnswer;
}

/** `商品 2 更新、ほか3件` */
function contentText(events: readonly ChangeEvent[], messages: Messages): string {
  const { deliveries: t, lang } = messages;
  const shown = events
    .slice(0, EVENTS_SHOWN)
    .map(
      ({ entity, id, action }) =>
        `${entityWord(entity, messages)} ${id} ${messages.webhookForm.actions[action]}`,
    );
  const more = events.length - shown.length;
  return [...shown, ...(more > 0 ? [t.more(more)] : [])].join(lang === 'ja' ? '、' : ', ');
}
