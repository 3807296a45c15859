/** Tokens issued per day as bars, with the same numbers in words and as a table. */
import type { AdminContext } from './context.ts';
import { groupDigits } from './time.ts';

/** `day` as `YYYY-MM-DD` in the shop's zone; the days follow one another without gaps. */
export type DayCount = { readonly day: string; readonly count: number };

const HEIGHT = 100;
const STEP = 20;
const BAR = 14;

export function DailyChart({ context, days }: { context: AdminContext; days: readonly DayCount[] }) {
  const peak = days.reduce<DayCount>((best, day) => (day.count > best.count ? day : best), {
    day: '',
    count: 0,
  });
  return (
    <figure class="chart">
      <svg
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT + 1}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={inWords(context, days, peak)}
      >
        {days.map((day, index) => (
          <Bar key={day.day} day={day} x={index * STEP} peak={peak.count} />
        ))}
        <path class="chart-base" d={`M0 ${HEIGHT}h${days.length * STEP}`} />
      </svg>
      <div class="chart-scale" aria-hidden="true">
        <span>{slashes(days[0]?.day)}</span>
        <span>{slashes(days.at(-1)?.day)}</span>
      </div>
      <figcaption class="field-help">{inWords(context, days, peak)}</figcaption>
      <NumbersTable context={context} days={days} />
    </figure>
  );
}

function Bar({ day, x, peak }: { day: DayCount; x: number; peak: number }) {
  // A day with any token at all shows at least a hair's breadth.
  const height = day.count === 0 ? 0 : Math.max(1, Math.round((day.count / peak) * HEIGHT));
  return (
    <rect class="chart-bar" x={x + (STEP - BAR) / 2} y={HEIGHT - height} width={BAR} height={height}>
      <title>{`${slashes(day.day)}: ${groupDigits(day.count)}`}</title>
    </rect>
  );
}

function inWords({ messages }: AdminContext, days: readonly DayCount[], peak: DayCount): string {
  const total = days.reduce((sum, day) => sum + day.count, 0);
  return messages.home.chartAlternative(groupDigits(total), groupDigits(peak.count), slashes(peak.day));
}

const slashes = (day = ''): string => day.replaceAll('-', '/');

function NumbersTable({ context, days }: { context: AdminContext; days: readonly DayCount[] }) {
  const { home: t } = context.messages;
  return (
    <details>
      <summary>{t.chartTable}</summary>
      <table class="table table-sm chart-table">
        <caption class="visually-hidden">{t.chart}</caption>
        <thead>
          <tr>
            <th scope="col">{t.day}</th>
            <th scope="col">{t.issued}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, count }) => (
            <tr key={day}>
              <td>{slashes(day)}</td>
              <td>{groupDigits(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
