/** Takes an uploaded file in: judged, cleaned, named, noted as named by no product yet, and then kept. */
import type { Clock } from '../../base/clock.ts';
import type { Store } from '../../database/open.ts';
import { shopTime } from '../shop-time.ts';
import { noteUnnamedImage } from '../store/unnamed-images.ts';
import { type CleanImage, cleanImage, type ImageVerdict } from './clean-image.ts';
import { type ImageStore, imageName } from './image-store.ts';

export type UploadDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly images: ImageStore;
  /** `ECCUBE_TIMEZONE` */
  readonly timeZone: string;
};

export type Uploaded =
  | { readonly ok: true; readonly name: string; readonly image: CleanImage }
  | Extract<ImageVerdict, { ok: false }>;

export async function uploadImage(deps: UploadDeps, bytes: Buffer): Promise<Uploaded> {
  const verdict = await cleanImage(bytes);
  if (!verdict.ok) return verdict;
  const { image } = verdict;
  const { store, clock, images, timeZone } = deps;
  const at = shopTime(timeZone).write(store.kit.dateText(clock.now()));
  const name = imageName(at, image.extension);
  // The note first: of a file without one, nothing would ever know.
  await noteUnnamedImage(store, name, clock.now());
  await images.save(name, image.bytes);
  return { ok: true, name, image };
}
