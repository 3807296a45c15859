/** Answers in fewer bytes: chosen by the caller, above a size, with Vary, and the limit on bytes counts before. */

import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { acceptedCoding } from '../../src/http/compression.ts';
import { onSqlite } from '../support/databases.ts';
import { loggedIn } from '../support/oauth-browser.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { newTokens } from '../support/oauth-walks.ts';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['gzip', 'gzip'],
  ['gzip, deflate', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['gzip;q=0', undefined],
  ['identity, gzip;q=0.5', undefined],
  ['GZIP', 'gzip'],
  [';;,,"', undefined],
])('Accept-Encoding: %s gives %s', (accepted, coding) => {
  expect(acceptedCoding(accepted)).toBe(coding);
});

const many = (times: number): string => {
  const field = (_: unknown, n: number) =>
    `a${n}: products(limit: 100) { nodes { id name description_detail } }`;
  return `{ ${Array.from({ length: times }, field).join(' ')} }`;
};
const LARGE = many(20);

onSqlite((db) => {
  const server = useOAuthServer(db, { TEGATA_API_MAX_ANSWER_BYTES: '65536' });
  let access: string;
  beforeAll(async () => {
    ({ access } = await newTokens(server.it, await loggedIn(server.it), await server.it.client()));
  });

  type Raw = { readonly headers: Record<string, unknown>; readonly body: Buffer };
  /** As the bytes come. */
  const ask = (query: string, accepted: string | undefined): Promise<Raw> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${access}`,
        'content-type': 'application/json',
        ...(accepted !== undefined && { 'accept-encoding': accepted }),
      };
      request(`${server.it.url}/api`, { method: 'POST', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      })
        .on('error', reject)
        .end(JSON.stringify({ query }));
    });
  const dataOf = (body: Buffer): unknown => (JSON.parse(body.toString()) as { data: unknown }).data;

  test('the same answer by gzip, by brotli and as it is', async () => {
    const plain = await ask(LARGE, undefined);
    const gzipped = await ask(LARGE, 'gzip');
    const brotli = await ask(LARGE, 'gzip, br');
    expect(
      [plain, gzipped, brotli].map(({ headers }) => [headers['content-encoding'], headers.vary]),
    ).toEqual([
      [undefined, 'Accept-Encoding'],
      ['gzip', 'Accept-Encoding'],
      ['br', 'Accept-Encoding'],
    ]);
    expect(plain.body.length).toBeGreaterThan(4_096);
    for (const { body } of [gzipped, brotli]) expect(body.length).toBeLessThan(plain.body.length / 2);
    expect(dataOf(gunzipSync(gzipped.body))).toEqual(dataOf(plain.body));
    expect(dataOf(brotliDecompressSync(brotli.body))).toEqual(dataOf(plain.body));
    for (const { headers, body } of [plain, gzipped, brotli])
      expect(headers['content-length']).toBe(String(body.length));
  });

  test('a small answer leaves as it is', async () => {
    const { headers } = await ask('{ product(id: 1) { id } }', 'gzip, br');
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, 'Accept-Encoding']);
  });

  test('the limit on bytes counts what was said, not what is sent', async () => {
    const { headers, body } = await ask(many(190), 'gzip, br');
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(body.toString())).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'LIMIT' } }],
    });
  });
});
