/** Serves rendered pages and the admin's files under the real Content-Security-Policy. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ASSET_CACHE_CONTROL, type Assets } from '../../src/admin/assets.ts';
import { contentSecurityPolicy, explorerPolicy } from '../../src/admin/csp.ts';

export type StaticServer = { readonly url: string; close(): Promise<void> };

/** `pages`: path → HTML. */
export async function serveStatic(pages: ReadonlyMap<string, string>, assets: Assets): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const asset = assets.byUrl.get(path);
    if (asset) {
      const headers = { 'content-type': asset.type, 'cache-control': ASSET_CACHE_CONTROL };
      return response.writeHead(200, headers).end(asset.body);
    }
    const html = pages.get(path);
    response.writeHead(html === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': /\/(?:explorer|tester-result)$/.test(path)
        ? explorerPolicy()
        : contentSecurityPolicy(),
    });
    return response.end(html ?? 'not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
