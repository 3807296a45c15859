/**
 * `npm run eccube-plugin`: packs eccube-plugin/ as the archive that EC-CUBE's plugin page takes: its files at the root, in a
 * form of tar that PHP reads, and the same bytes for the same files. `--out` names the folder.
 */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const PLUGIN = join(ROOT, 'eccube-plugin');

const { values } = parseArgs({ options: { out: { type: 'string', default: ROOT } } });
const { version } = JSON.parse(readFileSync(join(PLUGIN, 'composer.json'), 'utf8')) as { version: string };
const archive = join(values.out, `tegata-link-${version}.tar.gz`);
const files = globSync('**/*', { cwd: PLUGIN })
  .filter((path) => statSync(join(PLUGIN, path)).isFile())
  .sort();
const owner = ['--owner=0', '--group=0', '--numeric-owner', '--mode=644', '--mtime=@0'];
execFileSync('tar', [
  '--format=ustar',
  ...owner,
  '-C',
  PLUGIN,
  '-I',
  'gzip -n',
  '-cf',
  archive,
  '--',
  ...files,
]);
console.log(archive);
