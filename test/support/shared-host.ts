/** A host name shared by Tegata and EC-CUBE, by the simplest of proxies: some paths go to the one, all others to the other. */
import { request as ask, createServer } from 'node:http';
import { closed, listening } from './ec-cube-stub.ts';

type Shared = {
  readonly port: number;
  readonly ecCube: string;
  readonly tegata: () => string;
  /** Where the path leads at Tegata; undefined = EC-CUBE's. */
  readonly toTegata: (url: string) => string | undefined;
};

/** What the documents of EC-CUBE's plugin name, and what clients find the server by. */
export const isPluginPath = (url: string): boolean =>
  /^\/(?:token|revoke|introspect|api|admin\/authorize|admin\/api\/oauth|admin\/api\/webhook|\.well-known)(?:[/?]|$)/.test(
    url,
  );

export async function startSharedHost({ port, ecCube, tegata, toTegata }: Shared) {
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const path = toTegata(url);
    const target = path === undefined ? `${ecCube}${url}` : `${tegata()}${path}`;
    const { method = 'GET', headers } = request;
    const asked = ask(target, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    asked.on('error', () => response.writeHead(502).end());
    request.pipe(asked);
  });
  await listening(server, port);
  return { close: () => closed(server) };
}
