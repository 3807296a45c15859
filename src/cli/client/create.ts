import type { Command } from 'commander';
import { registerClient } from '../../oauth/clients.ts';
import { defaultPolicies, GRANT_TYPES } from '../../oauth/rules/client.ts';
import { policyFormOf } from '../../oauth/rules/policy-form.ts';
import { SCOPES } from '../../oauth/rules/scope.ts';
import { OPERATOR, print, withExamples, withServices } from '../command.ts';
import { collected, collectedFrom } from '../option-values.ts';
import { clientAnswer, clientLines } from './answer.ts';
import { judgedSettings } from './judged.ts';
import { chosenPkce, pkceOption } from './pkce.ts';
import { changedPolicies, type PolicyOptions, policyOptions } from './policies.ts';

type Options = PolicyOptions & {
  name: string;
  redirectUri?: string[];
  scope: string;
  grant?: string[];
  public?: true;
  requirePkce?: boolean;
  pkce?: string;
};

const USUAL_GRANT_TYPES = ['authorization_code', 'refresh_token'];

export function clientCreateCommand(group: Command): void {
  const command = group
    .command('create')
    .description('register a client; its secret is shown this once')
    .requiredOption('--name <name>', 'what members see on the consent page')
    .option('--redirect-uri <uri>', 'where the code is sent; repeat for more', collected)
    .requiredOption('--scope <scopes>', `space-separated: ${SCOPES.join(', ')}`)
    .option(
      '--grant <grant>',
      `${GRANT_TYPES.join(', ')}; repeat for more (default: ${USUAL_GRANT_TYPES.join(' and ')})`,
      collectedFrom(GRANT_TYPES),
    )
    .option('--public', 'an app that can keep no secret; it must use PKCE')
    .addOption(pkceOption())
    .option('--require-pkce', 'the same as --pkce required');
  policyOptions(command).action(create);
  withExamples(
    command,
    'client create --name ERP --redirect-uri https://erp.example/callback --scope "read write"',
    'client create --name App --redirect-uri com.example.app:/callback --scope read --public --json',
    'client create --name Batch --scope read --grant client_credentials --auth-method private_key_jwt --jwks-file jwks.json',
  );
}

async function create(options: Options, command: Command): Promise<void> {
  const isPublic = options.public === true;
  const form = {
    name: options.name,
    redirectUris: (options.redirectUri ?? []).join('\n'),
    scopes: options.scope.split(' ').filter((scope) => scope !== ''),
    grantTypes: options.grant ?? USUAL_GRANT_TYPES,
    type: isPublic ? 'public' : 'confidential',
    pkce: chosenPkce(options) ?? 'auto',
    policies: changedPolicies(policyFormOf(defaultPolicies(isPublic)), options, isPublic),
  };
  await withServices(command, async ({ clients, config, token }) => {
    const settings = judgedSettings(form, token.scopes);
    const { client, secret } = await registerClient(clients, settings, OPERATOR);
    const { client_id, ...rest } = clientAnswer(client);
    // RFC 7591 §3.2.1: client_secret_expires_at 0 = never.
    const credentials = secret === null ? {} : { client_secret: secret, client_secret_expires_at: 0 };
    print(command, { client_id, ...credentials, ...rest }, [
      ...clientLines(client, config.timeZone),
      ...(secret === null ? [] : [`Client secret  ${secret}   (shown this once)`]),
    ]);
  });
}
