/** The plugin's own PHP classes, run by Debian's PHP without EC-CUBE. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findProgram, hasProgram } from '../../scripts/programs.ts';

export const PLUGIN = join(import.meta.dirname, '../../eccube-plugin');
export const LACKING_PHP = hasProgram('php') ? undefined : 'php is not installed';

/** What the code prints; `$argv[1]` and on are `args`. */
export const php = (code: string, ...args: readonly string[]): string =>
  execFileSync(findProgram('php'), ['-d', 'display_errors=stderr', '-r', code, '--', ...args], {
    encoding: 'utf8',
    cwd: PLUGIN,
  });
