/**
 * `TEGATA_IMAGE_DIR=s3://bucket/prefix`: images in a bucket of S3 or of a store that speaks its protocol. The client is AWS's own,
 * which a shop installs beside Tegata; region, keys and endpoint are where that client looks for them (docs/images.md).
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { type ImageStore, ImageStoreError } from '../shop/images/image-store.ts';
import { ImageFolderError, imageFolder, requireImageFolder } from './image-folder.ts';

type Sdk = typeof import('@aws-sdk/client-s3');
type Bucket = {
  readonly sdk: Sdk;
  readonly client: S3Client;
  readonly name: string;
  readonly prefix: string;
};

const SCHEME = 's3://';
/** A name of S3: three to 63 letters, digits, dots and hyphens. */
const PLACE = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w./-]*))?$/;
const ATTEMPTS = 2;
const CONNECT_MS = 2_000;
const RESPONSE_MS = 8_000; // of the 20 seconds that a request may take
const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
};
/** A name is never given to another image. */
const CACHE = 'public, max-age=31536000, immutable';

const isBucket = (place: string): boolean => place.startsWith(SCHEME);

/** Throws ImageFolderError, which says what to do. The bucket itself is first asked when an image comes. */
export async function imageBucket(place: string): Promise<ImageStore> {
  const [, name, prefix = ''] = PLACE.exec(place) ?? [];
  if (name === undefined) {
    throw new ImageFolderError(`TEGATA_IMAGE_DIR: ${place} is none of s3://bucket and s3://bucket/prefix`);
  }
  const sdk = await loadSdk();
  const client = new sdk.S3Client({
    // Stores of other makers know buckets by path, and not each of the newer checksums.
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: RESPONSE_MS,
      throwOnRequestTimeout: true,
    },
  });
  await requireRegion(client);
  return storeOf({ sdk, client, name, prefix: prefix.replace(/^\/+|\/+$/g, '') });
}

async function loadSdk(): Promise<Sdk> {
  try {
    return await import('@aws-sdk/client-s3');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ImageFolderError(
      'TEGATA_IMAGE_DIR: images in a bucket need the client of S3; install it beside Tegata: npm install @aws-sdk/client-s3',
    );
  }
}

async function requireRegion({ config }: S3Client): Promise<void> {
  await config.region().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImageFolderError(`TEGATA_IMAGE_DIR: set AWS_REGION for the bucket (${why})`);
  });
}

function storeOf({ sdk, client, name: Bucket, prefix }: Bucket): ImageStore {
  const at = (name: string) => ({ Bucket, Key: prefix === '' ? name : `${prefix}/${name}` });
  const away = (error: unknown): never => {
    throw new ImageStoreError(`the bucket ${Bucket} could not be used`, { cause: error });
  };
  return {
    // A reader sees an object whole or not at all.
    save: async (name, bytes) => {
      const ContentType = TYPES[name.slice(name.lastIndexOf('.') + 1)];
      const object = { ...at(name), Body: bytes, CacheControl: CACHE, ...(ContentType && { ContentType }) };
      await client.send(new sdk.PutObjectCommand(object)).catch(away);
    },
    has: (name) =>
      client.send(new sdk.HeadObjectCommand(at(name))).then(
        () => true,
        (error: unknown) => (isMissing(error) ? false : away(error)),
      ),
    remove: async (name) => {
      await client.send(new sdk.DeleteObjectCommand(at(name))).catch(away);
    },
  };
}

const isMissing = (error: unknown): boolean =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404;

/** The place that `TEGATA_IMAGE_DIR` names, if any. */
export async function openImages(place: string | undefined): Promise<ImageStore | undefined> {
  if (place === undefined) return undefined;
  if (isBucket(place)) return imageBucket(place);
  await requireImageFolder(place);
  return imageFolder(place);
}
