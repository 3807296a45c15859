import { expect, test } from 'vitest';
import { type Finding, fault, note, ok, warning } from './finding.ts';
import { MONITOR_CODES, monitorLine, newsLine, watch, worstOf } from './watch.ts';

const AT = new Date('2026-04-01T00:00:00Z');
const clock = (seconds: number): Finding =>
  fault('clock', `${seconds} seconds apart`, 'let both follow a time server');
const mail = warning('mail', 'the DSN cannot be read', 'mend MAILER_DSN');
const short = (news: readonly { change: string; name: string }[]) =>
  news.map(({ change, name }) => `${change} ${name}`);

test('the first round tells all trouble, later ones what has changed', () => {
  const watching = watch();
  expect(short(watching.see([ok('port', 'free'), note('shop', 'old'), clock(7), mail], AT))).toEqual([
    'appeared clock',
    'appeared mail',
  ]);
  expect(watching.see([clock(9), mail], AT)).toEqual([]);
  expect(watching.worst()).toBe('fault');
  expect(short(watching.see([mail], AT))).toEqual(['gone clock']);
  expect(watching.worst()).toBe('warning');
  expect(short(watching.see([clock(7)], AT))).toEqual(['gone mail', 'appeared clock']);
  expect(short(watching.see([], AT))).toEqual(['gone clock']);
  expect(watching.worst()).toBe('ok');
});

test('what gets worse is told as the worse', () => {
  const watching = watch();
  watching.see([warning('disk', 'is filling up', 'make room')], AT);
  expect(short(watching.see([fault('disk', 'is full', 'make room')], AT))).toEqual([
    'gone disk',
    'appeared disk',
  ]);
});

test('a line for people says when, what and what to do', () => {
  const [news] = watch().see([mail], AT);
  expect(news && newsLine(news)).toBe(
    '2026-04-01T00:00:00.000Z warning  mail: the DSN cannot be read → mend MAILER_DSN',
  );
});

test('a line for a monitor holds no second line and no numbers but its own', () => {
  expect(monitorLine([ok('port', 'free')])).toBe('TEGATA OK - 1 checks in order | faults=0 warnings=0');
  expect(monitorLine([mail, fault('db', 'a|b\nc', 'mend it')])).toBe(
    'TEGATA CRITICAL - db: a b c; mail: the DSN cannot be read | faults=1 warnings=1',
  );
  expect(MONITOR_CODES[worstOf([mail])]).toBe(1);
});
