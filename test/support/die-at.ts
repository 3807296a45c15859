/**
 * `node --import die-at.ts dist/main.js …`: the program kills itself (SIGKILL) before it says its n-th word to the database,
 * counted from the first that holds FROM; with n = 0 it lives, and writes into COUNT how many there were.
 */
import { writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { DatabaseSync, StatementSync } from 'node:sqlite';

const { DIE_AT = '0', DIE_FROM = '', DIE_COUNT = '' } = process.env;
let words: number | undefined;

function say(text: string): void {
  if (words === undefined && text.includes(DIE_FROM)) words = 0;
  if (words === undefined) return;
  words += 1;
  if (words === Number(DIE_AT)) process.kill(process.pid, 'SIGKILL');
}

type Method = (this: object, ...args: unknown[]) => unknown;

function overhear(prototype: object, names: readonly string[], textOf: (first: unknown) => string): void {
  const methods = prototype as Record<string, Method>;
  for (const name of names) {
    const before = methods[name];
    if (!before) throw new Error(`there is no ${name}`);
    methods[name] = function (...args) {
      say(textOf(args[0]));
      return before.apply(this, args);
    };
  }
}

overhear(Socket.prototype, ['write'], (first) => (Buffer.isBuffer(first) ? first.toString('latin1') : ''));
overhear(DatabaseSync.prototype, ['prepare', 'exec'], String);
overhear(StatementSync.prototype, ['run', 'all', 'iterate'], () => '');
process.on('exit', () => {
  if (DIE_COUNT !== '') writeFileSync(DIE_COUNT, String(words ?? 0));
});
