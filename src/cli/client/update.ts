import { type Command, Option } from 'commander';
import { formOfClient } from '../../admin/clients/client-form.ts';
import type { Services } from '../../app/services.ts';
import { changeClient, switchClient } from '../../oauth/clients.ts';
import { type Client, GRANT_TYPES } from '../../oauth/rules/client.ts';
import type { ClientForm } from '../../oauth/rules/client-form.ts';
import { policyFormOf } from '../../oauth/rules/policy-form.ts';
import { OPERATOR, print, withExamples, withServices, wrongUsage } from '../command.ts';
import { collected, collectedFrom } from '../option-values.ts';
import { clientAnswer, clientLines, clientNamed } from './answer.ts';
import { judgedSettings } from './judged.ts';
import { chosenPkce, pkceOption } from './pkce.ts';
import { changedPolicies, type PolicyOptions, policyOptions } from './policies.ts';

type Options = PolicyOptions & {
  name?: string;
  redirectUri?: string[];
  scope?: string;
  grant?: string[];
  requirePkce?: boolean;
  pkce?: string;
  enable?: true;
  disable?: true;
};

export function clientUpdateCommand(group: Command): void {
  const command = group
    .command('update <client_id>')
    .description('change a client; what is not named stays as it is')
    .option('--name <name>', 'new name')
    .option('--redirect-uri <uri>', 'replaces all redirect URIs; repeat for more', collected)
    .option('--scope <scopes>', 'replaces the scopes; space-separated')
    .option('--grant <grant>', 'replaces the grants; repeat for more', collectedFrom(GRANT_TYPES))
    .addOption(pkceOption())
    .option('--require-pkce', 'the same as --pkce required')
    .option('--no-require-pkce', 'the same as --pkce optional')
    .addOption(new Option('--disable', 'switch the client off: its tokens die at once').conflicts('enable'))
    .option('--enable', 'switch it on again, and with it its tokens');
  policyOptions(command).action(update);
  withExamples(
    command,
    'client update 1f0c…e2 --redirect-uri https://erp.example/callback --scope read',
    'client update 1f0c…e2 --disable',
    'client update 1f0c…e2 --pkce auto',
    'client update 1f0c…e2 --access-ttl 600 --refresh-absolute-ttl usual',
    'client update 1f0c…e2 --quota 600000',
  );
}

async function update(clientId: string, options: Options, command: Command): Promise<void> {
  if (Object.keys(options).length === 0) wrongUsage(command, 'say what is to change');
  await withServices(command, async (services) => {
    await change(services, await clientNamed(services.store, clientId), options);
    const client = await clientNamed(services.store, clientId);
    print(command, clientAnswer(client), clientLines(client, services.config.timeZone));
  });
}

async function change({ clients, token }: Services, client: Client, options: Options): Promise<void> {
  const { enable, disable, ...settings } = options;
  if (Object.keys(settings).length > 0) {
    const judged = judgedSettings(changedForm(client, settings), token.scopes);
    await changeClient(clients, client.clientId, judged, OPERATOR);
  }
  if (enable || disable) await switchClient(clients, client.clientId, enable === true, OPERATOR);
}

function changedForm(client: Client, options: Options): ClientForm {
  const form = formOfClient(client);
  return {
    ...form,
    name: options.name ?? form.name,
    redirectUris: options.redirectUri?.join('\n') ?? form.redirectUris,
    scopes: options.scope?.split(' ').filter((scope) => scope !== '') ?? form.scopes,
    grantTypes: options.grant ?? form.grantTypes,
    pkce: chosenPkce(options) ?? form.pkce,
    policies: changedPolicies(policyFormOf(client.policies), options, client.isPublic),
  };
}
