/** `tegata key …`: the keys that sign access tokens. They are files, so that a database dump holds no private key. */
import type { Command } from 'commander';
import { retireKeys, rotateKeys } from '../flow/signing-keys.ts';
import { currentKey, SIGNING_ALGORITHMS, type SigningAlgorithm, type SigningKey } from '../keys/keyring.ts';
import type { Services } from '../services.ts';
import { OPERATOR, print, withExamples, withServices } from './command.ts';
import { Refused } from './failure.ts';
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
      .description('delete old keys that no live access token needs any more')
      .action(retire),
    'key retire',
  );
}

async function list(_options: unknown, command: Command): Promise<void> {
  await withServices(command, async (services) => show(command, services, services.keyFiles.keys()));
}

async function rotate({ alg }: { alg?: SigningAlgorithm }, command: Command): Promise<void> {
  await withServices(command, async (services) => {
    const { keyFiles } = services;
    const { kid: from, alg: signs } = currentKey(keyFiles.keys());
    if (!(await rotateKeys(services, { from, alg: alg ?? signs }, OPERATOR))) {
      throw new Refused('another rotation came first; look at tegata key list');
    }
    show(command, services, keyFiles.keys());
  });
}

async function retire(_options: unknown, command: Command): Promise<void> {
  await withServices(command, async (services) => {
    const retired = await retireKeys(services, OPERATOR);
    const waiting = services.keyFiles.keys().filter(({ state }) => state === 'old').length;
    print(command, { retired, waiting }, [
      ...retired.map((kid) => `deleted ${kid}`),
      ...(retired.length === 0 ? ['no key can go'] : []),
      ...(waiting > 0 ? [`old keys whose tokens still live: ${waiting}`] : []),
    ]);
  });
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
