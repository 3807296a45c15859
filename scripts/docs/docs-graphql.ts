/** docs/graphql.md: every query and mutation as the program itself describes it. */
import type { FieldDescription } from '../../src/graphql/describe.ts';
import { code, markdownTable } from './markdown.ts';

export const fieldSections = (fields: readonly FieldDescription[], kind: FieldDescription['kind']): string =>
  fields
    .filter((field) => field.kind === kind)
    .map(section)
    .join('\n\n');

const furtherText = (scopes: readonly string[]): string =>
  `Needs ${['read', ...scopes].map(code).join(' or ')} too`;

function section({ name, description, type, args, full, own, example }: FieldDescription): string {
  const rows = args.map((argument) => [
    code(argument.name),
    code(argument.type),
    argument.fallback === undefined ? '–' : code(argument.fallback),
    [argument.meaning, ...argument.scopes.map(furtherText)].join('. '),
  ]);
  const table = rows.length === 0 ? [] : [markdownTable(['argument', 'type', 'default', 'meaning'], rows)];
  const opened = [full.map(code).join(' and '), ...own.map(code)].join(', or ');
  return [
    `### ${name}`,
    ...(description === '' ? [] : [description]),
    `Gives ${code(type)}. Scopes: ${opened}.`,
    ...table,
    ...(example === undefined ? [] : [`\`\`\`graphql\n${example}\n\`\`\``]),
  ].join('\n\n');
}
