/** 監査ログ: the page and its export, by the same filter. */
import { Readable } from 'node:stream';
import { kindsOf } from '../../audit/groups.ts';
import {
  type AuditFilter,
  clientChoices,
  eventBatches,
  exportEvents,
  pageOfEvents,
} from '../../security/audit-log.ts';
import { dayEnd, dayStart } from '../../shop/calendar.ts';
import { type MemberExchange, memberPage } from '../exchange.ts';
import type { PageRoutes } from '../page-routes.ts';
import { sendPage } from '../replies.ts';
import { queryOf } from '../request.ts';
import { type AuditFilterValues, auditPage } from './audit.tsx';
import { auditCsv } from './audit-csv.ts';

export function auditRoutes({ page }: PageRoutes): void {
  page('audit', show);
  page('auditExport', download);
}

async function show(exchange: MemberExchange) {
  const { kit } = exchange;
  const query = queryOf(exchange);
  const filter = valuesIn(query);
  const before = wholeNumber(query.get('before'));
  const found = await pageOfEvents(kit.deps.token, filterOf(filter, kit.deps.timeZone), before);
  const clients = await clientChoices(kit.deps.token);
  const props = { ...found, filter, clients, older: before !== undefined };
  return sendPage(exchange, auditPage(await memberPage(exchange), props));
}

async function download(exchange: MemberExchange) {
  const { kit, reply } = exchange;
  const query = queryOf(exchange);
  const filter = filterOf(valuesIn(query), kit.deps.timeZone);
  reply.header('cache-control', 'no-store');
  if (query.get('format') === 'csv') {
    const { messages, timeZone } = await memberPage(exchange);
    const lines = auditCsv(eventBatches(kit.deps.token, filter), messages, timeZone);
    return reply
      .header('content-disposition', 'attachment; filename="audit.csv"')
      .type('text/csv; charset=utf-8')
      .send(Readable.from(lines));
  }
  return reply
    .header('content-disposition', 'attachment; filename="audit.ndjson"')
    .type('application/x-ndjson; charset=utf-8')
    .send(Readable.from(exportEvents(kit.deps.token, filter)));
}

function valuesIn(query: URLSearchParams): AuditFilterValues {
  const text = (name: string) => (query.get(name) ?? '').trim().replaceAll('\0', '').slice(0, 255);
  return {
    q: text('q'),
    kind: text('kind'),
    client: text('client'),
    member: text('member'),
    from: text('from'),
    until: text('until'),
  };
}

/** What cannot be read filters nothing. */
function filterOf(
  { q, kind, client, member, from, until }: AuditFilterValues,
  timeZone: string,
): AuditFilter {
  const kinds = kindsOf(kind);
  const [start, end] = [dayStart(from, timeZone), dayEnd(until, timeZone)];
  return {
    ...(kinds && { kinds }),
    ...(q !== '' && { text: q }),
    ...(client !== '' && { clientId: client.slice(0, 32) }),
    ...(member !== '' && { loginId: member }),
    ...(start !== undefined && { from: start }),
    ...(end !== undefined && { until: end }),
  };
}

const wholeNumber = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
