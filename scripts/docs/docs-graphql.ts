/** docs/graphql.md: every query and mutation as the program itself describes it, in one language. */
import type { FieldDescription } from '../../src/graphql/describe.ts';
import { ERROR_CODES } from '../../src/graphql/errors.ts';
import type { Language } from './docs-parts.ts';
import { code, markdownTable } from './markdown.ts';

const HEADS = {
  ja: ['引数', '型', '既定値', '意味'],
  en: ['argument', 'type', 'default', 'meaning'],
} as const;

/** `extensions.code`. */
export const errorCodeTable = (language: Language): string =>
  markdownTable(
    language === 'ja' ? ['`extensions.code`', '意味'] : ['`extensions.code`', 'what it means'],
    Object.entries(ERROR_CODES).map(([name, text]) => [code(name), text[language]]),
  );

export const fieldSections = (
  fields: readonly FieldDescription[],
  kind: FieldDescription['kind'],
  language: Language,
): string =>
  fields
    .filter((field) => field.kind === kind)
    .map((field) => section(field, language))
    .join('\n\n');

/** The scopes of what an argument searches through. */
function further(scopes: readonly string[], language: Language): string {
  const all = ['read', ...scopes].map(code);
  return language === 'ja' ? `${all.join(' か ')} も必要です` : `Needs ${all.join(' or ')} too`;
}

function section(field: FieldDescription, language: Language): string {
  const { name, description, args, example } = field;
  const rows = args.map((argument) => [
    code(argument.name),
    code(argument.type),
    argument.fallback === undefined ? '–' : code(argument.fallback),
    [argument.meaning, ...argument.scopes.map((scopes) => further(scopes, language))].join(
      language === 'ja' ? '。' : '. ',
    ),
  ]);
  return [
    `### ${name}`,
    ...(description === '' ? [] : [description]),
    language === 'ja' ? givesJa(field) : gives(field),
    ...(rows.length === 0 ? [] : [markdownTable(HEADS[language], rows)]),
    ...(example === undefined ? [] : [`\`\`\`graphql\n${example}\n\`\`\``]),
  ].join('\n\n');
}

const gives = ({ type, full, own }: FieldDescription): string =>
  `Gives ${code(type)}. Scopes: ${[full.map(code).join(' and '), ...own.map(code)].join(', or ')}.`;

const givesJa = ({ type, full, own }: FieldDescription): string =>
  `返り値は ${code(type)}。必要なスコープは${[full.map(code).join(' と '), ...own.map(code)].join('、または ')}。`;
