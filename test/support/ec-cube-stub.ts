/** EC-CUBE as far as a host name is concerned: it owns `/` and `/admin/*`, and whatever comes its way ends on its own pages. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type EcCubeStub = {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** `GET /path` of every request that came here, oldest first. */
  readonly received: readonly string[];
  close(): Promise<void>;
};

export async function startEcCubeStub(): Promise<EcCubeStub> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    received.push(`${request.method} ${path}`);
    response.setHeader('set-cookie', 'eccube=abc; path=/; httponly');
    response.setHeader('content-type', 'text/html; charset=UTF-8');
    if (/^\/admin(?!\/login)/.test(path))
      return void response.writeHead(302, { location: '/admin/login' }).end();
    const title = path.startsWith('/admin') ? 'EC-CUBE 管理画面' : 'EC-CUBE SHOP';
    response.writeHead(path === '/' || path === '/admin/login' ? 200 : 404);
    response.end(`<!doctype html><html lang="ja"><title>${title}</title><h1>${title}</h1></html>`);
  });
  return { url: await listening(server), received, close: () => closed(server) };
}

export async function listening(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
