/** The images of a product, in their order. Rows of images that stay are kept; files are looked after by shop/images. */
import { formMessages } from '../../../shop/forms/messages.ts';
import { type ImageStore, ImageStoreError } from '../../../shop/images/image-store.ts';
import { deleteRows, insertRow, lockRows, updateRows } from '../../../shop/rows/write.ts';
import { isNamed, noteUnnamedImage, takeNote } from '../../../shop/store/unnamed-images.ts';
import { type Fault, InvalidArgument, refusal } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { tooMany } from '../arguments.ts';
import { faultAt, fieldPath } from '../form-faults.ts';

const MOST_CHARACTERS = 255;
/** Of one product; each name may be a question to a bucket. */
const MOST_IMAGES = 100;

export type ImageTarget = {
  readonly context: MutationContext;
  /** undefined: the shop's files are not within reach, so that only names that rows have already are known to exist. */
  readonly images: ImageStore | undefined;
  readonly productId: number;
  readonly place: string | undefined;
};

/** Whether anything was changed. Throws InvalidArgument. */
export async function writeImages(target: ImageTarget, names: readonly string[]): Promise<boolean> {
  const { context, productId } = target;
  const rows = await lockRows(context, 'ProductImage', ['id', 'file_name', 'sort_no'], {
    Product: productId,
  });
  const present = new Map(rows.map((row) => [String(row.file_name), row]));
  await judgeNames(target, names, new Set(present.keys()));
  let changed = false;
  for (const [sort_no, name] of names.entries()) {
    const row = present.get(name);
    present.delete(name);
    if (row && Number(row.sort_no) === sort_no) continue;
    if (row) await updateRows(context, 'ProductImage', { id: Number(row.id) }, { sort_no });
    else await insertRow(context, 'ProductImage', { Product: productId, file_name: name, sort_no });
    changed = true;
  }
  for (const [name, row] of present) {
    await deleteRows(context, 'ProductImage', { id: Number(row.id) });
    await noteUnnamedImage(context, name, context.now);
    changed = true;
  }
  return changed;
}

async function judgeNames(
  { context, images, place }: ImageTarget,
  names: readonly string[],
  own: ReadonlySet<string>,
): Promise<void> {
  const field = fieldPath(place, 'images');
  if (names.length > MOST_IMAGES) throw tooMany(field, MOST_IMAGES);
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const [i, name] of names.entries()) {
    const at = `${field}[${i}]`;
    if (seen.has(name)) faults.push(faultAt(at, formMessages.imageTwice[context.locale]));
    else if (!own.has(name) && !(await isThere(context, images, name))) {
      faults.push(faultAt(at, formMessages.imagePath[context.locale], 'NOT_FOUND'));
    }
    seen.add(name);
  }
  if (faults.length > 0) throw new InvalidArgument(faults);
}

/**
 * A file that was taken in here, or that a row names already: whatever else lies in the folder is not a product's to let go
 * of. The note is taken first: from then on nothing removes the file.
 */
async function isThere(
  { db }: MutationContext,
  images: ImageStore | undefined,
  name: string,
): Promise<boolean> {
  if (!isFileName(name)) return false;
  if (!(await takeNote(db, name))) return isNamed(db, name);
  return images === undefined || isKept(images, name);
}

async function isKept(images: ImageStore, name: string): Promise<boolean> {
  try {
    return await images.has(name);
  } catch (error) {
    if (!(error instanceof ImageStoreError)) throw error;
    throw refusal('The store of images cannot be reached; try again later.', 'UNAVAILABLE');
  }
}

/** The name of one file in the folder, never a path, a hidden file, or a part of a name. */
const isFileName = (name: string): boolean =>
  name.length <= MOST_CHARACTERS &&
  /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_. ()+-]*$/u.test(name) &&
  !name.includes('..');
