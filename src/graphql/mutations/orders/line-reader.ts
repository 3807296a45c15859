/** One line of an order: what a caller gives of it, completed by what is stored or by the product class. */
import { formMessages } from '../../../shop/forms/messages.ts';
import { formText, priceText } from '../../../shop/forms/prepare.ts';
import { ITEM_TYPE, lineTax, TAX_TYPE, taxDisplayOf } from '../../../shop/order-totals.ts';
import { readPrice } from '../../../shop/price.ts';
import type { FieldValue } from '../../../shop/rows/write.ts';
import type { TaxRule } from '../../../shop/store/tax-rules.ts';
import type { Locale, Text } from '../../../shop/text.ts';
import type { Fault } from '../../errors.ts';
import { verdictOn } from '../argument-verdict.ts';
import { rowId, withoutNul } from '../arguments.ts';
import type { Given } from '../customers/person-form.ts';
import { faultAt, fieldPath } from '../form-faults.ts';
import type { OrderedClass, OrderedClasses } from './ordered-classes.ts';
import { type ItemFields, lineOf, typeOf } from './stored-order.ts';

/** A line that the order will have. */
export type PlannedItem = {
  /** undefined: a new one. */
  readonly id: number | undefined;
  /** Of its shipping among those that the order will have; null: it belongs to the whole order. */
  readonly place: number | null;
  /** All that decides what it costs; of a new one all that is stored, apart from the shipping. */
  readonly fields: ItemFields;
  /** Where the caller gave it. */
  readonly input: string;
};

type LineInput = {
  readonly locale: Locale;
  readonly currency: string;
  readonly classes: OrderedClasses;
  readonly shippings: number;
  readonly place: string;
  readonly given: Given;
  readonly row: ItemFields | undefined;
  readonly storedPlace: number | null | undefined;
};

const NAMES: Readonly<Record<number, string>> = {
  [ITEM_TYPE.deliveryFee]: '送料',
  [ITEM_TYPE.charge]: '手数料',
  [ITEM_TYPE.discount]: '値引き',
};
const MOST_CHARACTERS = 200;
const MOST_PIECES = 999_999_999;
const HIGHEST_PRICE = 2_147_483_647;

export class LineReader {
  readonly faults: Fault[] = [];
  readonly #input: LineInput;
  #class: OrderedClass | undefined;

  constructor(input: LineInput) {
    this.#input = input;
  }

  read(): PlannedItem {
    const { row, place } = this.#input;
    const type = this.#type();
    if (type === ITEM_TYPE.product && !row) this.#class = this.#chosenClass();
    const shipping = this.#shipping(type);
    const bare = { ...row, ...this.#class?.fields, ...this.#values(type) };
    const isSame =
      row && ['price', 'tax_rate', 'TaxType'].every((name) => Number(row[name]) === Number(bare[name]));
    const fields = isSame ? bare : { ...bare, tax: Number(lineTax(lineOf(bare))) };
    return { id: row ? Number(row.id) : undefined, place: shipping, fields, input: place };
  }

  #fault(name: string, text: Text | string, code?: Fault['code']): undefined {
    const said = typeof text === 'string' ? text : text[this.#input.locale];
    this.faults.push(faultAt(fieldPath(this.#input.place, name), said, code));
  }

  #values(type: number): Record<string, FieldValue> {
    const { row } = this.#input;
    const taxType = this.#taxType(type);
    const isTaxed = taxType === TAX_TYPE.taxed;
    const rule = this.#class?.rule ?? this.#input.classes.shopRule;
    return {
      OrderItemType: type,
      product_name: this.#name(type),
      price: this.#price(type),
      quantity: this.#quantity(type),
      tax_rate: isTaxed ? this.#taxRate(rule) : 0,
      TaxType: taxType,
      TaxDisplayType: row?.TaxDisplayType ?? taxDisplayOf(type),
      RoundingType: isTaxed ? (row?.RoundingType ?? rule?.rounding_type_id ?? 1) : null,
      ...(!row && { tax_adjust: 0 }),
    };
  }

  #type(): number {
    const { row, given } = this.#input;
    const id = given.order_item_type_id;
    const type = typeof id === 'string' ? rowId(id) : row ? typeOf(row) : ITEM_TYPE.product;
    const isKnown = type >= ITEM_TYPE.product && type <= ITEM_TYPE.discount;
    if (isKnown && (!row || typeOf(row) === type)) return type;
    this.#fault('order_item_type_id', formMessages.choice);
    return row ? typeOf(row) : ITEM_TYPE.product;
  }

  #chosenClass(): OrderedClass | undefined {
    const { given, classes } = this.#input;
    const name = typeof given.product_code === 'string' ? 'product_code' : 'product_class_id';
    if (given.product_class_id == null && given.product_code == null)
      return this.#fault(name, formMessages.blank);
    const chosen = verdictOn(() => classes.of(given));
    if (chosen.ok) return chosen.value ?? this.#fault(name, 'No ProductClass found', 'NOT_FOUND');
    const { message, faults } = chosen.error;
    return this.#fault(name, faults[0]?.text ?? message, faults[0]?.code);
  }

  #name(type: number): string | null {
    const { given, row } = this.#input;
    const stored = row ? row.product_name : (this.#class?.fields.product_name ?? NAMES[type]);
    const name =
      given.product_name === undefined
        ? formText(stored as string | null)
        : formText(withoutNul(String(given.product_name ?? '')));
    const isFaulty = type === ITEM_TYPE.product && !row && !this.#class;
    if (name === null && !isFaulty) this.#fault('product_name', formMessages.blank);
    if (name !== null && given.product_name !== undefined && [...name].length > MOST_CHARACTERS) {
      this.#fault('product_name', formMessages.tooLong(MOST_CHARACTERS));
    }
    return name;
  }

  /** Commas and full-width digits are taken, as in the form; an amount that would have to be rounded is not. */
  #price(type: number): FieldValue {
    const { given, row, currency } = this.#input;
    if (given.price === undefined) {
      const price = row?.price ?? this.#class?.price;
      if (price === undefined && type !== ITEM_TYPE.product) this.#fault('price', formMessages.blank);
      return price ?? '0';
    }
    const text = priceText(formText(given.price as string | null) ?? '');
    const [, sign = '', size = ''] = /^([-−]?)(.*)$/s.exec(text) ?? [];
    const read = readPrice(size, currency);
    if (text === '') this.#fault('price', formMessages.blank);
    else if ('fault' in read) {
      this.#fault(
        'price',
        read.fault === 'range' ? formMessages.between(0, HIGHEST_PRICE) : formMessages.money,
      );
    } else return this.#signed(type, read.price, sign !== '');
    return '0';
  }

  #signed(type: number, price: string, isNegative: boolean): string {
    if (/^[0.]+$/.test(price)) return price;
    const isDiscount = type === ITEM_TYPE.discount;
    if (isDiscount !== isNegative)
      this.#fault('price', isDiscount ? formMessages.atMost(0) : formMessages.atLeast(0));
    return isNegative ? `-${price}` : price;
  }

  #quantity(type: number): FieldValue {
    const { given, row } = this.#input;
    const quantity = given.quantity as number | null | undefined;
    if (quantity === undefined && row) return row.quantity ?? 0;
    if (quantity === undefined && type !== ITEM_TYPE.product) return 1;
    if (typeof quantity !== 'number') this.#fault('quantity', formMessages.blank);
    else if (quantity < 0 || quantity > MOST_PIECES)
      this.#fault('quantity', formMessages.between(0, MOST_PIECES));
    return quantity ?? 0;
  }

  #taxType(type: number): number {
    const { given, row } = this.#input;
    const id = given.tax_type_id;
    if (typeof id !== 'string') return Number(row?.TaxType ?? TAX_TYPE.taxed);
    const isUntaxed = rowId(id) === TAX_TYPE.untaxed && type === ITEM_TYPE.discount;
    if (rowId(id) !== TAX_TYPE.taxed && !isUntaxed) this.#fault('tax_type_id', formMessages.choice);
    return isUntaxed ? TAX_TYPE.untaxed : TAX_TYPE.taxed;
  }

  #taxRate(rule: TaxRule | undefined): FieldValue {
    const { given, row } = this.#input;
    const rate = given.tax_rate as number | null | undefined;
    const isStoredTaxed = row !== undefined && Number(row.TaxType) === TAX_TYPE.taxed;
    if (rate === undefined && isStoredTaxed) return row.tax_rate ?? 0;
    if (typeof rate !== 'number') return Number(rule?.tax_rate ?? 0);
    if (rate < 0 || rate > 100) this.#fault('tax_rate', formMessages.between(0, 100));
    return rate;
  }

  /** Products and delivery fees belong to a shipping: the first, unless another is named. */
  #shipping(type: number): number | null {
    const { given, row, storedPlace, shippings } = this.#input;
    const place = given.shipping as number | null | undefined;
    const isOfShipping = type === ITEM_TYPE.product || type === ITEM_TYPE.deliveryFee;
    if (place == null) {
      if (row)
        return storedPlace === undefined
          ? (this.#fault('shipping', formMessages.choice) ?? null)
          : storedPlace;
      return isOfShipping ? 0 : null;
    }
    if (!isOfShipping || place < 0 || place >= shippings) this.#fault('shipping', formMessages.choice);
    return place;
  }
}
