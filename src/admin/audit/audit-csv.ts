/** The audit log as a table for spreadsheets: UTF-8 with its mark, which Excel asks for, and no cell that is a formula. */

import { isFailure } from '../../audit/groups.ts';
import type { ListedEvent } from '../../security/audit-log.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import { dateTimeSeconds } from '../ui/time.ts';
import { eventFacts } from './event-words.ts';

/** As many as a spreadsheet opens without trouble. */
export const CSV_ROWS_MAX = 100_000;

const BYTE_ORDER_MARK = '\ufeff';

export async function* auditCsv(
  batches: AsyncIterable<readonly ListedEvent[]>,
  messages: Messages,
  timeZone: string,
): AsyncGenerator<string> {
  const { audit: t, common } = messages;
  const heads = [t.when, t.outcome, t.what, t.details, t.client, t.clientId, t.who, t.ip, common.requestId];
  yield BYTE_ORDER_MARK + line(heads);
  let left = CSV_ROWS_MAX;
  for await (const batch of batches) {
    const shown = batch.slice(0, left);
    left -= shown.length;
    yield shown.map((event) => line(cellsOf(event, messages, timeZone))).join('');
    if (left === 0) return;
  }
}

const cellsOf = (event: ListedEvent, messages: Messages, timeZone: string): string[] => {
  const { audit: t, events } = messages;
  return [
    dateTimeSeconds(event.occurredAt, timeZone),
    isFailure(event.kind) ? t.failure : t.success,
    events[event.kind] ?? event.kind,
    eventFacts(event.detail, messages).join(' / '),
    event.client?.name ?? '',
    event.clientId ?? '',
    event.loginId ?? '',
    event.clientIp ?? '',
    event.requestId ?? '',
  ];
};

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** RFC 4180 §2; what a spreadsheet would compute gets an apostrophe before it. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
