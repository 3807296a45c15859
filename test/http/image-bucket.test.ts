/** TEGATA_IMAGE_DIR=s3://…: images in a bucket, from the upload to the sweep, and while the bucket is away. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageBucket } from '../../src/app/image-bucket.ts';
import { sweepImages, UNNAMED_SECONDS } from '../../src/shop/images/sweep-images.ts';
import { onSqlite } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';
import { type S3Server, startS3 } from './s3-server.ts';

const KEYS = { region: 'ap-northeast-1', id: 'AKIDTEST', secret: 'secret/of+the=test' };
const OWN = ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_ENDPOINT_URL_S3'] as const;
const before = OWN.map((name) => process.env[name]);
let s3: S3Server;

beforeAll(async () => {
  s3 = await startS3('shop-images', KEYS);
  const values = [KEYS.region, KEYS.id, KEYS.secret, s3.url];
  for (const [i, name] of OWN.entries()) process.env[name] = values[i];
});
afterAll(() => {
  s3.close();
  for (const [i, name] of OWN.entries()) {
    if (before[i] === undefined) delete process.env[name];
    else process.env[name] = before[i];
  }
});

onSqlite((db) => {
  const server = useOAuthServer(db, {
    TEGATA_IMAGE_DIR: 's3://shop-images/save_image/',
    TEGATA_IMAGE_URL: 'https://cdn.shop.example/save_image',
  });
  let headers: Record<string, string>;
  beforeAll(async () => {
    const tokens = await newTokens(server.it, await loggedIn(server.it), await server.it.client());
    headers = { authorization: `Bearer ${tokens.access}` };
  });

  const upload = async (): Promise<Response> => {
    const png = sharp({ create: { width: 2, height: 2, channels: 3, background: '#123' } }).png();
    const body = new Uint8Array(await png.toBuffer());
    return fetch(`${server.it.url}/api/images`, { method: 'POST', headers, body });
  };
  const uploaded = async (): Promise<string> => {
    const response = await upload();
    expect(response.status).toBe(201);
    return ((await response.json()) as { file_name: string }).file_name;
  };
  const give = async (images: readonly string[]) => {
    const query =
      'mutation ($images: [String!]) { productSet(input: { id: 1, images: $images }) { ProductImage { url } } }';
    const response = await fetch(`${server.it.url}/api`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { images } }),
    });
    return (await response.json()) as {
      data: { productSet: { ProductImage: { url: string }[] } | null };
      errors?: { extensions: { code: string } }[];
    };
  };

  test('an upload is an object below the prefix, typed and cacheable; a product takes it; the sweep removes what none took', async () => {
    const [taken, left] = [await uploaded(), await uploaded()];
    const object = s3.objects.get(`save_image/${taken}`);
    expect(object).toMatchObject({ type: 'image/png', cache: 'public, max-age=31536000, immutable' });
    expect((await sharp(object?.bytes).metadata()).width).toBe(2);
    const { data } = await give([taken]);
    expect(data.productSet?.ProductImage[0]?.url).toBe(`https://cdn.shop.example/save_image/${taken}`);
    const { store, images } = server.it.services;
    await sweepImages({ store, images: images! }, server.it.clock.now() + UNNAMED_SECONDS + 1);
    expect([...s3.objects.keys()]).toEqual([`save_image/${taken}`]);
    expect(s3.objects.has(`save_image/${left}`)).toBe(false);
  });

  test('an object that is gone is none for a product', async () => {
    const name = await uploaded();
    await server.it.services.images?.remove(name);
    expect((await give([name])).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('while the bucket is away: 503 with Retry-After, and nothing is given to a product', async () => {
    const name = await uploaded();
    s3.fail(503);
    const response = await upload();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    expect((await give([name])).errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
    expect(server.it.log()).not.toContain(KEYS.secret);
    s3.fail(undefined);
    expect((await give([name])).errors).toBeUndefined();
  });

  test('a wrong key is an outage of the bucket and not of the shop’s staff; the log says what the bucket said', async () => {
    process.env.AWS_SECRET_ACCESS_KEY = 'another';
    const images = await imageBucket('s3://shop-images');
    await expect(images.save('x.png', Buffer.from('x'))).rejects.toMatchObject({
      name: 'Error',
      message: 'the bucket shop-images could not be used',
      cause: { name: 'SignatureDoesNotMatch' },
    });
    process.env.AWS_SECRET_ACCESS_KEY = KEYS.secret;
  });

  test.each(['s3://', 's3://A_B/x', 's3://bucket/a b', 's3:///x'])('%s is refused', async (place) => {
    await expect(imageBucket(place)).rejects.toThrow(/^TEGATA_IMAGE_DIR: .* is none of s3:/);
  });
});
