/** Calls of the API per day as bars with an axis, the failed ones apart, and how long they took; the same in words and as a table. */

import type { DayUse } from '../../oauth/overview.ts';
import { usePage } from '../ui/context.ts';
import { TableHead } from '../ui/table-head.tsx';
import { groupDigits } from '../ui/time.ts';

const HEIGHT = 100;
const STEP = 20;
const BAR = 14;
const MARKED_EVERY = 7; // days

type DailyUseProps = { days: readonly DayUse[] };

export function DailyUse({ days }: DailyUseProps) {
  const { home: t } = usePage().messages;
  const peak = days.reduce((best, day) => (day.calls > best.calls ? day : best));
  const sum = (of: 'calls' | 'errors') => days.reduce((total, day) => total + day[of], 0);
  const said = t.chartAlternative(
    groupDigits(sum('calls')),
    groupDigits(sum('errors')),
    groupDigits(peak.calls),
    slashes(peak.day),
  );
  const slowest = days.reduce((best, { averageMs }) => Math.max(best, averageMs ?? 0), 0);
  const calls = days.map(({ day, calls: value, errors: part }) => ({ day: slashes(day), value, part }));
  const times = days.map(({ day, averageMs }) => ({ day: slashes(day), value: averageMs ?? 0, part: 0 }));
  return (
    <figure class="chart">
      <Bars title={t.callsAxis} said={said} bars={calls} top={niceTop(peak.calls)} />
      <figcaption class="field-help">{said}</figcaption>
      <Bars
        title={t.msAxis}
        said={t.timesAlternative(groupDigits(slowest))}
        bars={times}
        top={niceTop(slowest)}
      />
      <NumbersTable days={days} />
    </figure>
  );
}

/** The end of an axis: 1, 2 or 5 with noughts, and even, so that its middle is a whole number too. */
export function niceTop(peak: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, peak)));
  const top = [1, 2, 5, 10].map((n) => n * size).find((n) => n >= peak) ?? peak;
  return Math.max(2, top % 2 === 0 ? top : top + 1);
}

/** `part` of the value is drawn in a colour of its own, at the foot of the bar; `day` as people read it, `2026/11/24`. */
export type BarOfDay = { readonly day: string; readonly value: number; readonly part: number };

type BarsProps = {
  title: string;
  said: string;
  bars: readonly BarOfDay[];
  top: number;
  /** Default: failures. */
  parts?: 'failed' | 'median';
};

export function Bars({ title, said, bars, top, parts = 'failed' }: BarsProps) {
  const width = bars.length * STEP;
  return (
    <>
      <p class="chart-title">{title}</p>
      <div class="chart-plot">
        <div class="chart-axis" aria-hidden="true">
          {[top, top / 2, 0].map((mark) => (
            <span key={mark}>{groupDigits(mark)}</span>
          ))}
        </div>
        <svg viewBox={`0 0 ${width} ${HEIGHT + 1}`} preserveAspectRatio="none" role="img" aria-label={said}>
          <path class="chart-grid" d={`M0 0.5h${width}M0 ${HEIGHT / 2}h${width}`} />
          {bars.map((bar, index) => (
            <Bar key={bar.day} bar={bar} x={index * STEP + (STEP - BAR) / 2} top={top} parts={parts} />
          ))}
          <path class="chart-base" d={`M0 ${HEIGHT}h${width}`} />
        </svg>
      </div>
      <div class="chart-scale" aria-hidden="true">
        {bars.map(({ day }, index) =>
          index % MARKED_EVERY === 0 || index === bars.length - 1 ? (
            <span key={day}>{day.slice(5)}</span>
          ) : null,
        )}
      </div>
    </>
  );
}

type BarProps = { bar: BarOfDay; x: number; top: number; parts: 'failed' | 'median' };

function Bar({ bar: { day, value, part }, x, top, parts }: BarProps) {
  // What is there at all shows at least a hair's breadth.
  const high = (n: number) => (n === 0 ? 0 : Math.max(1, Math.round((n / top) * HEIGHT)));
  const [whole, failed] = [high(value), high(part)];
  return (
    <>
      <rect class="chart-bar" x={x} y={HEIGHT - whole} width={BAR} height={whole}>
        <title>{`${day}: ${groupDigits(value)}`}</title>
      </rect>
      {failed > 0 && (
        <rect class={`chart-bar-${parts}`} x={x} y={HEIGHT - failed} width={BAR} height={failed}>
          <title>{`${day}: ${groupDigits(part)} / ${groupDigits(value)}`}</title>
        </rect>
      )}
    </>
  );
}

const slashes = (day: string): string => day.replaceAll('-', '/');

function NumbersTable({ days }: DailyUseProps) {
  const { home: t } = usePage().messages;
  const ms = (n: number | null) => (n === null ? '—' : t.ms(groupDigits(n)));
  return (
    <details>
      <summary>{t.chartTable}</summary>
      <table class="table table-sm chart-table">
        <caption class="visually-hidden">{t.chart}</caption>
        <TableHead columns={[t.day, t.calls, t.errors, t.average, t.mostWithin]} />
        <tbody>
          {days.toReversed().map(({ day, calls, errors, averageMs, mostWithinMs }) => (
            <tr key={day}>
              <th scope="row">{slashes(day)}</th>
              <td>{groupDigits(calls)}</td>
              <td>{groupDigits(errors)}</td>
              <td>{ms(averageMs)}</td>
              <td>{calls > 0 && mostWithinMs === null ? t.beyond : ms(mostWithinMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
