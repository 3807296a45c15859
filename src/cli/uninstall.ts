/** `tegata uninstall`: everything of Tegata's out of the shop's database. It opens no services: those make what is missing. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Config } from '../app/config/config.ts';
import { findLeftovers, type Leftovers, uninstall } from '../app/uninstall.ts';
import { systemClock } from '../base/clock.ts';
import type { Node } from '../database/nodes/nodes.ts';
import { openStore, type Store } from '../database/open.ts';
import { configOf, fileOf, print, withExamples, wrongUsage } from './command.ts';
import { CommandError } from './failure.ts';
import { confirmed, isInteractive } from './terminal.ts';

type Options = { readonly plan?: true; readonly yes?: true; readonly keys?: true };

/** What stays, and why: shown before and after. */
const STAYS = [
  {
    what: 'what was changed through the API: products, orders, customers, stock, mail history',
    why: 'these are the shop’s own rows, as if they had been written at its admin',
  },
  {
    what: 'members, their passwords and two-factor keys, dtb_member.login_date',
    why: 'EC-CUBE logs in with the same columns',
  },
  {
    what: 'rows of dtb_login_history',
    why: 'who logged in, and from where, is the shop’s record; EC-CUBE shows it at ログイン履歴',
  },
] as const;

export function uninstallCommand(program: Command): void {
  const command = program
    .command('uninstall')
    .description(
      'take everything of Tegata’s out of the shop’s database (triggers, then `tegata_…` tables and indexes); stop every server first; ' +
        'safe to repeat. Clients, tokens, webhooks and the audit log are gone afterwards',
    )
    .option('--plan', 'change nothing; say what would go and what stays')
    .option('--keys', 'remove the key folder in TEGATA_DATA_DIR too')
    .option('--yes', 'do not ask')
    .action(run);
  withExamples(
    command,
    'uninstall --plan --env-file /var/www/ec-cube/.env',
    'uninstall --env-file /var/www/ec-cube/.env',
  );
}

async function run(options: Options, command: Command): Promise<void> {
  const config = configOf(command);
  const file = fileOf(config.databaseUrl);
  if (file !== undefined && !existsSync(file))
    throw new CommandError(`there is no database: ${file} does not exist`);
  // What waits for a transaction of the shop, or removes large tables, takes as long as it takes.
  const store = openStore(config.databaseUrl, { poolSize: 1, statementTimeoutSeconds: undefined });
  try {
    if (options.plan) await showPlan(command, store, config, options);
    else await remove(command, store, config, options);
  } finally {
    await store.close();
  }
}

async function showPlan(command: Command, store: Store, config: Config, { keys }: Options): Promise<void> {
  const found = await findLeftovers({ store, clock: systemClock, config });
  print(
    command,
    {
      ...wireOf(found, keys),
      nodes: found.nodes,
      takeover: found.takeover ?? null,
      stays: STAYS,
    },
    [
      ...goneLines(found, 'would be removed'),
      ...keyLines(found, keys ? 'would be removed' : 'stay; --keys removes them'),
      ...stayLines(),
      ...found.nodes.map((node) => `running: ${nodeName(node)}; stop it first`),
      ...(found.takeover ? [`takeover: ${TAKEOVER[found.takeover]}`] : []),
      'do it: tegata uninstall',
    ],
  );
}

async function remove(command: Command, store: Store, config: Config, options: Options): Promise<void> {
  const { yes, keys = false } = options;
  if (!yes && !isInteractive()) wrongUsage(command, 'nobody can be asked here: give --yes');
  const deps = { store, clock: systemClock, config };
  const found = await findLeftovers(deps);
  if (!yes && !(await confirmed(questionOf(found)))) return;
  const result = await uninstall(deps, { keys });
  if (!result.ok)
    throw new CommandError(result.reason === 'running' ? refusal(result.nodes) : TAKEOVER[result.takeover]);
  const { removed } = result;
  print(command, { ...wireOf({ ...found, ...removed }, keys), stays: STAYS }, [
    ...goneLines(removed, 'removed'),
    ...keyLines(found, keys ? 'removed' : 'stay; remove them by hand when no backup needs them'),
    ...stayLines(),
  ]);
}

const questionOf = ({ triggers, tables }: Leftovers): string =>
  `Remove ${triggers.length} triggers and ${tables.length} tables? Clients, tokens, webhooks and the audit log are lost.`;

const refusal = (nodes: readonly Node[]): string =>
  `Tegata still runs on this database (${nodes.map(nodeName).join(', ')}); stop it, and try again; a process that was killed is forgotten after a minute`;

const TAKEOVER = {
  open: 'the shop has been taken over from EC-CUBE’s plugin, and its integrations are at work here: give it back (tegata takeover undo), or end the way back (tegata takeover finish); their tokens would be lost',
  telling:
    'the shop was given back to EC-CUBE’s plugin, but webhooks have still something to tell of the time before: start Tegata again until tegata takeover status says that none is behind',
} as const;

const nodeName = ({ host, pid }: Node): string => `process ${pid} on ${host}`;

const wireOf = (
  { triggers, functions, tables, indexes, keyFiles }: Omit<Leftovers, 'nodes' | 'takeover'>,
  keys = false,
) => ({
  triggers: triggers.map(({ name, table }) => ({ name, table })),
  functions,
  tables,
  indexes: indexes.map(({ name, table }) => ({ name, table })),
  // Tegata writes none into EC-CUBE's tables but those that are the shop's own.
  rows: [],
  key_files: { files: keyFiles, removed: keys },
});

function goneLines(
  { triggers, functions, tables, indexes }: Omit<Leftovers, 'nodes' | 'keyFiles' | 'takeover'>,
  deed: string,
): string[] {
  if (triggers.length + functions.length + tables.length + indexes.length === 0)
    return ['nothing of Tegata’s is in this database'];
  return [
    ...triggers.map(({ name, table }) => `trigger ${name} on ${table}: ${deed}`),
    ...functions.map((name) => `function ${name}: ${deed}`),
    ...tables.map((name) => `table ${name}: ${deed}`),
    ...indexes.map(({ name, table }) => `index ${name} on ${table}: ${deed}`),
    'rows in EC-CUBE’s own tables: none that are Tegata’s alone',
  ];
}

const keyLines = ({ keyFiles }: Leftovers, deed: string): string[] =>
  keyFiles.map((file) => `key file ${file}: ${deed}`);

const stayLines = (): string[] => STAYS.map(({ what, why }) => `stays: ${what} (${why})`);
