/** Takes an image in for products. */
import type { Client, RunOptions } from './client.ts';

export interface UploadedImage {
  /** What products take it by: `image: [{ file_name }]`. */
  readonly file_name: string;
  readonly url: string;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** JPEG, PNG, GIF or WebP, at most 10 MiB. One that no product has named within 24 hours is removed. @throws TegataError */
export const uploadImage = (
  client: Client,
  image: Blob | Uint8Array<ArrayBuffer>,
  options: RunOptions = {},
): Promise<UploadedImage> =>
  client.send({
    ...options,
    path: '/api/images',
    init: { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: image },
    repeatable: true, // the one too many is removed after a day
    read: (response) => response.json() as Promise<UploadedImage>,
  });
