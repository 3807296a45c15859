/** The routes of a server as the server itself lists them, so that a test over all of them misses no new one. */
import type { FastifyContextConfig } from 'fastify';
import { createServer } from '../../src/app/server.ts';
import type { Services } from '../../src/app/services.ts';
import { stopState } from '../../src/app/stop-state.ts';

export type Route = {
  readonly method: string;
  readonly url: string;
  readonly config: FastifyContextConfig | undefined;
};

export async function routesOf(services: Services): Promise<Route[]> {
  const found: Route[] = [];
  // Closing it must not tell the server under test to stop.
  const app = createServer({ ...services, stop: stopState(services.clock) });
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) found.push({ method: one, url, config });
  });
  await app.ready();
  await app.close();
  return found;
}

/** Under `/admin`, without style sheets and scripts and the page for what does not exist. */
export const adminRoutesOf = async (services: Services): Promise<Route[]> =>
  (await routesOf(services)).filter(
    ({ url, config }) =>
      /^\/admin(\/|$)/.test(url) && config?.act !== 'page.missing' && !/\/assets?\/|\.\w+$/.test(url),
  );
