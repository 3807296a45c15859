/** The texts that licences want kept beside a copy of a package, as one file. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `folders`: those of the packages, each with its package.json. */
export const licenceTexts = (folders: readonly string[]): string => folders.map(licenceOf).join('\n\n');

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [file] = globSync('{licen[cs]e,LICEN[CS]E,Licen[cs]e}{,.md,.txt,-MIT}', { cwd: folder });
  // Where the package holds no text, the name of its licence has to do.
  const text = file === undefined ? String(license) : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}`;
}
