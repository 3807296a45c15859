/** リクエスト of one client: how much it uses the API, and its requests one by one, newest first. */
import { type Part, placeText } from '../../../database/keyset.ts';
import { LINES_OF_CLIENT } from '../../../oauth/call-log.ts';
import type { CallRow } from '../../../oauth/store/api-calls.ts';
import { Card, NothingYet } from '../../ui/card.tsx';
import { type AdminContext, usePage } from '../../ui/context.ts';
import { Further } from '../../ui/pager.tsx';
import { TableHead } from '../../ui/table-head.tsx';
import { dateTimeSeconds, groupDigits } from '../../ui/time.ts';
import { clientTabPage, type TabbedClient } from '../client-tabs.tsx';
import { type UseBar, UseCard, type UseSpan } from './use-chart.tsx';

/** As it is in the query; '' = anything. `outcome`: `ok`, `failed`, or an HTTP status. */
export type RequestFilterValues = {
  readonly outcome: string;
  readonly operation: string;
  readonly requestId: string;
};

export type ClientRequestsProps = {
  readonly client: TabbedClient;
  readonly span: UseSpan;
  readonly use: readonly UseBar[];
  readonly filter: RequestFilterValues;
  readonly calls: Part<CallRow>;
  /** The list does not begin with the newest. */
  readonly older: boolean;
  /** How long requests are kept; 0 = not at all. */
  readonly days: number;
};

type Props = ClientRequestsProps;

const STATUSES = ['200', '400', '403', '429', '500', '503'];

export function clientRequestsPage(context: AdminContext, props: ClientRequestsProps): string {
  const { client, use, days } = props;
  return clientTabPage(context, {
    client,
    tab: 'requests',
    children: isUnused(props) ? (
      <Unused {...props} />
    ) : (
      <>
        <UseCard clientId={client.clientId} span={props.span} use={use} />
        {days === 0 ? (
          <Card title={context.messages.requests.title}>
            <p class="mb-0">{context.messages.requests.off}</p>
          </Card>
        ) : (
          <Requests {...props} />
        )}
      </>
    ),
  });
}

const isUnused = ({ use, calls, filter, older, span }: ClientRequestsProps): boolean =>
  span === 'hours' &&
  !older &&
  queryText(filter) === '' &&
  calls.rows.length === 0 &&
  use.every((one) => one.calls === 0);

function Unused({ client }: Props) {
  const { messages, paths } = usePage();
  const { requests: t } = messages;
  return (
    <NothingYet title={t.nothing} next={t.nothingNext}>
      <a class="btn btn-ec-conversion" href={paths.clientTab(client.clientId, 'steps')}>
        {t.toSteps}
      </a>
    </NothingYet>
  );
}

const queryText = (filter: RequestFilterValues, rest: Readonly<Record<string, string>> = {}): string => {
  const { outcome, operation, requestId } = filter;
  const given = Object.entries({ outcome, operation, request_id: requestId, ...rest });
  return new URLSearchParams(given.filter(([, value]) => value !== '')).toString();
};

function Requests(props: Props) {
  const { calls, filter, days, older, client } = props;
  const { messages, paths } = usePage();
  const { requests: t } = messages;
  const page = paths.clientTab(client.clientId, 'requests');
  const { next } = calls;
  return (
    <>
      <FilterCard {...props} />
      <Card title={t.title} flush>
        <p class="more-rows">{t.lead(days)}</p>
        {calls.rows.length === 0 ? (
          <p class="empty-state">{next === undefined ? t.none : t.partOnly}</p>
        ) : (
          <RequestTable rows={calls.rows} />
        )}
        <p class="more-rows">{t.share(groupDigits(LINES_OF_CLIENT))}</p>
      </Card>
      <Further
        first={older ? `${page}?${queryText(filter)}` : undefined}
        next={next && `${page}?${queryText(filter, { after: placeText(next) })}`}
      />
    </>
  );
}

function FilterCard({ client, filter }: Props) {
  const { messages, paths } = usePage();
  const { requests: t } = messages;
  const page = paths.clientTab(client.clientId, 'requests');
  return (
    <Card title={t.filter}>
      <search>
        <form method="get" action={page} class="filter-form">
          <OutcomeSelect value={filter.outcome} />
          <TextField id="operation" label={t.operation} value={filter.operation} />
          <TextField id="request_id" label={t.requestId} value={filter.requestId} />
          <div class="filter-buttons">
            <button type="submit" class="btn btn-ec-conversion">
              {t.apply}
            </button>
            {queryText(filter) !== '' && <a href={page}>{t.clear}</a>}
          </div>
        </form>
      </search>
    </Card>
  );
}

function OutcomeSelect({ value }: { value: string }) {
  const { requests: t } = usePage().messages;
  const choices = [
    ['', t.any],
    ['ok', t.ok],
    ['failed', t.failed],
    ...STATUSES.map((status) => [status, t.status(status)] as const),
  ] as const;
  return (
    <div>
      <label for="outcome">{t.outcome}</label>
      <select class="form-select" id="outcome" name="outcome">
        {choices.map(([key, label]) => (
          <option value={key} selected={key === value} key={key}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

const TextField = ({ id, label, value }: { id: string; label: string; value: string }) => (
  <div>
    <label for={id}>{label}</label>
    <input
      class="form-control"
      type="text"
      id={id}
      name={id}
      value={value}
      maxLength={64}
      autocomplete="off"
    />
  </div>
);

function RequestTable({ rows }: { rows: readonly CallRow[] }) {
  const { requests: t } = usePage().messages;
  return (
    <table class="table table-sm stacked">
      <caption class="visually-hidden">{t.caption}</caption>
      <TableHead columns={[t.when, t.what, t.result, t.time, t.cost]} />
      <tbody>
        {rows.map((call) => (
          <RequestRow call={call} key={call.requestId} />
        ))}
      </tbody>
    </table>
  );
}

function RequestRow({ call }: { call: CallRow }) {
  const { messages, timeZone } = usePage();
  const { requests: t, audit } = messages;
  const { operation, fields, status, errorCode } = call;
  const failed = errorCode !== null;
  return (
    <tr>
      <td class="when" data-label={t.when}>
        {dateTimeSeconds(call.calledAt, timeZone)}
      </td>
      <th scope="row" data-label={t.what}>
        <div class="break-anywhere">
          {fields === '' ? t.unread : operation === '' ? t.unnamed : operation}
          <ul class="event-facts">
            {fields !== '' && <li>{fields.replaceAll(' ', ', ')}</li>}
            <li>{audit.fact(t.requestId, call.requestId)}</li>
          </ul>
        </div>
      </th>
      <td data-label={t.result}>
        <span>
          <span class={failed ? 'badge badge-failure' : 'badge badge-success'}>
            {failed ? t.failure : t.success}
          </span>{' '}
          {status} {errorCode}
        </span>
      </td>
      <td data-label={t.time}>{t.ms(groupDigits(call.ms))}</td>
      <td data-label={t.cost}>{groupDigits(call.cost)}</td>
    </tr>
  );
}
