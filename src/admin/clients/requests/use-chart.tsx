/** How much one client uses the API, by hour or by day: calls with their errors, response times; in words and as a table too. */
import type { DayUse, HourOfUse, SpanUse } from '../../../oauth/overview.ts';
import { Bars, niceTop } from '../../home/chart.tsx';
import { Card } from '../../ui/card.tsx';
import { usePage } from '../../ui/context.ts';
import { TableHead } from '../../ui/table-head.tsx';
import { dateTime, groupDigits } from '../../ui/time.ts';

export type UseSpan = 'hours' | 'days';

/** `day` as people read it: `2026/11/24`, or `2026/11/24 13:00`. */
export type UseBar = SpanUse & { readonly day: string };

export const dayBars = (days: readonly DayUse[]): UseBar[] =>
  days.map((use) => ({ ...use, day: use.day.replaceAll('-', '/') }));

export const hourBars = (hours: readonly HourOfUse[], timeZone: string): UseBar[] =>
  hours.map((use) => ({ ...use, day: dateTime(use.hourAt, timeZone) }));

type UseProps = { clientId: string; span: UseSpan; use: readonly UseBar[] };

export function UseCard(props: UseProps) {
  const { requests: t } = usePage().messages;
  const quiet = props.use.every(({ calls }) => calls === 0);
  return (
    <Card title={t.chart}>
      <Spans {...props} />
      {quiet ? <p class="mb-0">{t.quiet}</p> : <UseChart {...props} />}
    </Card>
  );
}

function Spans({ clientId, span }: UseProps) {
  const { messages, paths } = usePage();
  const { requests: t } = messages;
  const page = paths.clientTab(clientId, 'requests');
  return (
    <nav aria-label={t.spansLabel}>
      <ul class="chart-spans">
        {(['hours', 'days'] as const).map((each) => (
          <li key={each}>
            <a href={`${page}?span=${each}`} aria-current={each === span ? 'true' : undefined}>
              {t.spans[each]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What took longer than the longest span counted stands at its end. */
const LONGEST_MS = 10_000;

function UseChart({ span, use }: UseProps) {
  const { requests: t } = usePage().messages;
  const peak = use.reduce((best, one) => (one.calls > best.calls ? one : best));
  const sum = (of: 'calls' | 'errors') => groupDigits(use.reduce((total, one) => total + one[of], 0));
  const drawn = (ms: number | null, calls: number) => (calls === 0 ? 0 : (ms ?? LONGEST_MS));
  const times = use.map(({ day, calls, medianMs, mostWithinMs }) => ({
    day,
    value: drawn(mostWithinMs, calls),
    part: drawn(medianMs, calls),
  }));
  const slowest = times.reduce((best, { value }) => Math.max(best, value), 0);
  const beyond = use.some(({ calls, mostWithinMs }) => calls > 0 && mostWithinMs === null);
  const said = t.callsSaid(sum('calls'), sum('errors'), groupDigits(peak.calls), peak.day);
  const timesSaid = t.msSaid(beyond ? t.beyond : t.ms(groupDigits(slowest)));
  const calls = use.map(({ day, calls: value, errors: part }) => ({ day, value, part }));
  return (
    <figure class="chart">
      <Bars title={t.callsAxis[span]} said={said} bars={calls} top={niceTop(peak.calls)} />
      <Bars title={t.msAxis} said={timesSaid} bars={times} top={niceTop(slowest)} parts="median" />
      <figcaption class="field-help">
        {said} {timesSaid}
      </figcaption>
      <UseTable span={span} use={use} />
    </figure>
  );
}

function UseTable({ span, use }: Omit<UseProps, 'clientId'>) {
  const { requests: t, home } = usePage().messages;
  const ms = (calls: number, n: number | null) =>
    calls === 0 ? '—' : n === null ? t.beyond : t.ms(groupDigits(n));
  return (
    <details>
      <summary>{t.chartTable}</summary>
      <table class="table table-sm chart-table">
        <caption class="visually-hidden">{t.chart}</caption>
        <TableHead columns={[span === 'days' ? t.day : t.hour, home.calls, home.errors, t.median, t.most]} />
        <tbody>
          {use.toReversed().map(({ day, calls, errors, medianMs, mostWithinMs }) => (
            <tr key={day}>
              <th scope="row">{span === 'days' ? day : day.slice(5)}</th>
              <td>{groupDigits(calls)}</td>
              <td>{groupDigits(errors)}</td>
              <td>{ms(calls, medianMs)}</td>
              <td>{ms(calls, mostWithinMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
