/** 試行の記録: every attempt at one delivery, newest first, with its answer. */

import { Card } from '../ui/card.tsx';
import { usePage } from '../ui/context.ts';
import { TableHead } from '../ui/table-head.tsx';
import { dateTimeSeconds, wholeMs } from '../ui/time.ts';
import { webhookErrorText } from './webhook-error.ts';

export type AttemptRow = {
  readonly attemptNo: number;
  readonly at: number;
  /** null = no answer came. */
  readonly statusCode: number | null;
  readonly tookMs: number | null;
  readonly error: string | null;
  readonly responseHead: string | null;
};

type Props = { rows: readonly AttemptRow[] };

export function AttemptsCard({ rows }: Props) {
  const { delivery: t, deliveries } = usePage().messages;
  if (rows.length === 0) return null;
  return (
    <Card title={t.attempts} flush>
      <table class="table table-sm stacked">
        <caption class="visually-hidden">{t.attemptsCaption}</caption>
        <TableHead columns={[t.attemptNo, t.attemptAt, deliveries.answer, deliveries.took, t.answerText]} />
        <tbody>
          {rows.map((row) => (
            <AttemptLine key={row.attemptNo} row={row} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function AttemptLine({ row }: { row: AttemptRow }) {
  const { messages, timeZone } = usePage();
  const { delivery: t, deliveries } = messages;
  const { attemptNo, at, statusCode, tookMs, error, responseHead } = row;
  const answer =
    statusCode !== null ? `HTTP ${statusCode}` : webhookErrorText(error ?? deliveries.noAnswer, messages);
  return (
    <tr>
      <th scope="row" data-label={t.attemptNo}>
        {attemptNo}
      </th>
      <td data-label={t.attemptAt}>{dateTimeSeconds(at, timeZone)}</td>
      <td data-label={deliveries.answer} data-wrap="anywhere">
        {answer}
      </td>
      <td data-label={deliveries.took}>{tookMs === null ? '—' : deliveries.ms(wholeMs(tookMs))}</td>
      <td data-label={t.answerText} data-wrap="anywhere">
        {responseHead === null ? (
          '—'
        ) : (
          <details>
            <summary>{t.showAnswer(attemptNo)}</summary>
            <pre class="wire-text">{responseHead}</pre>
          </details>
        )}
      </td>
    </tr>
  );
}
