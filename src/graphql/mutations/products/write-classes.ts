/**
 * Makes the classes of a product what a caller wants them to be, as EC-CUBE's class matrix does: what is named is there and
 * shown, what is not named is hidden and keeps its row, because orders lead to it. On other axes than before the old rows
 * go, as 商品規格を初期化 does, and are refused to go while an order or a cart holds one. The class without axes, which
 * every product has, is hidden while there are others.
 */
import { formMessages } from '../../../shop/forms/messages.ts';
import { differing } from '../../../shop/rows/differing.ts';
import { addRow, deleteRows, insertRow, readRows, updateRows } from '../../../shop/rows/write.ts';
import { InvalidArgument } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { refuseInUse } from '../catalogue/deletion.ts';
import { faultAt, fieldPath } from '../form-faults.ts';
import { keepMoves, lockStock, writeStock } from '../stock/stock.ts';
import { type ClassMasters, lockClasses, type StoredClass } from './class-masters.ts';
import type { ClassChange } from './class-values.ts';
import { writeOwnTax } from './own-tax.ts';
import { type Axes, axesOf, type ClassPlan, combinationOf, sameAxes } from './read-classes.ts';

type Target = {
  readonly context: MutationContext;
  readonly masters: ClassMasters;
  readonly productId: number;
  readonly place: string | undefined;
};

const USUAL_SALE_TYPE = 1;

/** Whether anything was changed. Throws InvalidArgument. */
export async function writeClasses(target: Target, plan: ClassPlan): Promise<boolean> {
  const { context, productId } = target;
  const stored = await lockOwnClasses(context, productId);
  const others = stored.filter((row) => !isUnaxed(row) && !sameAxes(rowAxes(target, row), plan.axes));
  if (plan.keepsOthers && others.length > 0) {
    if (plan.axes.first !== null) throw mixed(target, plan);
    return changeDefault(target, stored, plan);
  }
  let changed = await removeClasses(target, others);
  const kept = stored.filter((row) => !others.includes(row));
  if (stored.length === 0) await addDefault(target, plan);
  const byCombination = new Map(kept.map((row) => [combinationOf(keysOf(row)), row]));
  for (const change of plan.classes) {
    const row = byCombination.get(combinationOf(change));
    byCombination.delete(combinationOf(change));
    const wrote = row ? await changeClass(target, row, change) : await addClass(target, kept, change);
    changed ||= wrote;
  }
  for (const row of byCombination.values()) {
    if (row.visible !== true || (plan.keepsOthers && !isUnaxed(row))) continue;
    await updateRows(context, 'ProductClass', { id: Number(row.id) }, { visible: false });
    changed = true;
  }
  return changed;
}

const mixed = ({ context, place }: Target, { classes }: ClassPlan): InvalidArgument =>
  new InvalidArgument([
    faultAt(classes[0]?.place ?? fieldPath(place, 'classes'), formMessages.mixedAxes[context.locale]),
  ]);

/** The class without axes of a product that is sold by others: it stays as hidden as it is. */
async function changeDefault(
  target: Target,
  stored: readonly StoredClass[],
  { classes }: ClassPlan,
): Promise<boolean> {
  const row = stored.find(isUnaxed);
  const [given] = classes;
  if (!given) return false;
  const change = { ...given, visible: given.visible && row?.visible === true };
  return row ? changeClass(target, row, change) : addClass(target, stored, change);
}

/** A new product with classes has a hidden one without axes, which 商品規格を初期化 brings back. */
async function addDefault(target: Target, { axes, classes }: ClassPlan): Promise<void> {
  const [head] = classes;
  if (!head || axes.first === null) return;
  // Without the code: a look-up by it must lead to the class that is sold.
  const plain = {
    ClassCategory1: null,
    ClassCategory2: null,
    visible: false,
    taxRate: undefined,
    code: null,
  };
  await addClass(target, [], { ...head, ...plain });
}

/** Stock rows first, then the product, then the classes: the order of all writers. */
async function lockOwnClasses(context: MutationContext, productId: number): Promise<StoredClass[]> {
  const idsOf = async () =>
    (await readRows(context, 'ProductClass', ['id'], { Product: productId })).map(({ id }) => Number(id));
  const ids = await idsOf();
  if (ids.length > 0) await lockStock(context, ids);
  return lockClasses(context, await idsOf());
}

const keysOf = (row: StoredClass) => ({
  ClassCategory1: row.ClassCategory1 === null ? null : Number(row.ClassCategory1),
  ClassCategory2: row.ClassCategory2 === null ? null : Number(row.ClassCategory2),
});

const isUnaxed = (row: StoredClass): boolean => row.ClassCategory1 === null;

const rowAxes = ({ masters }: Target, row: StoredClass): Axes => axesOf(masters, keysOf(row));

async function removeClasses(target: Target, rows: readonly StoredClass[]): Promise<boolean> {
  if (rows.length === 0) return false;
  const { context, place } = target;
  const ids = rows.map(({ id }) => Number(id));
  for (const entity of ['OrderItem', 'CartItem']) {
    await refuseInUse(context, '商品規格', entity, { ProductClass: ids }, fieldPath(place, 'classes'));
  }
  await deleteRows(context, 'TaxRule', { ProductClass: ids });
  await deleteRows(context, 'ProductStock', { ProductClass: ids });
  await deleteRows(context, 'ProductClass', { id: ids });
  return true;
}

async function changeClass(target: Target, row: StoredClass, change: ClassChange): Promise<boolean> {
  const { context, productId } = target;
  const id = Number(row.id);
  const fields = differing(context, 'ProductClass', row, { ...change.fields, visible: change.visible });
  await updateRows(context, 'ProductClass', { id }, fields);
  const stocked = change.stock && (await changeStock(context, id, change.stock));
  const taxed = await writeOwnTax(context, { productId, classId: id }, change.taxRate);
  return Object.keys(fields).length > 0 || stocked === true || taxed;
}

async function changeStock(
  context: MutationContext,
  id: number,
  to: NonNullable<ClassChange['stock']>,
): Promise<boolean> {
  const row = (await lockStock(context, [id])).get(id);
  const move = row && (await writeStock(context, row, to));
  if (move) await keepMoves(context, [[move, { reason: 'product', reference: null }]]);
  return move !== undefined;
}

/** A new class takes its sale type from those that are there. */
async function addClass(
  { context, productId }: Target,
  siblings: readonly StoredClass[],
  { place, ClassCategory1, ClassCategory2, fields, stock, taxRate, visible }: ClassChange,
): Promise<boolean> {
  const { locale } = context;
  const missing = [
    ...(fields.price02 === undefined
      ? [faultAt(fieldPath(place, 'price02'), formMessages.blank[locale])]
      : []),
    ...(stock === undefined ? [faultAt(fieldPath(place, 'stock'), formMessages.stockNeeded[locale])] : []),
  ];
  if (missing.length > 0) throw new InvalidArgument(missing);
  const classId = await addRow(context, 'ProductClass', {
    SaleType: siblings[0]?.SaleType ?? USUAL_SALE_TYPE,
    ...fields,
    ...stock,
    Product: productId,
    ClassCategory1,
    ClassCategory2,
    visible,
  });
  await insertRow(context, 'ProductStock', { ProductClass: classId, stock: stock?.stock ?? null });
  await writeOwnTax(context, { productId, classId }, taxRate);
  return true;
}
