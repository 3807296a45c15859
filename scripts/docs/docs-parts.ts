/** The generated parts of docs/: each table from the very declaration that the program runs on. */
import type { Command } from 'commander';
import { en } from '../../src/admin/i18n/en/messages.ts';
import { VARIABLES, type Variable } from '../../src/app/config/variables.ts';
import type { FieldDescription } from '../../src/graphql/describe.ts';
import { CATALOGUE } from '../../src/oauth/rules/errors.ts';
import { EVENT_KINDS } from '../../src/audit/kinds.ts';
import { SCOPES } from '../../src/oauth/rules/scope.ts';
import { pathOf } from '../../src/cli/command.ts';
import { fieldSections } from './docs-graphql.ts';
import { securitySections } from './docs-security.ts';
import { code, markdownTable } from './markdown.ts';

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
  /** Of the API in English. */
  readonly fields: readonly FieldDescription[];
  /** The texts of all test files. */
  readonly testSources: readonly string[];
};

export const generatedParts = ({ program, fields, testSources }: Described): DocumentPart[] => [
  { page: 'configuration.md', name: 'variables', content: variableTable() },
  { page: 'errors.md', name: 'oauth errors', content: errorTable() },
  { page: 'errors.md', name: 'redirect uri reasons', content: uriTable() },
  { page: 'scopes.md', name: 'scopes', content: scopeTable() },
  { page: 'audit-log.md', name: 'event kinds', content: eventTable() },
  { page: 'graphql.md', name: 'queries', content: fieldSections(fields, 'query') },
  { page: 'graphql.md', name: 'mutations', content: fieldSections(fields, 'mutation') },
  { page: 'security.md', name: 'rows', content: securitySections(testSources) },
  { page: 'cli.md', name: 'commands', content: commandSections(program) },
];

function variableTable(): string {
  const variables: readonly Variable[] = Object.values(VARIABLES);
  const rows = variables.map(({ name, meaning, unit, fallback, example, secret }) => [
    code(name),
    `${meaning}${unit === undefined ? '' : ` (${unit})`}`,
    fallback === undefined || fallback === '' ? '–' : code(fallback),
    code(example),
    secret ? 'yes' : '',
  ]);
  return markdownTable(['variable', 'meaning', 'default', 'example', 'secret'], rows);
}

const errorTable = (): string =>
  markdownTable(
    ['error', 'HTTP status', 'meaning', 'source'],
    Object.entries(CATALOGUE).map(([name, { status, text, source }]) => [
      code(name),
      String(status),
      text,
      source,
    ]),
  );

const uriTable = (): string =>
  markdownTable(
    ['reason', 'what it says'],
    Object.entries(en.redirectUriReasons).map(([reason, text]) => [code(reason), text]),
  );

const scopeTable = (): string =>
  markdownTable(
    ['scope', 'lets an app'],
    SCOPES.map((scope) => [code(scope), en.scopes[scope]]),
  );

const eventTable = (): string =>
  markdownTable(
    ['kind', 'what happened'],
    EVENT_KINDS.map((kind) => [code(kind), en.events[kind]]),
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
