/** `tegata key …`: the keys that sign access tokens. They are files, so that a database dump holds no private key. */
import type { Command } from 'commander';
import type { SigningAlgorithm, SigningKey } from '../keys/keyring.ts';
import { currentKey } from '../keys/keyring.ts';
import type { Services } from '../services.ts';
import { recordEvent } from '../store/events.ts';
import { print, withExamples, withServices } from './command.ts';
import { oneFrom } from './option-values.ts';
import { table, timeText } from './table.ts';

const ALGORITHMS: readonly SigningAlgorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA'];

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
        `of the new next key: ${ALGORITHMS.join(', ')} (default: as now)`,
        oneFrom(ALGORITHMS),
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
    const { keyFiles, clock, store } = services;
    const keys = await keyFiles.rotate(alg ?? currentKey(keyFiles.keys()).alg, clock.now());
    const { kid, alg: signs } = currentKey(keys);
    await recordEvent(store.db, {
      kind: 'key_rotated',
      occurredAt: clock.now(),
      detail: { kid, alg: signs },
    });
    show(command, services, keys);
  });
}

async function retire(_options: unknown, command: Command): Promise<void> {
  await withServices(command, async ({ keyFiles, clock, store }) => {
    const retired = keyFiles.retire(clock.now());
    for (const kid of retired) {
      await recordEvent(store.db, { kind: 'key_retired', occurredAt: clock.now(), detail: { kid } });
    }
    const waiting = keyFiles.keys().filter(({ state }) => state === 'old').length;
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
