import type { Command } from 'commander';
import type { Services } from '../../app/services.ts';
import { sha256Hex } from '../../base/bytes.ts';
import { endGrant, endGrantsOfClient } from '../../oauth/clients.ts';
import { grantOfJti } from '../../oauth/rules/claims.ts';
import { findRefresh } from '../../oauth/store/grants.ts';
import { findGrantClient } from '../../oauth/store/token-overview.ts';
import { clientNamed } from '../client/answer.ts';
import { OPERATOR, print, withExamples, withServices, wrongUsage } from '../command.ts';
import { CommandError } from '../failure.ts';
import { pipedIn } from '../terminal.ts';

type Options = { grant?: string; client?: string; token?: string };

export function tokenRevokeCommand(group: Command): void {
  const command = group
    .command('revoke')
    .description('end a grant: its refresh token and every access token of it die at once')
    .option('--grant <grant_id>', 'this grant')
    .option('--client <client_id>', 'every grant of this client')
    .option('--token <token>', 'the grant behind an access or refresh token; - reads it from standard input')
    .action(revoke);
  withExamples(command, 'token revoke --client 1f0c…e2', 'token revoke --token - < leaked.txt');
}

async function revoke(options: Options, command: Command): Promise<void> {
  if (Object.keys(options).length !== 1) wrongUsage(command, 'give one of --grant, --client, --token');
  await withServices(command, async (services) => {
    const count =
      options.client === undefined
        ? await revokeOne(services, await grantIdOf(services, options))
        : await revokeAll(services, options.client);
    print(command, { revoked: count }, [`revoked ${count} ${count === 1 ? 'grant' : 'grants'}`]);
  });
}

async function revokeAll({ store, clients }: Services, clientId: string): Promise<number> {
  await clientNamed(store, clientId);
  return endGrantsOfClient(clients, clientId, OPERATOR);
}

async function revokeOne({ store, clients }: Services, grantId: string): Promise<number> {
  const clientId = await findGrantClient(store.db, grantId);
  if (clientId === undefined)
    throw new CommandError(`no grant has the ID ${grantId}; see them: tegata token list`);
  if (!(await endGrant(clients, clientId, grantId, OPERATOR))) {
    throw new CommandError(`grant ${grantId} was revoked before`);
  }
  return 1;
}

/** An operator may end any grant, so an expired access token, or one of a key long retired, still tells which. */
async function grantIdOf({ store }: Services, { grant, token = '' }: Options): Promise<string> {
  if (grant !== undefined) return grant;
  const text = (token === '-' ? await pipedIn() : token).trim();
  const found = grantOfJti(jtiOf(text) ?? '') ?? (await findRefresh(store.db, sha256Hex(text)))?.grantId;
  if (found === undefined) throw new CommandError('this is no access or refresh token of this installation');
  return found;
}

function jtiOf(token: string): string | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const jti = typeof payload === 'object' && payload !== null && 'jti' in payload ? payload.jti : undefined;
    return typeof jti === 'string' ? jti : undefined;
  } catch {
    return undefined;
  }
}
