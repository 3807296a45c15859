/** One product class as a caller gives it, judged and turned into what is stored. */

import { formMessages } from '../../../shop/forms/messages.ts';
import { formText, priceText } from '../../../shop/forms/prepare.ts';
import { readPrice } from '../../../shop/price.ts';
import type { FieldValue } from '../../../shop/rows/write.ts';
import type { Fault } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { rowId, withoutNul } from '../arguments.ts';
import { faultAt, fieldPath } from '../form-faults.ts';
import type { Stock } from '../stock/stock.ts';
import type { ClassMasters } from './class-masters.ts';
import type { ProductClassValues } from './product-input.ts';

/** Fields of `ProductClass` as they are stored; what is absent stays as it is. */
export type ClassChange = {
  readonly place: string;
  readonly ClassCategory1: number | null;
  readonly ClassCategory2: number | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** undefined: stays as it is. */
  readonly stock: Stock | undefined;
  /** Percent; null: the shop's own; undefined: stays as it is. */
  readonly taxRate: number | null | undefined;
  readonly visible: boolean;
};

const MOST_CHARACTERS = 255;
const HIGHEST_STOCK = 2_147_483_647;

/** Reads one class, and says of every field what is wrong with it. */
export class ClassReader {
  readonly faults: Fault[] = [];
  readonly #context: MutationContext;
  readonly #masters: ClassMasters;
  readonly #place: string;
  readonly #values: ProductClassValues;

  constructor(context: MutationContext, masters: ClassMasters, place: string, values: ProductClassValues) {
    this.#context = context;
    this.#masters = masters;
    this.#place = place;
    this.#values = values;
  }

  read(): ClassChange {
    const { class_category_id1: first, class_category_id2: second, tax_rate: taxRate } = this.#values;
    const fields = {
      ...this.#given('code', () => this.#code()),
      ...this.#given('price01', (text) => this.#price('price01', text as string | null)),
      ...this.#given('price02', (text) =>
        this.#needed('price02', this.#price('price02', text as string | null)),
      ),
      ...this.#given('delivery_fee', (text) => this.#price('delivery_fee', text as string | null)),
      ...this.#given('sale_limit', (limit) => this.#saleLimit(limit as number | null)),
      ...this.#given(
        'sale_type_id',
        (id) => this.#needed('sale_type_id', this.#choice('sale_type_id', 'SaleType', id as string | null)),
        'SaleType',
      ),
      ...this.#given(
        'delivery_duration_id',
        (id) => this.#choice('delivery_duration_id', 'DeliveryDuration', id as string | null),
        'DeliveryDuration',
      ),
    };
    return {
      place: this.#place,
      ClassCategory1: this.#choice('class_category_id1', 'ClassCategory', first ?? null),
      ClassCategory2: this.#choice('class_category_id2', 'ClassCategory', second ?? null),
      fields,
      stock: this.#stock(),
      taxRate: this.#taxRate(taxRate),
      visible: this.#values.visible ?? true,
    };
  }

  #given(
    name: keyof ProductClassValues,
    read: (value: ProductClassValues[keyof ProductClassValues]) => FieldValue,
    field: string = name,
  ): Record<string, FieldValue> {
    const value = this.#values[name];
    return value === undefined ? {} : { [field]: read(value) };
  }

  #fault(name: string, text: { readonly ja: string; readonly en: string }, code?: Fault['code']): null {
    this.faults.push(faultAt(fieldPath(this.#place, name), text[this.#context.locale], code));
    return null;
  }

  #needed(name: string, value: FieldValue): FieldValue {
    const isFaulty = this.faults.some(({ field }) => field === fieldPath(this.#place, name));
    return value === null && !isFaulty ? this.#fault(name, formMessages.blank) : value;
  }

  #code(): string | null {
    const code = formText(withoutNul(this.#values.code ?? ''));
    return code !== null && [...code].length > MOST_CHARACTERS
      ? this.#fault('code', formMessages.tooLong(MOST_CHARACTERS))
      : code;
  }

  /** Commas and full-width digits are taken, as in the form; an amount that would have to be rounded is not. */
  #price(name: string, given: string | null): string | null {
    const text = formText(given);
    if (text === null) return null;
    const read = readPrice(priceText(text), this.#context.currency);
    if ('price' in read) return read.price;
    return this.#fault(
      name,
      read.fault === 'range' ? formMessages.between(0, HIGHEST_STOCK) : formMessages.money,
    );
  }

  #saleLimit(limit: number | null): number | null {
    return limit !== null && limit < 1 ? this.#fault('sale_limit', formMessages.atLeast(1)) : limit;
  }

  #choice(name: string, entity: keyof ClassMasters['choices'], id: string | null): number | null {
    if (id === null) return null;
    const key = rowId(id);
    return this.#masters.choices[entity].has(key) ? key : this.#fault(name, formMessages.choice, 'NOT_FOUND');
  }

  #stock(): Stock | undefined {
    const { stock, stock_unlimited: unlimited } = this.#values;
    if (unlimited === true) {
      if (typeof stock === 'number') this.#fault('stock', formMessages.stockNeeded);
      return { stock: null, stock_unlimited: true };
    }
    if (stock === undefined && unlimited === undefined) return undefined;
    if (typeof stock !== 'number') {
      this.#fault('stock', formMessages.stockNeeded);
      return undefined;
    }
    if (stock < 0) this.#fault('stock', formMessages.digits, 'STOCK_NEGATIVE');
    return { stock, stock_unlimited: false };
  }

  #taxRate(rate: number | null | undefined): number | null | undefined {
    if (typeof rate !== 'number') return rate;
    if (!this.#masters.hasOwnTaxRates) return this.#fault('tax_rate', formMessages.ownTaxOff);
    return rate < 0 || rate > 100 ? this.#fault('tax_rate', formMessages.between(0, 100)) : rate;
  }
}
