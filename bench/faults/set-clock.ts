/** Loaded into a node before all else: its wall clock is off by the seconds that a file holds; the monotonic clock is left alone. */
import { readFileSync } from 'node:fs';
import { CLOCK_FILE_VARIABLE } from './clock-file.ts';

const LOOK_MS = 50;

const rightNow = Date.now;
let offsetMs = 0;
let lookedMs = Number.NEGATIVE_INFINITY;

/** At any reading, so that the clock may be set between two statements. */
function now(): number {
  if (performance.now() - lookedMs > LOOK_MS) {
    lookedMs = performance.now();
    offsetMs = Number(readFileSync(process.env[CLOCK_FILE_VARIABLE]!, 'utf8')) * 1000;
  }
  return rightNow() + offsetMs;
}

globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
