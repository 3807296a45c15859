/** GET …/requests: how much a client uses the API, and its requests by a filter, from a place on. */
import { placeIn } from '../../../database/keyset.ts';
import { usePerDay, usePerHour } from '../../../oauth/overview.ts';
import { type CallFilter, listCalls } from '../../../oauth/store/api-calls.ts';
import { memberPage } from '../../exchange.ts';
import { sendPage } from '../../replies.ts';
import { queryOf } from '../../request.ts';
import type { ClientExchange } from '../one-client.ts';
import { clientRequestsPage, type RequestFilterValues } from './requests.tsx';
import { dayBars, hourBars } from './use-chart.tsx';

const CALLS_PER_PAGE = 50;

export async function showRequests(exchange: ClientExchange) {
  const { kit, client } = exchange;
  const { token, timeZone, requestLogDays } = kit.deps;
  const query = queryOf(exchange);
  const filter = valuesIn(query);
  const after = placeIn(query.get('after') ?? '');
  const span = query.get('span') === 'days' ? 'days' : 'hours';
  const reading = { ...token, timeZone };
  const { clientId } = client;
  const calls = await listCalls(token.store.db, {
    clientId,
    limit: CALLS_PER_PAGE,
    after,
    ...filterOf(filter),
  });
  const use =
    span === 'days'
      ? dayBars(await usePerDay(reading, clientId))
      : hourBars(await usePerHour(reading, clientId), timeZone);
  const props = {
    client,
    span,
    use,
    filter,
    calls,
    older: after !== undefined,
    days: requestLogDays,
  } as const;
  return sendPage(exchange, clientRequestsPage(await memberPage(exchange), props));
}

function valuesIn(query: URLSearchParams): RequestFilterValues {
  const text = (name: string) => (query.get(name) ?? '').trim().replaceAll('\0', '').slice(0, 64);
  return { outcome: text('outcome'), operation: text('operation'), requestId: text('request_id') };
}

/** What cannot be read filters nothing. */
function filterOf({ outcome, operation, requestId }: RequestFilterValues): CallFilter {
  return {
    ...((outcome === 'ok' || outcome === 'failed') && { outcome }),
    ...(/^[1-5]\d\d$/.test(outcome) && { status: Number(outcome) }),
    ...(operation !== '' && { operation }),
    ...(requestId !== '' && { requestId }),
  };
}
