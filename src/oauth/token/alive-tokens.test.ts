import { expect, test } from 'vitest';
import { aliveTokens } from './alive-tokens.ts';

const token = (grantId: string) => ({
  grantId,
  checkedAtMs: 1,
  memberId: null,
  costPerMinute: null,
  isSystem: false,
});

test('a grant that ended takes its own tokens along and no others', () => {
  const alive = aliveTokens();
  alive.keep('a', token('one'), 0);
  alive.keep('b', token('one'), 0);
  alive.keep('c', token('two'), 0);
  alive.forget('one');
  expect(['a', 'b', 'c'].map((hash) => alive.of(hash)?.grantId)).toEqual([undefined, undefined, 'two']);
  alive.forget();
  expect(alive.of('c')).toBeUndefined();
});

test('what was read before something was forgotten is not kept after it', () => {
  const alive = aliveTokens();
  const since = alive.forgettings();
  alive.forget('another');
  alive.keep('a', token('one'), since);
  expect(alive.of('a')).toBeUndefined();
});
