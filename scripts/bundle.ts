/**
 * Part of `npm run build`: GraphiQL with everything it needs as one script and one style sheet in assets/vendor, so that the
 * explorer asks no other host for anything.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'rolldown';

const ASSETS = join(import.meta.dirname, '../assets');
const VENDOR = join(ASSETS, 'vendor');

mkdirSync(VENDOR, { recursive: true });
await build({
  input: join(ASSETS, 'explorer.js'),
  platform: 'browser',
  logLevel: 'silent', // packages say "use client", which means nothing here
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  output: { file: join(VENDOR, 'explorer.js'), format: 'iife', minify: true, codeSplitting: false },
});
const resolve = createRequire(import.meta.url).resolve;
copyFileSync(resolve('graphiql/style.css'), join(VENDOR, 'explorer.css'));
const licences = ['graphiql', '@graphiql/react', 'graphql', 'react', 'react-dom', 'codemirror'].map(
  licenceOf,
);
writeFileSync(join(VENDOR, 'LICENSES.txt'), licences.join('\n\n'));

/** The texts that the licences want kept beside a copy; of the packages that make up most of it. */
function licenceOf(name: string): string {
  const folder = join(import.meta.dirname, '../node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  let text = license as string;
  try {
    text = readFileSync(join(folder, 'LICENSE'), 'utf8');
  } catch {
    // The name of the licence has to do.
  }
  return `${name} ${version}\n\n${text.trim()}`;
}
