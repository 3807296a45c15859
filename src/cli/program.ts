/** Runs the command that the arguments name; a failure is one line on standard error. */
import { CommanderError } from 'commander';
import { commandTree } from './commands.ts';
import { failureLine } from './failure.ts';

/** `argv` as a process has it. Sets the process's exit code. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  try {
    await (await commandTree(argv.slice(2))).parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      process.stderr.write(`tegata: ${failureLine(error)}\n`);
      process.exitCode = 1;
    }
  }
}

/** A command whose output goes to a reader that has left (`tegata … | head`) ends well, one that fills a disk does not. */
export function heedOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`tegata: ${failureLine(error)}\n`);
    process.exitCode = 1;
  });
}
