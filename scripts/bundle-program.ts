/**
 * Part of `npm run build`: the program and the packages that it is made of, as a few files in dist/. Node looks for 90 files
 * at a start then and not for 1,300 (docs/decisions/0032-program-bundled.md).
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'rolldown';
import { licenceTexts } from './licences.ts';
import { noteShipped, packagesIn } from './shipped.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

/**
 * Of a hundred small files, and asked for both as module and as CommonJS: one copy is in the bundle. The SDK beside may have
 * another; they find each other by a symbol of the process.
 */
const TELEMETRY = '@opentelemetry/api';

/** Installed beside the program: what holds binaries, and the SDKs of what is optional. */
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const INSTALLED = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => name !== TELEMETRY);

/**
 * V8 keeps a source as long as its code: one byte a character where all are ASCII, else two. In strings, templates and
 * patterns an escape says the same.
 */
const asAscii = (code: string): string =>
  code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * An `import` of node:http reads each of its exports, `WebSocket` among them, and so loads the whole of undici: 16 MB of
 * memory and a tenth of the start. Asked for as a value it does not.
 */
const leanHttp: Plugin = {
  name: 'lean-http',
  resolveId: (id, _importer, { kind }) =>
    /^(?:node:)?http$/.test(id) && kind !== 'require-call' ? '\0lean-http' : undefined,
  load: (id) =>
    id === '\0lean-http'
      ? `const http = process.getBuiltinModule('node:http');
         export default http;
         export const { Agent, IncomingMessage, STATUS_CODES, ServerResponse, createServer, request } = http;`
      : undefined,
};

/**
 * Fastify loads node:http2 for servers that are none of ours, and compilers of JSON schemas for routes, of which ours have none:
 * 0.6 MB of sources and 5 MB of memory.
 */
const NO_SCHEMAS = `module.exports = () => () => {
  throw new Error('routes have no JSON schemas: their compilers are left out of the bundle (scripts/bundle-program.ts)');
};`;
const LEFT_OUT: Readonly<Record<string, string>> = {
  'node:http2': 'module.exports = {};',
  '@fastify/ajv-compiler': NO_SCHEMAS,
  '@fastify/fast-json-stringify-compiler': NO_SCHEMAS,
};

const leanFastify: Plugin = {
  name: 'lean-fastify',
  resolveId: (id, importer) =>
    id in LEFT_OUT && importer?.includes('/node_modules/fastify/') ? `\0left-out:${id}` : undefined,
  load: (id) => (id.startsWith('\0left-out:') ? LEFT_OUT[id.slice('\0left-out:'.length)] : undefined),
};

rmSync(DIST, { recursive: true, force: true });
const made = await build({
  cwd: ROOT,
  input: { main: 'src/main.ts', 'extension/tools': 'src/extension/tools.ts' },
  platform: 'node',
  tsconfig: 'tsconfig.json',
  external: [...INSTALLED.map((name) => new RegExp(`^${name}(?:/|$)`)), 'pg-native'],
  resolve: { alias: { [TELEMETRY]: fileURLToPath(import.meta.resolve(TELEMETRY)) } },
  plugins: [leanHttp, leanFastify],
  output: {
    dir: DIST,
    format: 'esm',
    // As deep below the package as src/admin, whose files find the assets from where they are.
    chunkFileNames: 'chunks/[name].js',
    // Neither minified nor renamed: a stack trace has the source's own names, and a map leads to its lines.
    sourcemap: true,
    comments: false,
  },
});
for (const chunk of made.output) {
  if (chunk.type === 'chunk') writeFileSync(join(DIST, chunk.fileName), asAscii(chunk.code));
}
const folders = packagesIn(made);
writeFileSync(join(DIST, 'LICENSES.txt'), licenceTexts(folders));
noteShipped('dist', folders);
