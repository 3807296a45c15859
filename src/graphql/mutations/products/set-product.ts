/** Makes or changes one product with all that hangs on it, as EC-CUBE's product form and class matrix do together. */
import { formMessages } from '../../../shop/forms/messages.ts';
import type { ImageStore } from '../../../shop/images/image-store.ts';
import { differing } from '../../../shop/rows/differing.ts';
import { addRow, type FieldValues, lockRows, updateRows } from '../../../shop/rows/write.ts';
import { type Fault, InvalidArgument } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { verdictByRows } from '../argument-verdict.ts';
import { keepClientData } from '../client-data/keep.ts';
import { faultAt, fieldPath, throwFaults } from '../form-faults.ts';
import { judgeUnchanged } from '../precondition.ts';
import type { ClassMasters } from './class-masters.ts';
import { findProduct, storedCode } from './find-product.ts';
import type { ProductClassValues, ProductValues } from './product-input.ts';
import { categoriesWithParents, existing, writeCategories, writeTags } from './product-links.ts';
import { readProductTexts } from './product-texts.ts';
import { type ClassPlan, readClasses } from './read-classes.ts';
import { writeClasses } from './write-classes.ts';
import { writeImages } from './write-images.ts';

export type ProductDeps = { readonly images: ImageStore | undefined };

/** `masters`: read once for all products of a mutation. */
type SetDeps = ProductDeps & { readonly masters: ClassMasters };

const HIDDEN = 2; // 非公開, what the form offers first
const STORED = [
  'name',
  'note',
  'description_list',
  'description_detail',
  'search_word',
  'free_area',
  'Status',
];

type Wish = {
  readonly product: FieldValues;
  readonly plan: ClassPlan | undefined;
  readonly categories: ReadonlySet<number> | undefined;
  readonly tags: ReadonlySet<number> | undefined;
  readonly images: readonly string[] | undefined;
};

/** Returns the key of the product. Throws InvalidArgument. */
export async function setProduct(
  context: MutationContext,
  deps: SetDeps,
  values: ProductValues,
  place?: string,
): Promise<number> {
  const rowId = await writeProduct(context, deps, values, place);
  const { external_id: externalId } = values;
  if (externalId !== undefined) {
    const at = fieldPath(place, 'external_id');
    await keepClientData(context, 'Product', [{ place: at, at, rowId, externalId }]);
  }
  return rowId;
}

async function writeProduct(
  context: MutationContext,
  deps: SetDeps,
  values: ProductValues,
  place: string | undefined,
): Promise<number> {
  const found = await findProduct(context, values, place);
  const wish = await readWish(context, deps.masters, found === undefined, values, place);
  if (found === undefined) return addProduct(context, deps, wish, place);
  await judgeUnchanged(context, 'Product', found, values, place);
  const linked = await writeParts({ context, deps, wish, place, productId: found });
  const [row] = await lockRows(context, 'Product', STORED, { id: found });
  if (!row) throw new InvalidArgument([faultAt(fieldPath(place, 'id'), 'No Product found', 'NOT_FOUND')]);
  const changed = differing(context, 'Product', row, wish.product);
  // The product's own date tells of all that hangs on it.
  await updateRows(
    context,
    'Product',
    { id: found },
    { ...changed, ...(linked && { update_date: context.now }) },
  );
  return found;
}

async function addProduct(
  context: MutationContext,
  deps: SetDeps,
  wish: Wish,
  place: string | undefined,
): Promise<number> {
  const productId = await addRow(context, 'Product', { Status: HIDDEN, ...wish.product });
  await writeParts({ context, deps, wish, place, productId });
  return productId;
}

type Parts = {
  readonly context: MutationContext;
  readonly deps: SetDeps;
  readonly wish: Wish;
  readonly place: string | undefined;
  readonly productId: number;
};

/** Whether anything was changed. Classes first: their locks come before the product's. */
async function writeParts(parts: Parts): Promise<boolean> {
  const { context, deps, wish, place, productId } = parts;
  const target = { context, masters: deps.masters, productId, place };
  const written = [
    wish.plan !== undefined && (await writeClasses(target, wish.plan)),
    wish.categories !== undefined && (await writeCategories(context, productId, wish.categories)),
    wish.tags !== undefined && (await writeTags(context, productId, wish.tags)),
    wish.images !== undefined &&
      (await writeImages({ context, images: deps.images, productId, place }, wish.images)),
  ];
  return written.includes(true);
}

/** Everything that is wrong with what was given, at once. */
async function readWish(
  context: MutationContext,
  masters: ClassMasters,
  isNew: boolean,
  values: ProductValues,
  place: string | undefined,
): Promise<Wish> {
  const { texts, faults } = readProductTexts(context, values, isNew, place);
  const all: Fault[] = [...faults];
  const given = isNew ? newClasses(values) : values.classes;
  const read = given
    ? readClasses(context, masters, given, values.keep_other_classes === true, place)
    : undefined;
  if (read && !read.ok) all.push(...read.faults);
  if (isNew && read?.ok) all.push(...unkeptCode(values, read.plan, place));
  const { category_ids: categories, tag_ids: tags } = values;
  const chosen = {
    Status: await attempt(all, place, () => statusOf(context, values)),
    categories: categories && (await attempt(all, place, () => categoriesWithParents(context, categories))),
    tags: tags && (await attempt(all, place, () => existing(context, 'Tag', 'tag_ids', tags))),
  };
  throwFaults(all);
  const { Status } = chosen;
  return {
    product: { ...texts, ...(typeof Status === 'number' && { Status }) },
    plan: read?.ok ? read.plan : undefined,
    categories: values.category_ids === null ? new Set() : (chosen.categories ?? undefined),
    tags: values.tag_ids === null ? new Set() : (chosen.tags ?? undefined),
    images: values.images === null ? [] : values.images,
  };
}

/** A code that no class has would find nothing the next time, and make the product once more. */
function unkeptCode({ code }: ProductValues, { classes }: ClassPlan, place: string | undefined): Fault[] {
  const own = storedCode(code);
  if (own === null || classes.some(({ fields }) => fields.code === own)) return [];
  return [faultAt(fieldPath(place, 'code'), 'None of the classes has this code')];
}

/** A new product always has a class; its code may stand with the product. */
function newClasses({ classes, code }: ProductValues): readonly ProductClassValues[] {
  const given = classes && classes.length > 0 ? classes : [{ price02: null }];
  const [only] = given;
  const isPlain = given.length === 1 && only?.class_category_id1 === undefined;
  return isPlain && typeof code === 'string' ? [{ code, ...only }] : given;
}

async function statusOf(
  context: MutationContext,
  { product_status_id: id }: ProductValues,
): Promise<number | undefined> {
  if (id === undefined) return undefined;
  if (id === null) {
    throw new InvalidArgument([faultAt('product_status_id', formMessages.blank[context.locale])]);
  }
  const [status] = await existing(context, 'ProductStatus', 'product_status_id', [id]);
  return status;
}

/** Runs one reading; what it refuses is one fault among the others, at its place. */
async function attempt<T>(
  faults: Fault[],
  place: string | undefined,
  read: () => Promise<T>,
): Promise<T | undefined> {
  const verdict = await verdictByRows(read);
  if (verdict.ok) return verdict.value;
  faults.push(
    ...verdict.error.faults.map((fault) => {
      const path = fieldPath(place, fault.field ?? fault.argument);
      return { ...fault, argument: path, field: path };
    }),
  );
  return undefined;
}
