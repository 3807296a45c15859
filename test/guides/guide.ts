/** A guide of docs/guides as a test runs it: its marked files written down, its marked commands run, beside a real server. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInShell } from '../e2e/shell.ts';
import type { Program } from '../support/program.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The marked code blocks of a guide, by their names. */
export function blocksOf(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const found = text.matchAll(/<!-- guide: ([\w. ]+) -->\n```(?:sh|js)\n([\s\S]*?)```/g);
  return new Map([...found].map(([, name = '', content = '']) => [name, content]));
}

/** The block that shows what the commands print. */
export const shownIn = (page: string): string[] =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(/```text\n([\s\S]*?)```/g)].map(
    ([, text = '']) => text,
  );

export type Guide = {
  readonly folder: string;
  /** Runs the commands of a block; standard output. */
  run(name: string): Promise<string>;
  /** Runs a command that the guide speaks of. */
  shell(command: string): Promise<string>;
};

/** Writes the guides' files into the folder, with a `tegata` that acts on the program's data. */
export function openGuide(pages: readonly string[], folder: string, program: Program): Guide {
  const blocks = new Map(pages.flatMap((page) => [...blocksOf(page)]));
  for (const [name, content] of blocks) {
    if (name.endsWith('.mjs')) writeFileSync(join(folder, name), content);
  }
  const command = join(folder, 'tegata');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'dist/main.js')}' "$@"\n`);
  chmodSync(command, 0o755);
  const node = join(process.execPath, '..');
  const env = {
    PATH: `${folder}:${node}:${process.env.PATH}`,
    BASE: program.url,
    TEGATA_DATA_DIR: program.dataDir,
  };
  const shell = (script: string) => runInShell(`set -e\n${script}`, { cwd: folder, env });
  return {
    folder,
    shell,
    run: (name) => {
      const script = blocks.get(name);
      if (script === undefined) throw new Error(`no block “${name}” in ${pages.join(', ')}`);
      return shell(script);
    },
  };
}
