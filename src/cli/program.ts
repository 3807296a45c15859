/** Runs the command that the arguments name; a failure is one line on standard error. */
import { CommanderError } from 'commander';
import { commandTree } from './commands.ts';
import { failureLine } from './failure.ts';

/** `argv` as a process has it. Sets the process's exit code. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  endWithReader();
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

/** `tegata … | head`: who was to read has what they wanted. A server goes on all the same (serve.ts). */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
