/** Runs what a page or a document tells people to paste, word for word, in a POSIX shell. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const runFile = promisify(execFile);
const TIME_LIMIT_MS = 60_000;

/** Standard output; rejects when the last command fails. */
export async function runInShell(
  script: string,
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const { stdout } = await runFile('sh', ['-c', script], {
    timeout: TIME_LIMIT_MS,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...options.env },
  });
  return stdout;
}

/** The command of the page with its placeholders filled in, run; the JSON that it prints. */
export async function pasteAndRun(
  command: string,
  placeholders: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const filled = Object.entries(placeholders).reduce((text, [name, value]) => {
    if (!text.includes(`<${name}>`)) throw new Error(`the command has no <${name}>:\n${text}`);
    return text.replaceAll(`<${name}>`, value);
  }, command);
  const printed = await runInShell(filled.replace(/^curl /, 'curl -sS '));
  return JSON.parse(printed) as Record<string, unknown>;
}
