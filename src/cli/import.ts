/**
 * `tegata import`: the API clients and webhooks of the PHP plugin, from its tables in the shop's database; with a file, what
 * `tegata export` wrote.
 */
import type { Command } from 'commander';
import { en } from '../admin/i18n/en/messages.ts';
import type { Services } from '../app/services.ts';
import { type ImportedClient, importPluginClients } from '../oauth/import-clients.ts';
import type { EndpointFault } from '../webhook/endpoints.ts';
import { hasShortSecret, type PluginOffer, pluginOffer, takeOver } from '../webhook/take-over.ts';
import { type ReplacingOptions, replaceByFile, replacingOptions } from './backup/replace.ts';
import { OPERATOR, print, withExamples, withServices } from './command.ts';
import { CommandError } from './failure.ts';
import { table } from './table.ts';

export function importCommand(program: Command): void {
  const command = program
    .command('import')
    .argument(
      '[file]',
      'an export (tegata export FILE); without it, EC-CUBE’s Web API plugin is what is read',
    )
    .description(
      'bring API clients (id, secret, redirect URIs, scopes) and webhooks over from EC-CUBE’s Web API plugin; ' +
        'what is here already stays as it is, so it is safe to repeat. With a file: put an export, from whatever kind of ' +
        'database, in the place of Tegata’s own tables here',
    )
    .option('--dry-run', 'change nothing; say what would happen');
  replacingOptions(command)
    .option(
      '--move',
      'with a file: no node has run since the export was made and none will, so that tokens and what is pending go on',
    )
    .action(bring);
  withExamples(
    command,
    'import --dry-run --env-file /var/www/ec-cube/.env',
    'import --json',
    'import /mnt/move/tegata.export --move',
  );
}

type Options = ReplacingOptions & { dryRun?: true; move?: true };

async function bring(file: string | undefined, options: Options, command: Command): Promise<void> {
  if (file === undefined) return bringFromPlugin(command, options.dryRun ?? false);
  const keeps = options.move ? 'all' : 'nothing';
  return replaceByFile(command, { form: 'export', file, keeps, planOnly: options.dryRun ?? false, options });
}

async function bringFromPlugin(command: Command, dryRun: boolean): Promise<void> {
  await withServices(command, async (services) => {
    const { clients: deps, admin, webhooks } = services;
    const { pluginTables } = admin;
    if (!pluginTables.clients && !pluginTables.webhooks) {
      throw new CommandError(
        'the shop’s database has no table oauth2_client: EC-CUBE’s Web API plugin was never installed in this shop',
      );
    }
    const clients = pluginTables.clients ? await importPluginClients(deps, OPERATOR, dryRun) : [];
    const offer = await pluginOffer(webhooks, pluginTables);
    if (!dryRun) await takeOver(webhooks, pluginTables, OPERATOR);
    show(command, services, { dryRun, clients, offer });
  });
}

type Result = {
  readonly dryRun: boolean;
  readonly clients: readonly ImportedClient[];
  readonly offer: PluginOffer;
};

function show(command: Command, { config }: Services, { dryRun, clients, offer }: Result): void {
  const answers = clients.map(clientAnswer);
  const refused = answers.filter(({ outcome }) => outcome === 'refused').length;
  const webhooks = {
    taken_over: offer.rows.map(({ payloadUrl }) => payloadUrl),
    refused: offer.unfit.map(({ payloadUrl }) => payloadUrl),
  };
  const plugin_enabled = offer.phpPluginEnabled;
  const webhooks_with_short_secret = offer.rows.filter(hasShortSecret).map(({ payloadUrl }) => payloadUrl);
  const answer = { dry_run: dryRun, clients: answers, webhooks, webhooks_with_short_secret, plugin_enabled };
  print(command, answer, [
    ...clientLines(answers, dryRun),
    ...offer.rows.map((row) => takenLine(row, dryRun)),
    ...offer.unfit.map(({ payloadUrl, faults }) => `webhook ${payloadUrl}: refused; ${reasonOf(faults)}`),
    ...(plugin_enabled && webhooks.taken_over.length > 0
      ? ['EC-CUBE’s plugin is still enabled: disable it, or each change is told twice.']
      : []),
    `Tokens of the plugin are not brought: each app is approved once more, at ${config.publicUrl}/${config.adminRoute}/authorize; tegata takeover brings them too`,
  ]);
  if (refused > 0) {
    throw new CommandError(
      `${refused} of ${answers.length} clients refused; mend them in EC-CUBE and import again, or register them by tegata client create`,
    );
  }
}

function takenLine(row: PluginOffer['rows'][number], dryRun: boolean): string {
  const remark = hasShortSecret(row)
    ? `; its secret of ${row.secret?.length} characters can be guessed: make a new one here and at the receiver`
    : '';
  return `webhook ${row.payloadUrl}: ${dryRun ? 'would be taken over' : 'taken over'}${remark}`;
}

const REASONS: Readonly<Record<string, string>> = {
  'payloadUrl too_long': 'the URL is too long',
  'secret too_long': 'the secret is too long',
};

const reasonOf = ([first]: readonly EndpointFault[]): string =>
  REASONS[`${first?.field} ${first?.fault}`] ?? 'nothing can be sent there';

const clientAnswer = ({
  identifier,
  name,
  secret,
  active,
  outcome,
  errors,
  hasShortSecret,
}: ImportedClient) => ({
  client_id: identifier,
  client_name: name || identifier,
  enabled: active,
  outcome,
  reasons: reasonsOf(errors),
  short_secret: hasShortSecret,
  warnings:
    hasShortSecret && outcome !== 'refused'
      ? [
          `its secret of ${secret?.length} characters can be guessed; give the app a new one: tegata client rotate-secret ${identifier}`,
        ]
      : [],
});

function reasonsOf({ name, redirectUris, scopes, grantTypes }: ImportedClient['errors']): string[] {
  const uris = redirectUris === 'blank' ? ['no redirect URI'] : (redirectUris ?? []);
  return [
    ...uris.map((uri) => (typeof uri === 'string' ? uri : `${uri.uri}: ${en.redirectUriReasons[uri.fault]}`)),
    ...(name ? ['the name is not valid'] : []),
    ...(scopes ? ['a scope is neither read nor write'] : []),
    ...(grantTypes ? ['a grant is one that Tegata does not offer'] : []),
  ];
}

function clientLines(clients: readonly ReturnType<typeof clientAnswer>[], dryRun: boolean): string[] {
  if (clients.length === 0) return ['no API clients in the plugin'];
  const words = { created: dryRun ? 'would be created' : 'created', exists: 'exists', refused: 'refused' };
  const rows = clients.map((client) => [
    client.client_id,
    client.client_name,
    `${words[client.outcome]}${client.enabled ? '' : ', switched off'}`,
    [...client.reasons, ...client.warnings].join(' '),
  ]);
  return table(['CLIENT', 'NAME', 'OUTCOME', 'REMARK'], rows);
}
