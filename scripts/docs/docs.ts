/** `tegata docs`: writes what the program knows of itself into docs/, or says which page differs (`--check`, in CI). */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parseConfig } from '../../src/app/config/config.ts';
import type { FieldDescription } from '../../src/graphql/describe.ts';
import { openServices, type Services } from '../../src/app/services.ts';
import { print, withExamples } from '../../src/cli/command.ts';
import { type DocumentPart, generatedParts } from './docs-parts.ts';
import { Refused } from '../../src/cli/failure.ts';

const ROOT = join(import.meta.dirname, '../..');

type Options = { check?: true; folder: string };

type Page = { readonly file: string; readonly old: string; readonly text: string };

export function docsCommand(program: Command): void {
  const command = program
    .command('docs')
    .description(
      'write the generated tables of docs/*.md and docs/schema.graphql (for those who work on Tegata)',
    )
    .option('--check', 'change nothing; fail when a page is not what the program says')
    .option('--folder <folder>', 'the documents', 'docs')
    .action((options: Options, self: Command) => writeOrCheck(program, options, self));
  withExamples(command, 'docs', 'docs --check');
}

async function writeOrCheck(program: Command, { check, folder }: Options, self: Command): Promise<void> {
  const stale = (await pages(program, folder)).filter(({ old, text }) => old !== text);
  const files = stale.map(({ file }) => file);
  if (check && files.length > 0) {
    throw new Refused(`${files.join(', ')}: not as the program says; write anew: npm run -s tegata -- docs`);
  }
  for (const { file, text } of stale) writeFileSync(file, text);
  print(self, { written: files }, files.length === 0 ? ['every page is as the program says'] : files);
}

async function pages(program: Command, folder: string): Promise<Page[]> {
  const { sdl, fields } = await describedApi();
  const described = { program, fields, testSources: testSources() };
  const parts = Map.groupBy(generatedParts(described), ({ page }) => page);
  const tables = [...parts].map(([page, own]): Page => {
    const file = join(folder, page);
    const old = readPage(file);
    return { file, old, text: own.reduce((text, part) => withPart(text, part, file), old) };
  });
  const schema = join(folder, 'schema.graphql');
  const printed = existsSync(schema) ? readFileSync(schema, 'utf8') : '';
  return [...tables, { file: schema, old: printed, text: sdl }];
}

/** The tests lie beside the program that is run, whatever folder the pages are in. */
const testSources = (): string[] =>
  globSync('{src,test}/**/*.test.{ts,tsx}', { cwd: ROOT }).map((path) =>
    readFileSync(join(ROOT, path), 'utf8'),
  );

function readPage(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new Refused(`${file} does not exist; run this in the folder of Tegata’s source, or give --folder`);
}

/** The page with what stands between the part's two markers put anew. */
function withPart(text: string, { name, content }: DocumentPart, file: string): string {
  const [opening, closing] = [`<!-- generated: ${name} -->\n`, `<!-- end: ${name} -->`];
  const [from, to] = [text.indexOf(opening), text.indexOf(closing)];
  if (from < 0 || to < from) throw new Refused(`${file} lacks the markers of the generated part “${name}”`);
  return `${text.slice(0, from)}${opening}\n${content.trimEnd()}\n\n${text.slice(to)}`;
}

/** As the program serves it on a shop that has all that EC-CUBE brings: one made for this and thrown away. */
async function describedApi(): Promise<{ sdl: string; fields: FieldDescription[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'tegata-docs-'));
  const ask = async <T>(locale: string, question: (services: Services) => T): Promise<T> => {
    const services = await openServices(parseConfig({ TEGATA_DATA_DIR: folder, ECCUBE_LOCALE: locale }));
    const answer = question(services);
    await services.close();
    return answer;
  };
  try {
    const sdl = await ask('ja', ({ api }) => api.sdl());
    return { sdl, fields: await ask('en', ({ api }) => api.fields()) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
