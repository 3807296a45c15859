/** One data folder for a group of tests, and commands run against it as a person runs them, in this process. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { runCommandHere } from '../support/command.ts';
import type { Finished } from '../support/program.ts';
import { scratchFolder } from '../support/scratch.ts';

export type Cli = {
  /** Does not exist before the first command. */
  readonly dataDir: string;
  run(...args: string[]): Promise<Finished>;
  /** The JSON that a command prints; fails with what it wrote when it does not end well. */
  json<T>(...args: string[]): Promise<T>;
};

/** Time limit of a test that runs a dozen commands, on a busy machine. */
export const MANY_COMMANDS_MS = 120_000;

const ADMIN_PASSWORD = 'correct-horse-1';

/** At the top of a group, or with `onTestFinished` inside a test. */
export function useCli(
  env: Readonly<Record<string, string>> = {},
  cleanUp: (remove: () => void) => void = afterAll,
): Cli {
  const folder = scratchFolder('tegata-cli-');
  cleanUp(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const run = (...args: string[]) =>
    runCommandHere(args, { TEGATA_DATA_DIR: dataDir, TEGATA_ADMIN_PASSWORD: ADMIN_PASSWORD, ...env });
  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, stdout, stderr } = await run(...args, '--json');
    if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  };
  return { dataDir, run, json };
}

/** Exit code 1, nothing on standard output, and one line on standard error: that line. */
export function refusalOf({ code, stdout, stderr }: Finished): string {
  if (code !== 1 || stdout !== '') throw new Error(`exit code ${code}, wrote ${stdout}${stderr}`);
  const lines = stderr.trimEnd().split('\n');
  if (lines.length !== 1) throw new Error(`more than one line:\n${stderr}`);
  return lines[0] ?? '';
}
