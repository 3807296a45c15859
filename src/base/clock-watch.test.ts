import { expect, test } from 'vitest';
import { fixedClock } from './clock.ts';
import { watchClock } from './clock-watch.ts';

const START = 1_700_000_000;

/** `right`: whether the new time is confirmed when that is asked. */
function watched(wall = fixedClock(START)) {
  const says = { right: false };
  const news: string[] = [];
  const watch = watchClock(
    wall,
    { bearsOut: async () => says.right },
    {
      stepped: (seconds) => news.push(`stepped ${seconds}`),
      settled: (takenBack) => news.push(takenBack ? 'taken back' : 'borne out'),
      failed: () => news.push('failed'),
    },
  );
  return { wall, says, news, watch };
}

test('a clock that goes on, and one that a time server puts right by seconds, was not set', () => {
  const { wall, watch, news } = watched();
  wall.advance(86_400);
  expect(watch.isStepped()).toBe(false);
  for (const seconds of [10, -10]) {
    wall.step(seconds);
    expect(watch.isStepped()).toBe(false);
    expect(watch.clock.now()).toBe(wall.now());
    wall.advance(200);
    expect(watch.isStepped()).toBe(false);
  }
  expect(news).toEqual([]);
});

test.each([11, -11, 3_600, -3_600])('set by %i s, the old time goes on until it is taken back', (seconds) => {
  const { wall, watch, news } = watched();
  wall.step(seconds);
  expect(watch.clock.now()).toBe(START);
  expect(watch.stepSeconds()).toBe(seconds);
  wall.advance(7);
  expect(watch.clock.now()).toBe(START + 7);
  expect(watch.clock.nowMs()).toBe((START + 7) * 1000);
  expect(watch.isStepped()).toBe(true);
  wall.step(-seconds);
  expect(watch.isStepped()).toBe(false);
  expect(watch.clock.now()).toBe(START + 7);
  expect(news).toEqual([`stepped ${seconds}`, 'taken back']);
});

test('its milliseconds are whole while the old time goes on, after a slew too', () => {
  const at = { wallMs: START * 1000, goneMs: 1 };
  const wall = { ...fixedClock(START), nowMs: () => at.wallMs, monotonicMs: () => at.goneMs };
  const { watch } = watched(wall);
  at.wallMs += 4;
  at.goneMs += 3;
  expect(watch.isStepped()).toBe(false);
  at.wallMs += 3_600_000;
  expect(watch.isStepped()).toBe(true);
  expect(Number.isInteger(watch.clock.nowMs())).toBe(true);
});

test('many small steps are a large one', () => {
  const { wall, watch } = watched();
  for (let i = 0; i < 3; i += 1) {
    wall.step(4);
    wall.advance(1);
    watch.clock.now();
  }
  expect(watch.isStepped()).toBe(true);
});

test('the new time counts from when it is borne out', async () => {
  const { wall, watch, says, news } = watched();
  wall.step(3_600);
  expect(watch.isStepped()).toBe(true);
  says.right = true;
  await expect.poll(() => watch.isStepped()).toBe(false);
  expect(watch.clock.now()).toBe(START + 3_600);
  wall.step(-3_600);
  expect(watch.stepSeconds()).toBe(-3_600);
  expect(news).toEqual(['stepped 3600', 'borne out', 'stepped -3600']);
});

test('set again while it is asked, what was borne out is not what it tells now', async () => {
  const wall = fixedClock(START);
  const answers = [Promise.withResolvers<boolean>(), Promise.withResolvers<boolean>()];
  let asked = 0;
  const bearsOut = () => answers[asked++]!.promise;
  const watch = watchClock(wall, { bearsOut }, { stepped: () => {}, settled: () => {}, failed: () => {} });
  wall.step(90);
  expect(watch.isStepped()).toBe(true);
  wall.step(3_600);
  answers[0]!.resolve(true);
  await expect.poll(() => asked).toBe(2);
  expect(watch.clock.now()).toBe(START);
  answers[1]!.resolve(true);
  await expect.poll(() => watch.isStepped()).toBe(false);
  expect(watch.clock.now()).toBe(START + 3_690);
});
