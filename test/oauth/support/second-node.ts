/** Another node of the same installation: its own services on the same database and data folder, with nothing in memory shared. */
import type { LightMyRequestResponse } from 'fastify';
import { createLog } from '../../../src/app/log.ts';
import { createServer } from '../../../src/app/server.ts';
import { openServices, type Services } from '../../../src/app/services.ts';
import type { Fields } from '../../support/oauth-browser.ts';
import type { OAuthServer } from '../../support/oauth-server.ts';

export type Node = {
  readonly services: Services;
  ask(accessToken: string, query: string): Promise<LightMyRequestResponse>;
  /** Status of a small query with this token. */
  api(accessToken: string): Promise<number>;
  post(path: string, fields: Fields): Promise<LightMyRequestResponse>;
  keyIds(): Promise<string[]>;
  /** Also by real HTTP; its port. */
  listen(): Promise<number>;
  close(): Promise<void>;
};

export async function secondNode(server: OAuthServer): Promise<Node> {
  const services = await openServices(server.services.config, server.clock);
  const app = createServer({ ...services, log: createLog('silent') });
  await app.ready();
  const ask = (accessToken: string, query: string) =>
    app.inject({
      method: 'POST',
      url: '/api',
      headers: { authorization: `Bearer ${accessToken}` },
      payload: { query },
    });
  return {
    services,
    ask,
    api: async (accessToken) => (await ask(accessToken, '{ __typename }')).statusCode,
    post: (url, fields) =>
      app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(fields).toString(),
      }),
    keyIds: async () => {
      const { keys } = (await app.inject('/.well-known/jwks.json')).json<{ keys: { kid: string }[] }>();
      return keys.map(({ kid }) => kid);
    },
    listen: async () => Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port),
    close: async () => {
      await app.close();
      await services.close();
    },
  };
}
