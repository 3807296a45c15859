/** Routes below one client: found first, or answered by 404. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../../oauth/rules/client.ts';
import { findClient } from '../../oauth/store/clients.ts';
import type { Asker } from '../demands.ts';
import { PageError } from '../page-error.ts';
import type { AskPassword } from '../ui/password-again.tsx';
import type { AdminKit, MemberVisit } from '../visit.ts';

export type ClientHandler = (
  client: Client,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<unknown>;

export type ClientAsker = (
  client: Client,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
  ask: AskPassword,
) => Promise<unknown>;

export const withClient =
  (kit: AdminKit, handler: ClientHandler) =>
  async (visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) =>
    handler(await clientOf(kit, request), visit, request, reply);

export const askWithClient =
  (kit: AdminKit, asker: ClientAsker): Asker =>
  async (visit, request, reply, ask) =>
    asker(await clientOf(kit, request), visit, request, reply, ask);

async function clientOf(kit: AdminKit, request: FastifyRequest): Promise<Client> {
  const { client_id: clientId } = request.params as { client_id: string };
  const client = await findClient(kit.deps.token.store.db, clientId);
  if (!client) throw new PageError('not_found', 404);
  return client;
}
