/**
 * Before `npm start`: builds when something that a build is made of has changed since the last one. `--note`: a build has
 * just been made.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const NOTE = join(ROOT, 'node_modules/.tegata-built'); // gone with the packages that the build was made with
const MADE_OF = [
  'src/**/*.{ts,tsx}',
  'assets/explorer.js',
  'scripts/{built,bundle,bundle-program,licences,sbom,shipped}.ts',
  '{tsconfig,tsconfig.build,package,package-lock}.json',
];
const MADE = ['dist/main.js', 'dist/extension/tools.d.ts', 'assets/vendor/bootstrap.css', 'sbom.cdx.json'];

const state = stateNow();
if (process.argv.includes('--note')) writeFileSync(NOTE, state);
else if (!isBuilt()) process.exitCode = build();

function stateNow(): string {
  const hash = createHash('sha256');
  for (const file of globSync(MADE_OF, { cwd: ROOT }).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

function isBuilt(): boolean {
  if (!MADE.every((file) => existsSync(join(ROOT, file)))) return false;
  return existsSync(NOTE) && readFileSync(NOTE, 'utf8') === state;
}

function build(): number {
  return spawnSync('npm', ['run', '-s', 'build'], { cwd: ROOT, stdio: 'inherit', shell: true }).status ?? 1;
}
