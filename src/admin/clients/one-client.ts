/** Routes below one client: found first, or answered by 404. */
import type { Client } from '../../oauth/rules/client.ts';
import { findClient } from '../../oauth/store/clients.ts';
import type { MemberExchange } from '../exchange.ts';
import { PageError } from '../page-error.ts';

export type ClientExchange = MemberExchange & { readonly client: Client };

/** Makes a handler, or what asks for the password, of one that also needs the client whose id is in the address. */
export const withClient =
  <Rest extends unknown[]>(handler: (exchange: ClientExchange, ...rest: Rest) => Promise<unknown>) =>
  async (exchange: MemberExchange, ...rest: Rest): Promise<unknown> =>
    handler({ ...exchange, client: await clientOf(exchange) }, ...rest);

async function clientOf({ kit, request }: MemberExchange): Promise<Client> {
  const { client_id: clientId } = request.params as { client_id: string };
  const client = await findClient(kit.deps.token.store.db, clientId);
  if (!client) throw new PageError('not_found', 404);
  return client;
}
