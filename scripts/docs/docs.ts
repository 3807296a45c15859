/**
 * `npm run docs`: writes what the program knows of itself into docs/, in both languages; with `--check` (in CI) changes
 * nothing and fails when a page differs. `--folder` names another copy of the documents. Of the typed client it writes what
 * comes from the schema.
 */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseConfig } from '../../src/app/config/config.ts';
import { openServices, type Services } from '../../src/app/services.ts';
import { commandTree } from '../../src/cli/commands.ts';
import type { FieldDescription } from '../../src/graphql/describe.ts';
import { clientSource } from './client-source.ts';
import { type DocumentPart, generatedParts, type Language } from './docs-parts.ts';
import { postmanCollection } from './postman.ts';

const ROOT = join(import.meta.dirname, '../..');

type Page = { readonly file: string; readonly old: string; readonly text: string };

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    folder: { type: 'string', default: join(ROOT, 'docs') },
    client: { type: 'string', default: join(ROOT, 'packages/client/src/generated') },
  },
});
const stale = (await pages(values.folder, values.client)).filter(({ old, text }) => old !== text);
if (stale.length === 0) console.log('every page is as the program says');
for (const { file, text } of stale) {
  if (values.check) console.error(`${file}: not as the program says; write it: npm run -s docs`);
  else writeFileSync(file, text);
}
if (!values.check) for (const { file } of stale) console.log(`wrote ${file}`);
process.exitCode = values.check && stale.length > 0 ? 1 : 0;

async function pages(folder: string, client: string): Promise<Page[]> {
  const { sdl, fields } = await describedApi();
  const described = { program: await commandTree([]), fields, testSources: testSources() };
  const parts = Map.groupBy(generatedParts(described), ({ page }) => page);
  const tables = [...parts].map(([page, own]): Page => {
    const file = join(folder, page);
    const old = readFileSync(file, 'utf8');
    return { file, old, text: own.reduce((text, part) => withPart(text, part, file), old) };
  });
  const { schema, operations } = clientSource(sdl);
  return [
    ...tables,
    whole(join(folder, 'schema.graphql'), sdl.ja),
    whole(join(folder, 'postman/tegata.postman_collection.json'), postmanCollection(sdl.ja, fields)),
    whole(join(client, 'schema.ts'), schema),
    whole(join(client, 'operations.ts'), operations),
  ];
}

/** A file that is generated from its first line to its last. */
function whole(file: string, text: string): Page {
  return { file, old: existsSync(file) ? readFileSync(file, 'utf8') : '', text };
}

function testSources(): string[] {
  const files = globSync('{src,test}/**/*.test.{ts,tsx}', { cwd: ROOT });
  return files.map((path) => readFileSync(join(ROOT, path), 'utf8'));
}

/** The page with new content between the part's two markers. */
function withPart(text: string, { name, content }: DocumentPart, file: string): string {
  const [opening, closing] = [`<!-- generated: ${name} -->\n`, `<!-- end: ${name} -->`];
  const [from, to] = [text.indexOf(opening), text.indexOf(closing)];
  if (from < 0 || to < from) throw new Error(`${file} lacks the markers of the generated part “${name}”`);
  return `${text.slice(0, from)}${opening}\n${content.trimEnd()}\n\n${text.slice(to)}`;
}

type ApiFields = Readonly<Record<Language, readonly FieldDescription[]>>;

/** As the program serves it on a shop that has all that EC-CUBE brings: one made for this and thrown away. */
async function describedApi(): Promise<{ sdl: Readonly<Record<Language, string>>; fields: ApiFields }> {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-docs-'));
  const describe = async <T>(locale: Language, read: (services: Services) => T): Promise<T> => {
    const services = await openServices(parseConfig({ TEGATA_DATA_DIR: folder, ECCUBE_LOCALE: locale }));
    const result = read(services);
    await services.close();
    return result;
  };
  try {
    const read = ({ api }: Services) => ({ sdl: api.sdl(), fields: api.fields() });
    const [ja, en] = [await describe('ja', read), await describe('en', read)];
    return { sdl: { ja: ja.sdl, en: en.sdl }, fields: { ja: ja.fields, en: en.fields } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
