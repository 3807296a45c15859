/** As much of S3 as an image needs: objects of one bucket, named in the path, for requests with a true signature (SigV4). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type StoredObject = { readonly bytes: Buffer; readonly type: string; readonly cache: string };

export type S3Server = {
  readonly url: string;
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** From now on each request is answered with this status; undefined: as ever. */
  fail(status: number | undefined): void;
  close(): void;
};

export type S3Keys = { readonly region: string; readonly id: string; readonly secret: string };

export async function startS3(bucket: string, keys: S3Keys): Promise<S3Server> {
  const objects = new Map<string, StoredObject>();
  let failing: number | undefined;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { pathname } = new URL(request.url ?? '', 'http://s3.test');
    const key = decodeURIComponent(pathname).slice(`/${bucket}/`.length);
    const refuse = (status: number, code: string) => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(request.method === 'HEAD' ? undefined : `<Error><Code>${code}</Code></Error>`);
    };
    if (failing !== undefined) return refuse(failing, 'SlowDown');
    if (!isSigned(request, body, keys)) return refuse(403, 'SignatureDoesNotMatch');
    if (!pathname.startsWith(`/${bucket}/`)) return refuse(404, 'NoSuchBucket');
    if (request.method === 'PUT') {
      const { 'content-type': type = '', 'cache-control': cache = '' } = request.headers;
      objects.set(key, { bytes: body, type, cache });
    } else if (request.method === 'DELETE') {
      objects.delete(key);
      return response.writeHead(204).end();
    } else if (!objects.has(key)) return refuse(404, 'NoSuchKey');
    response.writeHead(200, { etag: '"1"' }).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    fail: (status) => {
      failing = status;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function isSigned(request: IncomingMessage, body: Buffer, { region, id, secret }: S3Keys): boolean {
  const { authorization = '', 'x-amz-date': date = '', 'x-amz-content-sha256': hash = '' } = request.headers;
  const [, scope = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  const day = String(date).slice(0, 8);
  const expectedScope = [day, region, 's3', 'aws4_request'].join('/');
  if (scope !== `${id}/${expectedScope}`) return false;
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(body)) return false;
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const sorted = query.split('&').sort().join('&');
  const canonical = [request.method, path, sorted, headers.join(''), names, hash].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, expectedScope, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'));
}
