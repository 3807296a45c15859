/** POST /api/images: what becomes of images, and of what only looks like one. */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepImages, UNNAMED_SECONDS } from '../../src/shop/images/sweep-images.ts';
import { eachDatabase } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';

const MOST_BYTES = 10 * 1024 * 1024;

const picture = (width = 6, height = 4) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 60 } } });

const withPlace = () =>
  picture()
    .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 0/1 0/1' } })
    .jpeg()
    .toBuffer();

/** A PNG of so many pixels, all black, in a few kilobytes. */
function hugePng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * side));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

eachDatabase((db) => {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-images-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const server = useOAuthServer(db, { TEGATA_IMAGE_DIR: folder, TEGATA_SHOP_URL: 'https://shop.example' });
  let token: string;
  beforeAll(async () => {
    token = (await newTokens(server.it, await loggedIn(server.it), await server.it.client())).access;
  });

  const send = (body: BodyInit, headers: Record<string, string> = {}, bearer = token) =>
    fetch(`${server.it.url}/api/images`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${bearer}`, ...headers },
    });
  const asBody = (bytes: Buffer, type = 'application/octet-stream') =>
    send(new Uint8Array(bytes), { 'content-type': type });
  const asFile = (bytes: Buffer, name: string) => {
    const form = new FormData();
    form.set('image', new File([new Uint8Array(bytes)], name));
    return send(form);
  };
  type Told = { file_name: string; url: string; type: string; width: number; height: number; bytes: number };
  const stored = (name: string) => readFileSync(join(folder, name));

  test.each(['jpeg', 'png', 'gif', 'webp'] as const)(
    'a %s is kept as one, whatever its name says',
    async (format) => {
      const bytes = await picture().toFormat(format).toBuffer();
      for (const answer of [await asBody(bytes), await asFile(bytes, '../../x.php')]) {
        expect(answer.status).toBe(201);
        const told = (await answer.json()) as Told;
        const extension = format === 'jpeg' ? 'jpg' : format;
        expect(told.file_name).toMatch(new RegExp(`^\\d{10}_[0-9a-f]{13}\\.${extension}$`));
        expect(told).toMatchObject({ type: `image/${format}`, width: 6, height: 4 });
        expect(told.url).toBe(`https://shop.example/html/upload/save_image/${told.file_name}`);
        expect((await sharp(stored(told.file_name)).metadata()).format).toBe(format);
        expect(told.bytes).toBe(stored(told.file_name).length);
        expect(statSync(join(folder, told.file_name)).mode & 0o777).toBe(0o644);
      }
    },
  );

  test('neither place nor copyright nor what hangs behind the image survives', async () => {
    const bytes = Buffer.concat([await withPlace(), Buffer.from('<?php system($_GET[0]); ?>PK\x03\x04')]);
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const { file_name } = (await (await asBody(bytes)).json()) as Told;
    expect((await sharp(stored(file_name)).metadata()).exif).toBeUndefined();
    expect(stored(file_name).includes('<?php')).toBe(false);
  });

  test('an image that lies on its side is kept upright', async () => {
    const bytes = await picture(6, 4).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await (await asBody(bytes)).json()).toMatchObject({ width: 4, height: 6 });
  });

  test('an animation keeps its frames', async () => {
    const frames = [await picture().png().toBuffer(), await picture().negate().png().toBuffer()];
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const { file_name, height } = (await (await asBody(bytes)).json()) as Told;
    expect((await sharp(stored(file_name), { animated: true }).metadata()).pages).toBe(2);
    expect(height).toBe(4);
  });

  describe('refused, and nothing is kept', () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    test.each<[string, () => Promise<Buffer> | Buffer, number]>([
      ['an SVG', () => svg, 415],
      ['an SVG that begins like a GIF', () => Buffer.concat([Buffer.from('GIF89a'), svg]), 400],
      ['a PDF', () => Buffer.from('%PDF-1.7'), 415],
      ['a ZIP', () => Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'), 415],
      ['64 MiB of zeros, packed', () => gzipSync(Buffer.alloc(64 * 1024 * 1024)), 415],
      ['a TIFF', () => picture().tiff().toBuffer(), 415],
      ['half a JPEG', async () => (await picture(400, 300).jpeg().toBuffer()).subarray(0, 700), 400],
      ['the head of a PNG', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 400],
      ['400 million pixels in a few kilobytes', () => hugePng(20_000), 413],
      ['nothing', () => Buffer.alloc(0), 400],
      ['a byte too many', () => Buffer.alloc(MOST_BYTES + 1), 413],
    ])('%s', async (_what, make, status) => {
      const before = readdirSync(folder).length;
      const bytes = await make();
      for (const answer of [await asBody(bytes, 'image/jpeg'), await asFile(bytes, 'x.jpg')]) {
        expect(answer.status).toBe(status);
        const { errors } = (await answer.json()) as { errors: [{ message: string; extensions: object }] };
        expect(errors[0].extensions).toEqual({
          category: 'Invalid argument',
          code: status === 413 ? 'LIMIT' : 'INVALID',
        });
      }
      expect(readdirSync(folder)).toHaveLength(before);
    });

    test('two files in one body, and a body that breaks off', async () => {
      const form = new FormData();
      const bytes = new Uint8Array(await picture().png().toBuffer());
      form.set('a', new File([bytes], 'a.png'));
      form.set('b', new File([bytes], 'b.png'));
      const broken = '--x\r\ncontent-disposition: form-data; name="a"; filename="a.png"\r\n\r\nabc';
      const answers = [
        await send(form),
        await send(broken, { 'content-type': 'multipart/form-data; boundary=x' }),
        await send('', { 'content-type': 'multipart/form-data' }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    });
  });

  test('while the folder cannot be written: 503 with Retry-After, and no half image afterwards', async () => {
    const bytes = await picture().png().toBuffer();
    renameSync(folder, `${folder}-away`);
    const refused = await asBody(bytes).finally(() => renameSync(`${folder}-away`, folder));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await asBody(bytes)).status).toBe(201);
  });

  test('who may: a token that may write products', async () => {
    const bytes = new Uint8Array(await picture().png().toBuffer());
    const narrow = await server.it.client({ scopes: ['read'] });
    const { access } = await newTokens(server.it, await loggedIn(server.it), narrow, { scope: 'read' });
    const refused = await send(bytes, { 'content-type': 'image/png' }, access);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    expect((await send(bytes, { 'content-type': 'image/png' }, 'nonsense')).status).toBe(401);
  });

  test('other methods are told which one to use', async () => {
    const answer = await fetch(`${server.it.url}/api/images`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('a file that no product has named within a day goes, one that has stays', async () => {
    const { store, clock } = server.it.services;
    const bytes = await picture().png().toBuffer();
    const [named, unnamed] = [
      ((await (await asBody(bytes)).json()) as Told).file_name,
      ((await (await asBody(bytes)).json()) as Told).file_name,
    ];
    await sql`update dtb_product_image set file_name = ${named} where id = 1`.execute(store.db);
    const images = server.it.services.images;
    if (!images) throw new Error('TEGATA_IMAGE_DIR is set');
    await sweepImages({ store, images }, clock.now() + UNNAMED_SECONDS);
    expect(readdirSync(folder)).toContain(unnamed);
    await sweepImages({ store, images }, clock.now() + UNNAMED_SECONDS + 1);
    expect(readdirSync(folder)).toContain(named);
    expect(readdirSync(folder)).not.toContain(unnamed);
    expect(await sweepImages({ store, images }, clock.now() + 10 * UNNAMED_SECONDS)).toBe(0);
  });
});

describe('without a folder', () => {
  eachDatabase((db) => {
    const server = useOAuthServer(db);
    test('501 says which variable is missing', async () => {
      const { access } = await newTokens(server.it, await loggedIn(server.it), await server.it.client());
      const answer = await fetch(`${server.it.url}/api/images`, {
        method: 'POST',
        body: 'x',
        headers: { authorization: `Bearer ${access}` },
      });
      expect(answer.status).toBe(501);
      expect(await answer.text()).toContain('TEGATA_IMAGE_DIR');
    });
  });
});
