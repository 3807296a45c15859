/** Wrong extensions as an operator meets them: the program says every fault in a line, exit code 1, never a stack. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadExtensions } from '../../src/extension/load.ts';
import { coreEntities } from '../../src/shop/registry.ts';
import { MANY_COMMANDS_MS, useCli } from '../cli/cli.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/maker');

const folder = mkdtempSync(join(tmpdir(), 'tegata-wrong-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function fileOf(text: string, extension = 'mjs'): string {
  count += 1;
  const file = join(folder, `${count}.${extension}`);
  writeFileSync(file, text);
  return file;
}
const module = (fields: string): string =>
  fileOf(`export default { name: 'x${count}', tegata: '*', ${fields} };`);
const list = (text: string): string => fileOf(text, 'yaml');

const RUN = 'args: {}, run: async () => null';
const SPEAKS = `description: { ja: 'あ', en: 'a' }`;

const faultsOf = (...files: string[]): Promise<string> =>
  loadExtensions(files, coreEntities, '0.1.0').then(
    () => 'was taken',
    (error: Error) => error.message,
  );

describe('a module of a wrong form is told where', () => {
  test.each([
    ['querys: []', 'querys: not known here; name, tegata,'],
    ['queries: {}', 'queries: must be a list'],
    ['queries: [7]', 'queries[0]: must hold names and values'],
    [`queries: [{ name: 'q', args: {}, type: 'Int' }]`, 'queries[0].run: must be a function'],
    [
      `queries: [{ name: 'q', type: 'Int', run() {}, args: { a: 'Int' } }]`,
      'queries[0].args: must be names, each with type',
    ],
    [`mutations: [{ name: 'm', type: 'Int', ${RUN} }]`, 'mutations[0].scopes: must be a list of names'],
    [`scopes: [{ name: 'read', opens: 'Product' }]`, 'scopes[0].opens: must be a list of names'],
    [
      `entities: [{ name: 'M', table: 'm', discriminator: 'm', relations: {} }]`,
      'entities[0].columns: must be names',
    ],
    [
      `additions: { Product: { columns: { a: 'string' } } }`,
      'additions.Product.columns: must be names, each with type',
    ],
    [`feed: [{ table: 't', entity: 'product' }]`, 'feed[0].column: must be a text'],
    [
      `topics: [{ entity: 't', table: 't', label: 't' }]`,
      'topics[0].label: must be a text in both languages',
    ],
    [`probes: [{ name: 'p' }]`, 'probes[0].check: must be a function'],
  ])('%s', async (fields, fault) => {
    expect(await faultsOf(module(fields))).toContain(fault);
  });

  test('one that throws something that is no error', async () => {
    expect(await faultsOf(fileOf('throw "no";'))).toContain('mjs: no');
  });
});

describe('what is watched must be sound, since triggers are made of it', () => {
  const topic = (more: string) => `topics: { maker: { table: plg_maker, label: { ja: あ, en: a }${more} } }`;
  test.each([
    ['topics: { Maker: { table: m, label: { ja: あ, en: a } } }', 'topic Maker: must be a–z'],
    ['topics: { a_name_that_is_long: { table: m, label: { ja: あ, en: a } } }', '16 characters at the most'],
    ['topics: { product: { table: m, label: { ja: あ, en: a } } }', 'two topics would be called product'],
    [
      'topics: { maker: { table: dtb_product, label: { ja: あ, en: a } } }',
      'table dtb_product would be watched twice',
    ],
    ['topics: { maker: { table: "m; drop", label: { ja: あ, en: a } } }', '“m; drop” is no name'],
    ['topics: { maker: { table: m, label: { ja: あ } } }', 'topics.maker.label.en: is missing'],
    [topic(', scopes: [read:makers]'), 'topic maker: there is no scope read:makers'],
    [
      `entities: { Maker: { table: plg_maker, columns: { id: id, code: string } } }\n${topic(', column: code')}`,
      'topic maker: plg_maker.code must be a whole number',
    ],
    [
      'feed: [{ table: t, entity: maker, column: c }]',
      'feed t: there is no topic maker; product, order, customer are',
    ],
    ['feed: { table: t }', 'feed: must be a list'],
    ['feed: [{ table: t, entity: product, column: "a b" }]', '“a b” is no name'],
  ])('%s', async (text, fault) => {
    expect(await faultsOf(list(text))).toContain(fault);
  });
});

describe('two extensions that clash are told what about', () => {
  test.each([
    [
      'a column',
      () => [
        list('entities: { Product: { columns: { a: string } } }'),
        list('entities: { Product: { columns: { a: text } } }'),
      ],
      'two extensions add Product.a',
    ],
    [
      'an entity and its table',
      () => [
        list('entities: { M: { table: m, columns: { id: id } } }'),
        list('entities: { M: { table: m, columns: { id: id } } }'),
      ],
      'entity M is declared twice',
    ],
    [
      'a root field and a query',
      () => [
        list('entities: { M: { table: m, columns: { id: id }, one: mine } }'),
        module(`queries: [{ name: 'mine', type: 'Int', ${RUN} }]`),
      ],
      'would be called mine',
    ],
    [
      'a scope',
      () => [
        module(`scopes: [{ name: 'write:x', ${SPEAKS}, opens: [] }]`),
        module(`scopes: [{ name: 'write:x', ${SPEAKS}, opens: [] }]`),
      ],
      'scope write:x is declared twice',
    ],
    [
      'a topic',
      () => [
        list('topics: { maker: { table: a, label: { ja: あ, en: a } } }'),
        list('topics: { maker: { table: b, label: { ja: あ, en: a } } }'),
      ],
      'two topics would be called maker',
    ],
    [
      'a table',
      () => [
        list('feed: [{ table: t, entity: product, column: c }]'),
        list('feed: [{ table: t, entity: order, column: c }]'),
      ],
      'table t would be watched twice',
    ],
    [
      'a probe',
      () => [module(`probes: [{ name: 'database', check() {} }]`)],
      'two probes would be called database',
    ],
  ])('%s', async (_what, files, fault) => {
    expect(await faultsOf(...files())).toContain(fault);
  });
});

describe('the program refuses with exit code 1 and no stack', () => {
  const refused = async (files: readonly string[]): Promise<string> => {
    const shop = useCli({ TEGATA_EXTENSIONS: files.join() }, onTestFinished);
    const { code, stdout, stderr } = await shop.run('client', 'list');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).toContain('TEGATA_EXTENSIONS: ');
    return stderr;
  };

  test(
    'a missing file, broken texts, types that there are not, names that are none',
    async () => {
      const missing = join(folder, 'nowhere.yaml');
      const first = await refused([missing, list('a: ['), fileOf('export default {', 'ts')]);
      expect(first).toContain('TEGATA_EXTENSIONS: 3 fault(s):');
      expect(first).toContain('nowhere.yaml');
      expect(first.trimEnd().split('\n')).toHaveLength(4);
      expect(await refused([module(`queries: [{ name: 'q', type: 'Nope', ${RUN} }]`)])).toContain(
        'no GraphQL type Nope',
      );
      expect(await refused([module(`queries: [{ name: 'q', type: '[', ${RUN} }]`)])).toContain(
        'Syntax Error',
      );
      expect(await refused([module(`queries: [{ name: 'q-q', type: 'Int', ${RUN} }]`)])).toContain('q-q');
      const own = `types: [{ kind: 'object', name: 'T', fields: { a: { type: 'Int' } } }]`;
      const query = (name: string) => module(`queries: [{ name: '${name}', type: 'T', ${RUN}, ${own} }]`);
      expect(await refused([query('a'), query('b')])).toContain('two types would be called T');
      const same = module(
        `queries: [{ name: 'c', type: 'Product', ${RUN}, ${own.replace("'T'", "'Product'")} }]`,
      );
      expect(await refused([same])).toContain('two types would be called Product');
    },
    MANY_COMMANDS_MS,
  );
});

test(
  'without the plugin’s tables the shop starts all the same, and doctor names what is left out',
  async () => {
    const files = [join(EXAMPLE, 'plugins.yaml'), join(EXAMPLE, 'maker.mjs')];
    const cli = useCli({ TEGATA_EXTENSIONS: files.join() }, onTestFinished);
    expect((await cli.run('client', 'list')).code).toBe(0);
    const { stdout } = await cli.run('doctor');
    for (const text of [
      'makerByName is left out, because plg_maker is absent',
      'renameMaker is left out, because plg_maker is absent',
      'changes of maker are left out, because plg_maker is absent',
    ]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).toMatch(/makers.*plg_maker/);
    const sdl = (await cli.run('schema')).stdout;
    expect(sdl).not.toMatch(/maker/i);
  },
  MANY_COMMANDS_MS,
);
