/** The stock behind the lines of an order. */
import { formMessages } from '../../../shop/forms/messages.ts';
import type { MutationContext } from '../../mutation.ts';
import { faultAt, throwFaults } from '../form-faults.ts';
import { keepMoves, lockStock, type StockedClass, stockOf, writeStock } from '../stock/stock.ts';
import { type ItemFields, isProductLine } from './stored-order.ts';

/** Product class → pieces. */
export type Pieces = ReadonlyMap<number, number>;

export function piecesOf(items: readonly ItemFields[]): Pieces {
  const pieces = new Map<number, number>();
  for (const item of items.filter(isProductLine)) {
    if (item.ProductClass == null) continue;
    const id = Number(item.ProductClass);
    pieces.set(id, (pieces.get(id) ?? 0) + Number(item.quantity));
  }
  return pieces;
}

/** What is taken beyond what was taken before; negative: given back. */
export const difference = (before: Pieces, after: Pieces): Pieces =>
  new Map(
    [...new Set([...before.keys(), ...after.keys()])]
      .map((id) => [id, (after.get(id) ?? 0) - (before.get(id) ?? 0)] as const)
      .filter(([, pieces]) => pieces !== 0),
  );

export type Taker = {
  /** Why, for the history of stock. */
  readonly reason: string;
  /** undefined for an order that has no number yet. */
  readonly orderId: number | undefined;
  /** The line of a class: where the caller gave it, and its name. */
  lineOf(classId: number): { readonly place: string; readonly name: string };
};

export type LockedPieces = ReadonlyMap<number, StockedClass>;

/** Locks the stock, and throws for every class that has not enough. Classes that are gone have nothing to move. */
export async function lockPieces(
  context: MutationContext,
  taken: Pieces,
  { lineOf }: Pick<Taker, 'lineOf'>,
): Promise<LockedPieces> {
  if (taken.size === 0) return new Map();
  const classes = await lockStock(context, [...taken.keys()]);
  const faults = [...taken].flatMap(([id, pieces]) => {
    const row = classes.get(id);
    if (!row || row.stock_unlimited || pieces < 0 || (stockOf(row) ?? 0) >= pieces) return [];
    const { place, name } = lineOf(id);
    return [faultAt(place, formMessages.stockLacking(name)[context.locale], 'STOCK_NEGATIVE')];
  });
  throwFaults(faults);
  return classes;
}

/** Of classes sold without limit nothing is written. */
export async function movePieces(
  context: MutationContext,
  classes: LockedPieces,
  taken: Pieces,
  { reason, orderId }: Pick<Taker, 'reason' | 'orderId'>,
): Promise<void> {
  const why = { reason, reference: orderId === undefined ? null : `order ${orderId}` };
  const moves: Parameters<typeof keepMoves>[1][number][] = [];
  for (const [id, row] of classes) {
    if (row.stock_unlimited) continue;
    const stock = (stockOf(row) ?? 0) - (taken.get(id) ?? 0);
    moves.push([await writeStock(context, row, { stock, stock_unlimited: false }), why]);
  }
  await keepMoves(context, moves);
}
