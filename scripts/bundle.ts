/**
 * Part of `npm run build`: GraphiQL with everything it needs as one script and one style sheet in assets/vendor, so that the
 * explorer asks no other host for anything.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'rolldown';
import { licenceTexts } from './licences.ts';

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
const packages = ['graphiql', '@graphiql/react', 'graphql', 'react', 'react-dom', 'codemirror'];
// Of those that make up most of it.
const folders = packages.map((name) => join(import.meta.dirname, '../node_modules', name));
writeFileSync(join(VENDOR, 'LICENSES.txt'), licenceTexts(folders));
