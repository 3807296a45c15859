/** `tegata migrate`: Tegata's own tables (`tegata_…`) in the shop's database. The embedded shop's are made without asking. */
import type { Command } from 'commander';
import { openServices, type Services } from '../app/services.ts';
import { type MigrationState, migrate, migrationStates } from '../database/migrate.ts';
import { openStore, type Store } from '../database/open.ts';
import { configOf, print, withExamples } from './command.ts';
import { table } from './table.ts';

export function migrateCommands(program: Command): void {
  const group = program
    .command('migrate')
    .description('make or update Tegata’s own tables; nothing of EC-CUBE’s is altered');
  withExamples(
    group
      .command('status')
      .description('every migration and when it was applied')
      .action((_options, command: Command) => withDatabase(command, showStatus)),
    'migrate status',
  );
  withExamples(
    group
      .command('plan')
      .description('what `migrate apply` would do; changes nothing')
      .action((_options, command: Command) => withDatabase(command, showPlan)),
    'migrate plan --env-file /var/www/ec-cube/.env',
  );
  withExamples(
    group
      .command('apply')
      .description('apply what is missing; safe to repeat')
      .action((_options, command: Command) => withDatabase(command, apply)),
    'migrate apply --env-file /var/www/ec-cube/.env',
  );
}

async function withDatabase(
  command: Command,
  work: (command: Command, services: Services) => Promise<void>,
): Promise<void> {
  const services = await openServices(configOf(command));
  try {
    await work(command, services);
  } finally {
    await services.close();
  }
}

/** What changes large tables takes as long as it takes. The embedded shop's file has no limits anyway, and one owner. */
async function withoutHurry<T>({ config, store }: Services, work: (store: Store) => Promise<T>): Promise<T> {
  if (config.embedded) return work(store);
  const { databasePool: poolSize } = config;
  const patient = openStore(config.databaseUrl, { poolSize, statementTimeoutSeconds: undefined });
  try {
    return await work(patient);
  } finally {
    await patient.close();
  }
}

const wireOf = ({ name, appliedAt }: MigrationState) => ({ name, applied_at: appliedAt });

async function showStatus(command: Command, { store }: Services): Promise<void> {
  const states = await migrationStates(store);
  print(
    command,
    states.map(wireOf),
    table(
      ['MIGRATION', 'APPLIED'],
      states.map(({ name, appliedAt }) => [name, appliedAt ?? 'not yet']),
    ),
  );
}

async function showPlan(command: Command, { store }: Services): Promise<void> {
  const missing = (await migrationStates(store)).filter(({ appliedAt }) => appliedAt === null);
  const names = missing.map(({ name }) => name);
  print(
    command,
    { pending: names },
    names.length === 0
      ? ['nothing to do: every migration is applied']
      : [...names.map((name) => `would apply ${name}`), 'do it: tegata migrate apply'],
  );
}

async function apply(command: Command, services: Services): Promise<void> {
  const applied = await withoutHurry(services, migrate);
  print(
    command,
    { applied },
    applied.length === 0
      ? ['nothing to do: every migration is applied']
      : applied.map((name) => `applied ${name}`),
  );
}
