/** The generated parts of docs/: each table from the very declaration that the program runs on, in both languages. */
import type { Command } from 'commander';
import { en } from '../../src/admin/i18n/en/messages.ts';
import { ja } from '../../src/admin/i18n/ja/messages.ts';
import type { Variable } from '../../src/app/config/variable.ts';
import { VARIABLES } from '../../src/app/config/variables.ts';
import { EVENT_KINDS } from '../../src/audit/kinds.ts';
import { pathOf } from '../../src/cli/command.ts';
import type { FieldDescription } from '../../src/graphql/describe.ts';
import { CATALOGUE, type OAuthErrorCode } from '../../src/oauth/rules/errors.ts';
import { SCOPES } from '../../src/oauth/rules/scope.ts';
import { customerSearch } from '../../src/shop/search/customers.ts';
import { orderSearch } from '../../src/shop/search/orders.ts';
import { productSearch } from '../../src/shop/search/products.ts';
import { CSV_DIFFERENCES } from '../../test/writes/csv-differences.ts';
import { DIFFERENCES } from '../../test/writes/differences.ts';
import { SHOP_DIFFERENCES } from '../../test/writes/product-differences.ts';
import { replayCounts } from '../../test/writes/replays.ts';
import { errorCodeTable, fieldSections } from './docs-graphql.ts';
import { securitySections } from './docs-security.ts';
import { ERRORS_JA, VARIABLES_JA } from './japanese.ts';
import { code, markdownTable } from './markdown.ts';

export type Language = 'ja' | 'en';

export type DocumentPart = {
  /** File in docs/. */
  readonly page: string;
  /** As in the markers around it. */
  readonly name: string;
  /** Markdown. */
  readonly content: string;
};

export type Described = {
  readonly program: Command;
  readonly fields: Readonly<Record<Language, readonly FieldDescription[]>>;
  /** The texts of all test files. */
  readonly testSources: readonly string[];
};

const WORDS = { ja, en };

/** The column heads of a table. */
const HEADS = {
  variables: {
    ja: ['変数', '意味', '既定値', '例', '秘密'],
    en: ['variable', 'meaning', 'default', 'example', 'secret'],
  },
  errors: {
    ja: ['エラー', 'HTTPステータス', '意味', '出典'],
    en: ['error', 'HTTP status', 'meaning', 'source'],
  },
  uris: { ja: ['理由', '画面に出る文'], en: ['reason', 'what it says'] },
  scopes: { ja: ['スコープ', 'アプリができること'], en: ['scope', 'lets an app'] },
  sorting: { ja: ['クエリ', '`sortkey` に使える値'], en: ['query', '`sortkey`'] },
  events: { ja: ['種類', '起きたこと'], en: ['kind', 'what happened'] },
} as const;

export const generatedParts = (described: Described): DocumentPart[] => [
  ...inLanguage(described, 'en'),
  ...inLanguage(described, 'ja'),
  { page: 'security.md', name: 'rows', content: securitySections(described.testSources) },
  { page: 'cli.md', name: 'commands', content: commandSections(described.program) },
  { page: 'eccube/differences.md', name: 'replayed', content: replayTable() },
  { page: 'eccube/differences.md', name: 'differences', content: differenceTable() },
  { page: 'eccube/differences.md', name: 'recorded pages', content: recordedPageTable() },
];

function inLanguage({ fields }: Described, language: Language): DocumentPart[] {
  const folder = language === 'ja' ? 'ja/' : '';
  const parts = {
    'configuration.md': { variables: variableTable(language) },
    'errors.md': { 'oauth errors': errorTable(language), 'redirect uri reasons': uriTable(language) },
    'scopes.md': { scopes: scopeTable(language) },
    'audit-log.md': { 'event kinds': eventTable(language) },
    'graphql.md': {
      'error codes': errorCodeTable(language),
      'sort keys': sortTable(language),
      queries: fieldSections(fields[language], 'query', language),
      mutations: fieldSections(fields[language], 'mutation', language),
    },
  };
  return Object.entries(parts).flatMap(([page, contents]) =>
    Object.entries(contents).map(([name, content]) => ({ page: `${folder}${page}`, name, content })),
  );
}

function variableTable(language: Language): string {
  const variables: readonly [string, Variable][] = Object.entries(VARIABLES);
  const rows = variables.map(([key, { name, meaning, unit, fallback, example, secret }]) => [
    code(name),
    language === 'ja'
      ? VARIABLES_JA[key as keyof typeof VARIABLES]
      : `${meaning}${unit === undefined ? '' : ` (${unit})`}`,
    fallback === undefined || fallback === '' ? '–' : code(fallback),
    code(example),
    secret ? (language === 'ja' ? 'はい' : 'yes') : '',
  ]);
  return markdownTable(HEADS.variables[language], rows);
}

const errorTable = (language: Language): string =>
  markdownTable(
    HEADS.errors[language],
    Object.entries(CATALOGUE).map(([name, { status, text, source }]) => [
      code(name),
      String(status),
      language === 'ja' ? ERRORS_JA[name as OAuthErrorCode] : text,
      source,
    ]),
  );

const uriTable = (language: Language): string =>
  markdownTable(
    HEADS.uris[language],
    Object.entries(WORDS[language].redirectUriReasons).map(([reason, text]) => [code(reason), text]),
  );

const differenceTable = (): string =>
  markdownTable(
    ['what', 'where', 'EC-CUBE', 'Tegata', 'reason'],
    DIFFERENCES.map(({ name, where, eccube, tegata, reason }) => [
      name,
      where.map(code).join(', '),
      eccube,
      tegata,
      reason,
    ]),
  );

const SERVERS = { postgres: 'PostgreSQL', sqlite: 'SQLite', mysql: 'MariaDB' } as const;

const replayTable = (): string =>
  markdownTable(
    ['recorded on', 'replayed', 'the same rows', 'on the lists below', 'without counterpart'],
    replayCounts().map(({ database, same, listed, without }) => [
      SERVERS[database],
      ...[same + listed, same, listed, without].map(String),
    ]),
  );

/** Differences that several records share are told once. */
function recordedPageTable(): string {
  const reasons = Map.groupBy([...SHOP_DIFFERENCES, ...CSV_DIFFERENCES], ({ en }) => en);
  return markdownTable(
    ['recorded operations', 'where', 'what and why'],
    [...reasons].map(([en, shared]) => [
      shared.flatMap(({ records }) => records).join(', '),
      [...new Set(shared.flatMap(({ tables }) => tables))].map(code).join(', '),
      en,
    ]),
  );
}

const scopeTable = (language: Language): string =>
  markdownTable(
    HEADS.scopes[language],
    SCOPES.map((scope) => [code(scope), WORDS[language].scopes[scope]]),
  );

const sortTable = (language: Language): string =>
  markdownTable(
    HEADS.sorting[language],
    Object.entries({ products: productSearch, orders: orderSearch, customers: customerSearch }).map(
      ([query, { sortKeys }]) => [
        code(query),
        Object.keys(sortKeys)
          .map(code)
          .join(language === 'ja' ? '、' : ', '),
      ],
    ),
  );

const eventTable = (language: Language): string =>
  markdownTable(
    HEADS.events[language],
    EVENT_KINDS.map((kind) => [code(kind), WORDS[language].events[kind]]),
  );

function commandSections(program: Command): string {
  return leavesOf(program)
    .map((command) => `## ${pathOf(command)}\n\n\`\`\`text\n${helpOf(command).trimEnd()}\n\`\`\``)
    .join('\n\n');
}

const leavesOf = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);

/** As `--help` prints it, examples included. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}
