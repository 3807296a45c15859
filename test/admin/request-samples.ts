/** リクエスト of a client with believable props: unused, in use, filtered, without a log. */
import type { TabbedClient } from '../../src/admin/clients/client-tabs.tsx';
import { type ClientRequestsProps, clientRequestsPage } from '../../src/admin/clients/requests/requests.tsx';
import { hourBars } from '../../src/admin/clients/requests/use-chart.tsx';
import type { AdminContext } from '../../src/admin/ui/context.ts';
import type { CallRow } from '../../src/oauth/store/api-calls.ts';

const NOW = 1_795_449_600; // 2026-11-24 01:00 in Tokyo
const HOUR = 3_600;

const hour = (index: number, busy: boolean) => {
  const calls = busy ? (index * 37) % 90 : 0;
  const idle = calls === 0;
  return {
    hourAt: NOW - (23 - index) * HOUR,
    calls,
    errors: Math.floor(calls / 12),
    averageMs: idle ? null : 12,
    medianMs: idle ? null : 10,
    mostWithinMs: idle ? null : index === 9 ? null : 50,
  };
};

const hours = (busy: boolean) =>
  hourBars(
    Array.from({ length: 24 }, (_, index) => hour(index, busy)),
    'Asia/Tokyo',
  );

const call = (n: number, rest: Partial<CallRow> = {}): CallRow => ({
  requestId: `9f3b2c1a7e0000${n.toString(16).padStart(2, '0')}`,
  clientId: '7f8d4ed18cccc0cd8ea03036f8f02d55',
  calledAt: NOW - n * 7,
  operation: 'StockOfAllWarehouses',
  fields: 'products',
  status: 200,
  ms: 12 + n,
  cost: 121,
  errorCode: null,
  ...rest,
});

const CALLS: readonly CallRow[] = [
  call(1),
  call(2, { operation: '', fields: 'products orders customers', cost: 4_021 }),
  call(3, { status: 429, errorCode: 'THROTTLED', fields: '', operation: '', cost: 1 }),
  call(4, { errorCode: 'Invalid argument', operation: 'UpdateShippingOfTheOrderManagerNumber2' }),
];

const NO_FILTER = { outcome: '', operation: '', requestId: '' };

export function requestSamples(context: AdminContext, client: TabbedClient): [string, string][] {
  const none = { rows: [], next: undefined };
  const usual: ClientRequestsProps = {
    client,
    span: 'hours',
    use: hours(true),
    filter: NO_FILTER,
    calls: { rows: CALLS, next: { at: NOW, id: '9f3b2c1a7e000001' } },
    older: false,
    days: 30,
  };
  const page = (name: string, props: Partial<ClientRequestsProps>): [string, string] => [
    `client-requests${name}`,
    clientRequestsPage(context, { ...usual, ...props }),
  ];
  return [
    page('', {}),
    page('-unused', { use: hours(false), calls: none }),
    page('-none', { filter: { ...NO_FILTER, outcome: '503' }, calls: none, older: true }),
    page('-no-log', { days: 0, calls: none }),
  ];
}
