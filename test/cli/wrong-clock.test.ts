/** D5: a clock that was wrong before the start is named by it; what is set while a node runs, the node itself notices. */
import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { clockFile } from '../../bench/faults/clock-file.ts';
import { eachDatabase } from '../support/databases.ts';
import { startProgram } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';
import { MANY_COMMANDS_MS } from './cli.ts';

eachDatabase((db) => {
  if (db.name === 'sqlite') {
    test('SQLite has the clock of its machine', () => expect(db.name).toBe('sqlite'));
    return;
  }
  test.each([-3_600, 15])('D5: %i seconds off', { timeout: MANY_COMMANDS_MS }, async (seconds) => {
    await db.openShop();
    const folder = scratchFolder('tegata-wrong-clock-');
    onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    const { env, set } = clockFile(folder);
    set(seconds);
    const server = await startProgram({ env: { ...env, DATABASE_URL: db.url } });
    await server.stop();
    expect(server.output()).toMatch(/Fault: the clock: this machine and the database are \d+ seconds apart/);
  });
});
