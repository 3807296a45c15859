/**
 * Part of `npm run build`: the program and the packages that it is made of, as a few files in dist/. Node looks for 90 files
 * at a start then and not for 1,300 (docs/decisions/0032-program-bundled.md).
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { licenceTexts } from './licences.ts';
import { noteShipped, packagesIn } from './shipped.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

/** Installed beside the program: what holds binaries, and OpenTelemetry, of which the SDK beside must find the same copy. */
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const INSTALLED = Object.keys({ ...dependencies, ...peerDependencies });

rmSync(DIST, { recursive: true, force: true });
const made = await build({
  cwd: ROOT,
  input: { main: 'src/main.ts', 'extension/tools': 'src/extension/tools.ts' },
  platform: 'node',
  tsconfig: 'tsconfig.json',
  external: [...INSTALLED.map((name) => new RegExp(`^${name}(?:/|$)`)), 'pg-native'],
  output: {
    dir: DIST,
    format: 'esm',
    // As deep below the package as src/admin, whose files find the assets from where they are.
    chunkFileNames: 'chunks/[name].js',
    // Neither minified nor renamed: a stack trace has the source's own names, and a map leads to its lines.
    sourcemap: true,
  },
});
const folders = packagesIn(made);
writeFileSync(join(DIST, 'LICENSES.txt'), licenceTexts(folders));
noteShipped('dist', folders);
