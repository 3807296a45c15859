/**
 * Makes of an uploaded file an image that can be shown to the shop's visitors: one of four formats, told by its content
 * and never by its name, decoded and encoded again, so that metadata (place, camera, thumbnails), texts behind the image
 * and other formats inside it do not survive.
 */
import type { Sharp } from 'sharp';

const FORMATS = {
  jpeg: { extension: 'jpg', type: 'image/jpeg' },
  png: { extension: 'png', type: 'image/png' },
  gif: { extension: 'gif', type: 'image/gif' },
  webp: { extension: 'webp', type: 'image/webp' },
} as const;

export type ImageFormat = keyof typeof FORMATS;

export type CleanImage = {
  readonly bytes: Buffer;
  readonly extension: string;
  /** The media type. */
  readonly type: string;
  /** Pixels; of an animation, those of one frame. */
  readonly width: number;
  readonly height: number;
};

export type ImageVerdict =
  | { readonly ok: true; readonly image: CleanImage }
  | { readonly ok: false; readonly reason: 'format' | 'broken' | 'pixels' };

/** Pixels of all frames together: what a few kilobytes may unfold to. */
export const MOST_PIXELS = 50_000_000;
const LONGEST_SIDE = 16_383; // what WebP can hold
const SECONDS = 15;
const QUALITY = 90;

type Library = typeof import('sharp').default;

let loaded: Promise<Library> | undefined;

/** With the first image: the library takes 25 MB, and few processes are ever given one. */
async function loadLibrary(): Promise<Library> {
  const { default: sharp } = await import('sharp');
  // libvips reads SVG, PDF and more, some by libraries that were not made for strangers' files.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadNsgifBuffer',
      'VipsForeignLoadWebpBuffer',
    ],
  });
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

export async function cleanImage(bytes: Buffer): Promise<ImageVerdict> {
  const format = formatOf(bytes);
  if (format === undefined) return { ok: false, reason: 'format' };
  loaded ??= loadLibrary();
  const sharp = await loaded;
  const input = sharp(bytes, {
    animated: format === 'gif' || format === 'webp',
    failOn: 'error',
    limitInputPixels: MOST_PIXELS,
  });
  try {
    const { width, height, pageHeight, pages } = await input.metadata();
    const frameHeight = pageHeight ?? height;
    if (width * frameHeight * (pages ?? 1) > MOST_PIXELS || Math.max(width, frameHeight) > LONGEST_SIDE) {
      return { ok: false, reason: 'pixels' };
    }
    const { data, info } = await encoded(input.autoOrient(), format).toBuffer({ resolveWithObject: true });
    const { extension, type } = FORMATS[format];
    const image = { bytes: data, extension, type, width: info.width, height: info.pageHeight ?? info.height };
    return { ok: true, image };
  } catch (error) {
    return { ok: false, reason: /pixel limit/.test((error as Error).message) ? 'pixels' : 'broken' };
  }
}

/** By the first bytes, so that no decoder is asked about anything else. */
function formatOf(bytes: Buffer): ImageFormat | undefined {
  const head = bytes.toString('latin1', 0, 12);
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'webp' : undefined;
}

function encoded(image: Sharp, format: ImageFormat): Sharp {
  const limited = image.keepIccProfile().timeout({ seconds: SECONDS });
  switch (format) {
    case 'jpeg':
      return limited.jpeg({ quality: QUALITY });
    case 'png':
      return limited.png();
    case 'gif':
      return limited.gif();
    case 'webp':
      return limited.webp({ quality: QUALITY });
  }
}
