/** What an order costs and earns, by EC-CUBE's rules (whole yen): taxes of lines, totals, the tax of each rate, points. */
import type { Line, Order } from './order-model.ts';

export type Rates = {
  /** 1 half away from zero, 2 down, 3 up. */
  readonly rounding: number;
  /** Percent of fees, charges and taxed discounts. */
  readonly usual: number;
  /** Percent that is given in points. */
  readonly points: number;
  /** Yen that a point is worth. */
  readonly worth: number;
};

export type Money = {
  readonly subtotal: number;
  readonly discount: number;
  readonly fee: number;
  readonly charge: number;
  readonly tax: number;
  readonly total: number;
  readonly add: number;
  /** Percent → total with tax, and its tax. */
  readonly byRate: readonly (readonly [rate: number, total: number, tax: number])[];
};

/** n / d as a whole number. */
function whole(n: number, d: number, rounding: number): number {
  const [top, under] = [BigInt(n), BigInt(d)];
  const [size, sign] = [top < 0n ? -top : top, top < 0n ? -1 : 1];
  const [cut, rest] = [size / under, size % under];
  const isUp = rounding === 1 ? rest * 2n >= under : rest > 0n && (rounding === 3) === sign > 0;
  return Number(cut + (isUp ? 1n : 0n)) * sign || 0;
}

type Priced = {
  readonly line: Line;
  readonly rate: number;
  readonly withTax: number;
  readonly count: number;
};

function priced(line: Line, { rounding, usual }: Rates): Priced {
  const count = line.kind === 'product' ? line.quantity : 1;
  const rate = line.kind === 'product' ? line.rate : usual;
  if (line.kind === 'discount' && !line.taxed) return { line, rate: 0, withTax: line.price, count };
  // Fees and charges are given with their tax.
  const tax = line.kind === 'fee' || line.kind === 'charge' ? 0 : whole(line.price * rate, 100, rounding);
  return { line, rate, withTax: line.price + tax, count };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

export function moneyOf(
  rates: Rates,
  { lines, used, isMember }: Pick<Order, 'lines' | 'used' | 'isMember'>,
): Money {
  const all = lines.map((line) => priced(line, rates));
  const costOf = (holds: (one: Priced) => boolean) =>
    sum(all.filter(holds).map(({ withTax, count }) => withTax * count));
  const points = isMember ? used * rates.worth : 0;
  const isUntaxed = ({ line }: Priced) => line.kind === 'discount' && !line.taxed;
  const untaxed = costOf(isUntaxed) - points;
  const taxed = all.filter((one) => !isUntaxed(one));
  const taxedTotal = costOf((one) => taxed.includes(one));
  const byRate = [...new Set(taxed.map(({ rate }) => rate))]
    .sort((a, b) => a - b)
    .map((rate) => {
      const own = costOf((one) => taxed.includes(one) && one.rate === rate);
      if (taxedTotal === 0) return [rate, 0, 0] as const;
      // What is taken off untaxed is shared out by the rates' parts of what is taxed.
      const [n, d] = [own * (taxedTotal + untaxed), taxedTotal];
      const [top, under] = d < 0 ? [-n, -d] : [n, d];
      return [
        rate,
        whole(top, under, rates.rounding),
        whole(top * rate, under * (100 + rate), rates.rounding),
      ] as const;
    });
  const kind = (name: Line['kind']) => costOf(({ line }) => line.kind === name);
  const ofPieces = all
    .filter(({ line }) => line.kind === 'product' || line.kind === 'discount')
    .map(({ line, count }) => whole(line.price * rates.points, 100, 1) * count);
  const earned = sum(ofPieces) + whole(-points * rates.points, 100, 1);
  return {
    subtotal: kind('product'),
    discount: -(kind('discount') - points) || 0,
    fee: kind('fee'),
    charge: kind('charge'),
    tax: sum(byRate.map(([, , tax]) => tax)),
    total: taxedTotal + untaxed,
    add: isMember ? Math.max(0, earned) : 0,
    byRate,
  };
}
