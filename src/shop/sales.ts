/** The shop's sales a day, as EC-CUBE's home page counts them: by the day of the order in the shop's time zone. */
import { type OffsetSpan, offsetSpans } from './calendar.ts';
import type { ShopStore } from './rows/select.ts';
import { groupNames, lineSales, orderSales, type SalesGroupKind, type SalesPart } from './store/sales.ts';
import { decimalText, hundredths } from './tax.ts';

export type Sales = {
  readonly orders: number;
  /** Digits. */
  readonly turnover: string;
  readonly items: number;
};

export type SalesGroup = Sales & {
  readonly id: number | null;
  readonly name: string | null;
  readonly code: string | null;
};

export type SalesDay = Sales & { readonly date: string; readonly groups: readonly SalesGroup[] | null };

export type SalesSpan = {
  /** Days of the shop, the first one first. */
  readonly days: readonly string[];
  /** Seconds: from the start of the first day to the end of the last. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
};

/** Rows of groups that are read at the most. */
const MOST_GROUPS = 50_000;

/** Every day is there, also one without orders; undefined = more groups than are read. */
export async function dailySales(
  store: ShopStore,
  { days, from, to, timeZone }: SalesSpan,
  by: SalesGroupKind | undefined,
): Promise<SalesDay[] | undefined> {
  const spans = offsetSpans(from, to, timeZone);
  const ofOrder = by === 'STATUS' || by === 'PAYMENT' ? by : undefined;
  const ofLines = ofOrder ? undefined : by;
  const [totals, groups, names] = await Promise.all([
    orderParts(store, spans, ofOrder),
    ofLines ? lineParts(store, spans, ofLines) : [],
    ofOrder ? groupNames(store, ofOrder) : undefined,
  ]);
  if (groups.length > MOST_GROUPS) return undefined;
  const named = names && totals.map((part) => ({ ...part, name: names.get(part.id ?? 0) ?? null }));
  const [ofDay, groupsOfDay] = [byDay(totals), byDay(named ?? groups)];
  return days.map((date) => ({
    date,
    ...summed(ofDay.get(date) ?? []),
    groups: by ? grouped(groupsOfDay.get(date) ?? [], by) : null,
  }));
}

async function orderParts(
  store: ShopStore,
  spans: readonly OffsetSpan[],
  by: 'STATUS' | 'PAYMENT' | undefined,
): Promise<SalesPart[]> {
  const read = spans.flatMap((span) => [
    orderSales(store, span, by),
    lineSales(store, span, by, MOST_GROUPS).then((parts) =>
      parts.map((part) => ({ ...part, orders: 0, turnover: 0n, name: null, code: null })),
    ),
  ]);
  return (await Promise.all(read)).flat();
}

async function lineParts(
  store: ShopStore,
  spans: readonly OffsetSpan[],
  by: SalesGroupKind,
): Promise<SalesPart[]> {
  const read = spans.map((span) => lineSales(store, span, by, MOST_GROUPS + 1));
  const parts = (await Promise.all(read)).flat();
  return by === 'PRODUCT_CLASS' ? parts : parts.map((part) => ({ ...part, code: null }));
}

const byDay = (parts: readonly SalesPart[]): Map<string, SalesPart[]> => Map.groupBy(parts, ({ day }) => day);

const summed = (parts: readonly SalesPart[]): Sales => ({
  orders: parts.reduce((sum, { orders }) => sum + orders, 0),
  turnover: decimalText(parts.reduce((sum, { turnover }) => sum + turnover, 0n)),
  items: parts.reduce((sum, { items }) => sum + items, 0),
});

/** Statuses and ways to pay by their id, products by what they brought; a thing's parts may come from several stretches. */
function grouped(parts: readonly SalesPart[], by: SalesGroupKind): SalesGroup[] {
  const groups = [...Map.groupBy(parts, ({ id }) => id)].map(([id, own]) => {
    const [first] = own;
    return { id, name: first?.name ?? null, code: first?.code ?? null, ...summed(own) };
  });
  const byId = (a: SalesGroup, b: SalesGroup): number => (a.id ?? Infinity) - (b.id ?? Infinity);
  if (by === 'STATUS' || by === 'PAYMENT') return groups.sort(byId);
  const rank = ({ turnover }: SalesGroup): bigint => hundredths(turnover);
  return groups.sort((a, b) => (rank(a) === rank(b) ? byId(a, b) : rank(a) < rank(b) ? 1 : -1));
}
