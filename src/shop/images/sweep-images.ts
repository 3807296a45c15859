/** Removes the files of images that no product names any more, or never did. */
import type { Db, Store } from '../../database/open.ts';
import { transact } from '../../database/transact.ts';
import { isNamed, takeNote, unnamedImages } from '../store/unnamed-images.ts';
import type { ImageStore } from './image-store.ts';

/** Time for an upload to be given to a product. */
export const UNNAMED_SECONDS = 24 * 3600;
const BATCH = 100; // files

export type SweepImagesDeps = { readonly store: Store; readonly images: ImageStore };

/** Returns how many files went. */
export async function sweepImages({ store, images }: SweepImagesDeps, now: number): Promise<number> {
  let removed = 0;
  for (const name of await unnamedImages(store.db, now - UNNAMED_SECONDS, BATCH)) {
    if (await transact(store, (db) => removeUnnamed(db, images, name))) removed += 1;
  }
  return removed;
}

async function removeUnnamed(db: Db, images: ImageStore, name: string): Promise<boolean> {
  if (!(await takeNote(db, name)) || (await isNamed(db, name))) return false;
  await images.remove(name);
  return true;
}
