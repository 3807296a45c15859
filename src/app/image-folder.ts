/** `TEGATA_IMAGE_DIR`: the folder from which the shop's web server serves its images, EC-CUBE's `html/upload/save_image`. */
import { access, chmod, constants, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImageStore, ImageStoreError } from '../shop/images/image-store.ts';

export class ImageFolderError extends Error {}

const MODE = 0o644; // the shop's web server reads it as another user

export const imageFolder = (folder: string): ImageStore => ({
  save: async (name, bytes) => {
    const unfinished = join(folder, `.${name}.part`);
    try {
      await writeFile(unfinished, bytes, { flag: 'wx' });
      await chmod(unfinished, MODE); // the umask, 0077 by the unit of systemd, holds for what is made, not for this
      await rename(unfinished, join(folder, name));
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => {});
      // Full, only read, or no longer there: whatever it is, it is no fault of the image's.
      throw new ImageStoreError('the folder of images cannot be written', { cause: error });
    }
  },
  has: (name) =>
    access(join(folder, name)).then(
      () => true,
      () => false,
    ),
  remove: (name) => rm(join(folder, name), { force: true }),
});

/** Throws ImageFolderError, which says what to do, when nothing can be written there. */
export async function requireImageFolder(folder: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new ImageFolderError(
      `TEGATA_IMAGE_DIR: there is no folder ${folder}; name the html/upload/save_image of the shop`,
    );
  }
  await access(folder, constants.W_OK).catch(() => {
    throw new ImageFolderError(`TEGATA_IMAGE_DIR: this account may not write into ${folder}`);
  });
}
