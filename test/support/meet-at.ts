/**
 * `node --import meet-at.ts dist/main.js …`: before its first word to the database that holds FROM the program writes its name
 * into FOLDER and waits until as many as MEET_COUNT have come there, so that all of them go on at the same moment; or for 2
 * seconds, where one already holds what another has to wait for.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { overhearDatabase } from './overhear.ts';

const { MEET_FROM = '', MEET_FOLDER = '', MEET_COUNT = '2' } = process.env;
const LOOK_MS = 5;
const LOOKS = 400;
const sleeping = new Int32Array(new SharedArrayBuffer(4));
let hasMet = false;

overhearDatabase((text) => {
  if (hasMet || !text.includes(MEET_FROM)) return;
  hasMet = true;
  writeFileSync(join(MEET_FOLDER, String(process.pid)), '');
  for (let looks = 0; looks < LOOKS && readdirSync(MEET_FOLDER).length < Number(MEET_COUNT); looks += 1)
    Atomics.wait(sleeping, 0, 0, LOOK_MS);
});
