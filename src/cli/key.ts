/** `tegata key …`: the keys that sign access tokens, wherever they lie. No database dump holds one in clear. */
import type { Command } from 'commander';
import { moveKeys } from '../app/keys/move-keys.ts';
import type { Services } from '../app/services.ts';
import { systemClock } from '../base/clock.ts';
import { openStore } from '../database/open.ts';
import {
  currentKey,
  SIGNING_ALGORITHMS,
  type SigningAlgorithm,
  type SigningKey,
} from '../oauth/keys/keyring.ts';
import { removeKey, retireKeys, rotateKeys } from '../oauth/keys/rotation.ts';
import { configOf, OPERATOR, print, withExamples, withServices } from './command.ts';
import { CommandError } from './failure.ts';
import { oneFrom } from './option-values.ts';
import { table, timeText } from './table.ts';

export function keyCommands(program: Command): void {
  const group = program
    .command('key')
    .description('list, rotate and retire the keys that sign access tokens');
  withExamples(
    group.command('list').description('every key: current signs, next will, old still verifies').action(list),
    'key list --json',
  );
  withExamples(
    group
      .command('rotate')
      .description(
        'let the next key sign from now on and publish a new next one; old keys verify until retired',
      )
      .option(
        '--alg <algorithm>',
        `of the new next key: ${SIGNING_ALGORITHMS.join(', ')} (default: as now)`,
        oneFrom(SIGNING_ALGORITHMS),
      )
      .action(rotate),
    'key rotate',
    'key rotate --alg ES256',
  );
  withExamples(
    group
      .command('retire')
      .description(
        'delete old keys that no live access token needs any more; with --now one key at once, whatever its state',
      )
      .option('--now <kid>', 'a key that was stolen: it goes now, and every access token that it signed ends')
      .action(retire),
    'key retire',
    'key retire --now 4kZbX0qE5ZkN8c1nqk0o1l0O2yX3b6Xv0m0eC2bZ9aQ',
  );
  moveCommand(group);
}

function moveCommand(group: Command): void {
  withExamples(
    group
      .command('move')
      .description(
        'bring the keys from files into the database (TEGATA_MASTER_KEY must be what keys/master.key holds) or back; every node must be stopped',
      )
      .requiredOption('--to <store>', 'files or database', oneFrom(['files', 'database']))
      .action(move),
    'key move --to database',
  );
}

type Place = 'files' | 'database';

async function move({ to }: { to: Place }, command: Command): Promise<void> {
  const config = configOf(command);
  const store = openStore(config.databaseUrl, { poolSize: 1, statementTimeoutSeconds: 30 });
  try {
    const { count, former } = await moveKeys({ config, store, clock: systemClock }, to, OPERATOR);
    print(command, { moved: count, to, former: former ?? null }, [
      `moved ${count} keys ${to === 'database' ? 'into the database' : `into ${config.dataDir}/keys`}`,
      ...(former === undefined
        ? []
        : [`what was there is in ${former}; delete it when the next start has gone well`]),
      ...(config.keyStore === to ? [] : [`set TEGATA_KEYS=${to} on every node before the next start`]),
    ]);
  } finally {
    await store.close();
  }
}

async function list(_options: unknown, command: Command): Promise<void> {
  await withServices(command, async (services) => show(command, services, services.keyFiles.keys()));
}

async function rotate({ alg }: { alg?: SigningAlgorithm }, command: Command): Promise<void> {
  await withServices(command, async (services) => {
    const { keyFiles } = services;
    const { kid: from, alg: signs } = currentKey(keyFiles.keys());
    if (!(await rotateKeys(services, { from, alg: alg ?? signs }, OPERATOR))) {
      throw new CommandError('another rotation came first; look at tegata key list');
    }
    show(command, services, keyFiles.keys());
  });
}

async function retire({ now: kid }: { now?: string }, command: Command): Promise<void> {
  await withServices(command, async (services) => {
    if (kid !== undefined) return retireNow(services, kid, command);
    const retired = await retireKeys(services, OPERATOR);
    const waiting = services.keyFiles.keys().filter(({ state }) => state === 'old').length;
    print(command, { retired, waiting }, [
      ...retired.map((kid) => `deleted ${kid}`),
      ...(retired.length === 0 ? ['no key can go'] : []),
      ...(waiting > 0 ? [`old keys whose tokens still live: ${waiting}`] : []),
    ]);
  });
}

async function retireNow(services: Services, kid: string, command: Command): Promise<void> {
  if (!(await removeKey(services, kid, OPERATOR)))
    throw new CommandError(`no key ${kid}; look at tegata key list`);
  const keys = services.keyFiles.keys();
  const { kid: signing } = currentKey(keys);
  const waiting = keys.filter(({ state }) => state === 'old').length;
  print(command, { retired: [kid], waiting, signing }, [
    `deleted ${kid}; the access tokens that it signed are refused from now on`,
    `${signing} signs`,
    'Others who verify tokens by /.well-known/jwks.json may keep what they fetched for five minutes.',
    'If the key folder was copied, the other keys are stolen too: tegata key list, and the same for each.',
  ]);
}

function show(command: Command, { config }: Services, keys: readonly SigningKey[]): void {
  const answer = keys.map(({ kid, alg, state, createdAt, oldSince }) => ({
    kid,
    alg,
    state,
    created_at: createdAt,
    old_since: oldSince,
  }));
  const rows = answer.map((key) => [
    key.kid,
    key.alg,
    key.state,
    timeText(key.created_at, config.timeZone),
    timeText(key.old_since, config.timeZone),
  ]);
  print(command, answer, table(['KID', 'ALG', 'STATE', 'MADE', 'OLD SINCE'], rows));
}
