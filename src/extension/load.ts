/** Reads the files of `TEGATA_EXTENSIONS`: data is judged, modules are imported. All faults of all files are reported together. */
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Entity } from '../shop/entity.ts';
import type { JudgedList } from './allow-list.ts';
import type { Extension } from './contract.ts';
import { type Extended, mergeExtensions } from './merge.ts';

/** All that is wrong with the extensions, one line a fault. */
export class ExtensionError extends Error {
  constructor(faults: readonly string[]) {
    super(`TEGATA_EXTENSIONS: ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** @throws ExtensionError */
export async function loadExtensions(
  paths: readonly string[],
  core: readonly Entity[],
  version: string,
): Promise<Extended> {
  const read = await Promise.all(paths.map(readExtension));
  const faults = read.flatMap(({ extension, faults: own }) =>
    own.map((fault) => `${extension.name}: ${fault}`),
  );
  const merged = mergeExtensions(
    core,
    faults.length > 0 ? [] : read.map(({ extension }) => extension),
    version,
  );
  const all = [...faults, ...merged.faults];
  if (all.length > 0) throw new ExtensionError(all);
  return merged.extended;
}

async function readExtension(path: string): Promise<JudgedList> {
  try {
    switch (extname(path)) {
      // JSON is YAML; one reader tells line and column of what cannot be read.
      case '.json':
      case '.yaml':
      case '.yml':
        return await judgeData(path);
      case '.js':
      case '.mjs':
      case '.ts':
        return await judgeModule(path, await import(pathToFileURL(path).href));
      default:
        return unreadable(path, 'must end in .json, .yaml, .js, .mjs or .ts');
    }
  } catch (error) {
    return unreadable(path, firstLine(error));
  }
}

// What only extensions need is loaded for them alone: a start without them is shorter.

async function judgeData(path: string): Promise<JudgedList> {
  const [{ parse }, { judgeAllowList }] = await Promise.all([import('yaml'), import('./allow-list.ts')]);
  return judgeAllowList(basename(path), parse(readFileSync(path, 'utf8')));
}

async function judgeModule(path: string, module: { default?: unknown }): Promise<JudgedList> {
  const extension = module.default;
  if (typeof extension !== 'object' || extension === null) {
    return unreadable(path, 'has no default export that is an extension');
  }
  const { moduleFaults } = await import('./module-form.ts');
  const faults = moduleFaults(extension);
  if (faults.length > 0) return { ...unreadable(path, ''), faults };
  return { extension: extension as Extension, faults };
}

/** What is thrown need not be an error, and a reader of YAML draws a picture below its first line. */
const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error)
    .split('\n')[0]
    ?.replace(/:$/, '') ?? '';

const unreadable = (path: string, fault: string): JudgedList => ({
  extension: { name: path, tegata: '*' },
  faults: [fault],
});
