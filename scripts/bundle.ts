/**
 * Part of `npm run build`: GraphiQL with everything it needs as one script and one style sheet in assets/vendor, so that the
 * explorer asks no other host for anything, and Bootstrap's style sheet.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'rolldown';
import { licenceTexts } from './licences.ts';
import { noteShipped, packagesIn } from './shipped.ts';

const ROOT = join(import.meta.dirname, '..');
const ASSETS = join(ROOT, 'assets');
const VENDOR = join(ASSETS, 'vendor');

mkdirSync(VENDOR, { recursive: true });
const made = await build({
  input: join(ASSETS, 'explorer.js'),
  platform: 'browser',
  logLevel: 'silent', // packages say "use client", which means nothing here
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  output: { file: join(VENDOR, 'explorer.js'), format: 'iife', minify: true, codeSplitting: false },
});
const resolve = createRequire(import.meta.url).resolve;
bring('graphiql/style.css', 'explorer.css');
bring('bootstrap/dist/css/bootstrap.min.css', 'bootstrap.css');
const folders = [...packagesIn(made), join(ROOT, 'node_modules/bootstrap')];
writeFileSync(join(VENDOR, 'LICENSES.txt'), licenceTexts(folders));
noteShipped('assets/vendor', folders);

/** Without the mention of its source map: that is not served, and a browser's developer tools would ask for it in vain. */
function bring(file: string, name: string): void {
  const text = readFileSync(resolve(file), 'utf8').replace(/\/\*# sourceMappingURL=.*?\*\/\s*$/, '');
  writeFileSync(join(VENDOR, name), text);
}
