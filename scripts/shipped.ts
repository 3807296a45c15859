/** Which packages are in the files that a build makes: noted by the two bundlers, read by the one that makes the SBOM. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { RolldownOutput } from 'rolldown';

const ROOT = join(import.meta.dirname, '..');
/** Folder of what is made, as it stands in the package. */
export const SHIPPED = ['dist', 'assets/vendor'] as const;
type Shipped = (typeof SHIPPED)[number];

const fileOf = (made: Shipped): string => join(ROOT, `node_modules/.tegata-${made.replace('/', '-')}.json`);

/** Folders of the packages that the files hold. */
export function packagesIn({ output }: RolldownOutput): string[] {
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

export function noteShipped(made: Shipped, folders: readonly string[]): void {
  mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
  writeFileSync(fileOf(made), JSON.stringify(folders.map((folder) => relative(ROOT, folder))));
}

/** Keys of package-lock.json: `node_modules/fastify`. */
export const shippedIn = (made: Shipped): string[] => JSON.parse(readFileSync(fileOf(made), 'utf8'));
