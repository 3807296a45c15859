/**
 * `node --import die-at.ts dist/main.js …`: the program kills itself (SIGKILL) before it says its n-th word to the database,
 * counted from the first that holds FROM; with n = 0 it lives, and writes into COUNT how many there were.
 */
import { writeFileSync } from 'node:fs';
import { overhearDatabase } from './overhear.ts';

const { DIE_AT = '0', DIE_FROM = '', DIE_COUNT = '' } = process.env;
let words: number | undefined;

overhearDatabase((text) => {
  if (words === undefined && text.includes(DIE_FROM)) words = 0;
  if (words === undefined) return;
  words += 1;
  if (words === Number(DIE_AT)) process.kill(process.pid, 'SIGKILL');
});
process.on('exit', () => {
  if (DIE_COUNT !== '') writeFileSync(DIE_COUNT, String(words ?? 0));
});
