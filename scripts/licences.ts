/** The texts that licences want kept beside a copy of a package, as one file. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `folders`: those of the packages, each with its package.json. */
export const licenceTexts = (folders: readonly string[]): string => folders.map(licenceOf).join('\n\n');

function licenceOf(folder: string): string {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [file] = globSync('{licen[cs]e,LICEN[CS]E,Licen[cs]e}{,.md,.txt,-MIT}', { cwd: folder });
  const text = file === undefined ? textNamed(about) : readFileSync(join(folder, file), 'utf8');
  return `${about.name} ${about.version} (${about.license})\n\n${text.trim()}`;
}

type About = { name: string; license?: string; author?: string | { name: string } };

/** Of a package that names its licence and holds no text of it. */
function textNamed({ name, license, author }: About): string {
  if (license !== 'MIT') throw new Error(`${name}: a text for the licence ${license} is needed`);
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  return `MIT License\n\nCopyright (c) ${holder}\n\n${MIT}`;
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
