/** The application's end of the walk: a server on 127.0.0.1 to which the browser is sent back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type CallbackServer = {
  /** `http://127.0.0.1:PORT/callback`, the redirect URI to register. */
  readonly url: string;
  /** What the browser brought, oldest first. */
  readonly received: readonly URL[];
  close(): Promise<void>;
};

export async function startCallbackServer(): Promise<CallbackServer> {
  const received: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    // A browser asks for an icon too.
    if (url.pathname === '/callback') received.push(url);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><html lang="ja"><title>アプリ</title><h1>アプリに戻りました</h1></html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/callback`,
    received,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
