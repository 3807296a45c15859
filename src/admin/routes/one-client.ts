/** Routes below one client: found first, or answered by 404. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../../oauth/client.ts';
import { findClient } from '../../store/clients.ts';
import type { AdminKit, MemberVisit } from '../visit.ts';
import { PageError } from './scope.ts';

export type ClientHandler = (
  client: Client,
  visit: MemberVisit,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<unknown>;

export const withClient =
  (kit: AdminKit, handler: ClientHandler) =>
  async (visit: MemberVisit, request: FastifyRequest, reply: FastifyReply) => {
    const { client_id: clientId } = request.params as { client_id: string };
    const client = await findClient(kit.deps.token.store.db, clientId);
    if (!client) throw new PageError('not_found', 404);
    return handler(client, visit, request, reply);
  };
