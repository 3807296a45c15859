/**
 * Where the images of the shop's products are kept, and what they are called there. Names are made here or were read from
 * the shop's rows; `isImageName` is asked before one becomes part of a path.
 */
import { randomHex } from '../../base/bytes.ts';

/** The store cannot be used now. What it said is the `cause`, for the log. */
export class ImageStoreError extends Error {}

export type ImageStore = {
  /** Keeps the bytes under this name, so that no reader ever sees half of them. */
  save(name: string, bytes: Buffer): Promise<void>;
  has(name: string): Promise<boolean>;
  /** Removes it; nothing happens when there is none. */
  remove(name: string): Promise<void>;
};

const RANDOM_BYTES = 7;
const RANDOM_DIGITS = 13;

/** Where visitors of the shop see an image. `imageUrl`: the folder's address, without a slash at the end. */
export const imageAddress = (imageUrl: string, name: string): string =>
  `${imageUrl}/${name.toWellFormed().split('/').map(encodeURIComponent).join('/')}`;

/** As EC-CUBE names uploads: month, day and time of the shop's clock, and 13 random digits. `at`: `2026-11-28T22:50:00+09:00`. */
export const imageName = (at: string, extension: string): string =>
  `${at.slice(5, 19).replace(/\D/g, '')}_${randomHex(RANDOM_BYTES).slice(0, RANDOM_DIGITS)}.${extension}`;
