import { setImmediate as nextTurn } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { TurnOutput } from './log-output.ts';

function outputOf() {
  const writes: string[] = [];
  const output = new TurnOutput({ write: (text) => void writes.push(text) });
  return { writes, output, log: pino({ base: null, timestamp: false }, output) };
}

test('the lines of one turn leave in one write, in their order', async () => {
  const { writes, log } = outputOf();
  log.info('one');
  log.info('two');
  expect(writes).toEqual([]);
  await nextTurn();
  expect(writes).toEqual(['{"level":30,"msg":"one"}\n{"level":30,"msg":"two"}\n']);
  log.info('three');
  await nextTurn();
  expect(writes[1]).toBe('{"level":30,"msg":"three"}\n');
});

test('a fault is written at once, behind what waits', () => {
  const { writes, log } = outputOf();
  log.info('one');
  log.error('two');
  expect(writes).toEqual(['{"level":30,"msg":"one"}\n{"level":50,"msg":"two"}\n']);
});

test('more than 64 KB do not wait, and nothing is left at the end', () => {
  const { writes, log, output } = outputOf();
  log.info('x'.repeat(70_000));
  expect(writes).toHaveLength(1);
  log.info('last');
  output.flushSync();
  output.flushSync();
  expect(writes).toHaveLength(2);
});
