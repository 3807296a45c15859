/** The lines of an order as a caller gives them, judged and turned into what is stored. */
import { ITEM_TYPE } from '../../../shop/order-totals.ts';
import { type Fault, InvalidArgument } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { rowId } from '../arguments.ts';
import type { Given } from '../customers/person-form.ts';
import { faultAt } from '../form-faults.ts';
import { LineReader, type PlannedItem } from './line-reader.ts';
import { MOST_ITEMS } from './order-input.ts';
import { readOrderedClasses } from './ordered-classes.ts';
import { type ItemFields, typeOf } from './stored-order.ts';

type Stored = {
  readonly items: readonly ItemFields[];
  /** Shipping → its place among those that the order will have. */
  readonly placeOf: ReadonlyMap<number, number>;
  /** How many shippings the order will have. */
  readonly shippings: number;
};

/** Types of lines that a caller writes; points are computed, and 税 is of older shops. */
const WRITTEN: readonly number[] = [
  ITEM_TYPE.product,
  ITEM_TYPE.deliveryFee,
  ITEM_TYPE.charge,
  ITEM_TYPE.discount,
];

/** All lines that the order will have, except that of points. */
export async function readItemValues(
  context: MutationContext,
  given: readonly Given[],
  stored: Stored,
): Promise<{ readonly planned: readonly PlannedItem[]; readonly faults: readonly Fault[] }> {
  if (given.length > MOST_ITEMS) {
    throw new InvalidArgument([faultAt('items', `At most ${MOST_ITEMS} rows are allowed`, 'LIMIT')]);
  }
  const classes = await readOrderedClasses(context, given);
  const rows = rowsOf(given, stored.items);
  const readers = given.map(
    (one, index) =>
      new LineReader({
        locale: context.locale,
        currency: context.currency,
        classes,
        shippings: stored.shippings,
        place: `items[${index}]`,
        given: one,
        row: rows[index],
        storedPlace: placed(rows[index], stored),
      }),
  );
  const planned = readers.map((reader) => reader.read());
  const faults = readers.flatMap((reader) => reader.faults);
  const kept = keptItems(
    stored.items.filter((row) => !isWritten(row)),
    stored,
  );
  return { planned: [...planned, ...kept], faults };
}

/** Lines that stay as they are; those of shippings that go are left out. Points are planned apart. */
export const keptItems = (rows: readonly ItemFields[], stored: Pick<Stored, 'placeOf'>): PlannedItem[] =>
  rows.flatMap((row) => {
    const place = placed(row, stored);
    if (typeOf(row) === ITEM_TYPE.point || place === undefined) return [];
    return [{ id: Number(row.id), place, fields: row, input: 'items' }];
  });

const isWritten = (row: ItemFields): boolean => WRITTEN.includes(typeOf(row));

/** null: the line belongs to the whole order; undefined: to a shipping that goes. */
function placed(
  row: ItemFields | undefined,
  { placeOf }: Pick<Stored, 'placeOf'>,
): number | null | undefined {
  if (row?.Shipping == null) return null;
  return placeOf.get(Number(row.Shipping));
}

/** The stored line that is meant at each place. */
function rowsOf(given: readonly Given[], items: readonly ItemFields[]): (ItemFields | undefined)[] {
  const seen = new Set<number>();
  return given.map(({ id }, index) => {
    if (typeof id !== 'string') return undefined;
    const row = items.find((one) => Number(one.id) === rowId(id) && isWritten(one));
    const path = `items[${index}].id`;
    if (!row) throw new InvalidArgument([faultAt(path, 'No OrderItem found', 'NOT_FOUND')]);
    if (seen.has(Number(row.id))) throw new InvalidArgument([faultAt(path, 'The line is named twice')]);
    seen.add(Number(row.id));
    return row;
  });
}
