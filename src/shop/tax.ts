/**
 * Taxes as EC-CUBE computes them (docs/eccube/database.md, Taxes), in whole numbers: an amount is a count of hundredths, a
 * share is a fraction, and nothing is rounded before the end.
 */

/** A decimal column as the database gives it: text, or a number on SQLite. */
export type Decimal = string | number;

export type TaxTerms = {
  readonly tax_rate: Decimal;
  readonly tax_adjust: Decimal;
  /** `mtb_rounding_type`: 1 half away from zero, 2 down, 3 up. */
  readonly rounding_type_id: number | null;
};

const [HALF_AWAY, DOWN] = [1, 2];

/** The price with the tax on it, as digits. The tax is rounded to whole units of the currency, as EC-CUBE does. */
export function priceWithTax(price: Decimal, terms: TaxTerms): string {
  const net = hundredths(price);
  const tax = rounded(net * hundredths(terms.tax_rate), 1_000_000n, terms.rounding_type_id);
  return decimalText(net + tax * 100n + hundredths(terms.tax_adjust));
}

/** What a line of an order says for the taxes of the order. */
export type TaxLine = {
  readonly price: Decimal;
  readonly tax: Decimal;
  readonly quantity: Decimal;
  readonly tax_rate: Decimal;
  readonly tax_type_id: number | null;
  readonly tax_display_type_id: number | null;
  readonly rounding_type_id: number | null;
  readonly order_item_type_id: number | null;
};

export type RateTotal = {
  readonly tax_rate: string;
  /** With the tax, less the rate's share of what was taken off untaxed. */
  readonly total: string;
  /** The total without its tax. */
  readonly taxable: string;
  readonly tax: string;
};

const TAXED = 1; // mtb_tax_type
const WITH_TAX = 2; // mtb_tax_display_type
const [DISCOUNT, POINT] = [4, 6]; // mtb_order_item_type

/**
 * The totals of an order by tax rate, the lowest first. Discounts and points without tax are shared out by the rates' parts of
 * the taxed total; a rate's rounding is that of its last line, and a rate without one is left out, as EC-CUBE does.
 */
export function totalsByRate(lines: readonly TaxLine[]): RateTotal[] {
  const taxed = lines.filter(({ tax_type_id }) => tax_type_id === TAXED);
  const total = sumOf(taxed);
  const untaxed = sumOf(lines.filter(isUntaxedDiscount));
  const kept = total - (untaxed < 0n ? -untaxed : untaxed);
  const byRate = [...Map.groupBy(taxed, ({ tax_rate }) => hundredths(tax_rate))];
  return byRate
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([rate, own]) => {
      const rounding = own.at(-1)?.rounding_type_id ?? null;
      return rounding === null ? [] : [rateTotal(rate, rounding, { numerator: sumOf(own) * kept, total })];
    });
}

function rateTotal(
  rate: bigint,
  rounding: number,
  { numerator, total }: { numerator: bigint; total: bigint },
): RateTotal {
  // The share is numerator / total, in hundredths; the tax in it rate / (100 + rate).
  const share = total === 0n ? 0n : rounded(numerator, total * 100n, rounding);
  const tax = total === 0n ? 0n : rounded(numerator * rate, total * 100n * (10_000n + rate), rounding);
  return {
    tax_rate: decimalText(rate),
    total: decimalText(share * 100n),
    taxable: decimalText((share - tax) * 100n),
    tax: decimalText(tax * 100n),
  };
}

const isUntaxedDiscount = ({ order_item_type_id, tax_type_id }: TaxLine): boolean =>
  order_item_type_id === POINT || (order_item_type_id === DISCOUNT && tax_type_id !== TAXED);

const sumOf = (lines: readonly TaxLine[]): bigint => lines.reduce((sum, line) => sum + lineTotal(line), 0n);

/** Hundredths; what the price lacks of its tax is added. */
function lineTotal({ price, tax, quantity, tax_display_type_id }: TaxLine): bigint {
  const each = hundredths(price) + (tax_display_type_id === WITH_TAX ? 0n : hundredths(tax));
  return (each * hundredths(quantity)) / 100n;
}

/** `1234.5` → 123450n; further decimals are in no column of the shop. */
export function hundredths(value: Decimal): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
  const amount = BigInt(`${whole}${fraction.slice(0, 2).padEnd(2, '0')}`);
  return sign === '-' ? -amount : amount;
}

/** 123450n → `1234.50` */
export function decimalText(amount: bigint): string {
  const text = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** A fraction as a whole number. What is no rounding type rounds up, as in EC-CUBE. */
function rounded(numerator: bigint, denominator: bigint, rounding: number | null): bigint {
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  if (rounding === HALF_AWAY) {
    const size = (2n * (n < 0n ? -n : n) + d) / (2n * d);
    return n < 0n ? -size : size;
  }
  const down = n < 0n ? -((-n + d - 1n) / d) : n / d;
  return rounding === DOWN || down * d === n ? down : down + 1n;
}
