/** packages/client/src/generated: the types of the schema, and a function for each query and mutation. */
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { ERROR_CODES } from '../../src/graphql/errors.ts';
import type { Language } from './docs-parts.ts';

type Texts = Readonly<Record<Language, string | null | undefined>>;
type Schemas = Readonly<Record<Language, GraphQLSchema>>;
type Input = GraphQLArgument | GraphQLInputField;

const HEAD = '// Generated from the schema by `npm run -s docs`. Do not edit.\n';
const OUTPUT: Readonly<Record<string, string>> = { Int: 'number', Float: 'number', Boolean: 'boolean' };
const INPUT: Readonly<Record<string, string>> = {
  ...OUTPUT,
  ID: 'string | number',
  DateTime: 'string | Date',
};

export type ClientSource = { readonly schema: string; readonly operations: string };

/** From the schema language, as the program prints it in either language. */
export function clientSource(sdl: Readonly<Record<Language, string>>): ClientSource {
  const schemas = { ja: buildSchema(sdl.ja), en: buildSchema(sdl.en) };
  const roots = [schemas.ja.getQueryType()?.name, schemas.ja.getMutationType()?.name];
  const types = Object.values(schemas.ja.getTypeMap())
    .filter(({ name }) => !name.startsWith('__') && !roots.includes(name))
    .map((type) => typeText(schemas, type))
    .filter((text) => text !== '');
  const fields = rootFields(schemas);
  const args = fields.map(({ field, texts }) => argsText(field, texts)).filter((text) => text !== '');
  return {
    schema: `${HEAD}\n${[errorCodes(), ...types, ...args].join('\n\n')}\n`,
    operations: operationsText(fields),
  };
}

function errorCodes(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, text]) => `${doc(text, '  ')}  | '${code}'`);
  return `/** \`extensions.code\` */\nexport type ErrorCode =\n${rows.join('\n')};`;
}

function typeText({ en }: Schemas, type: GraphQLNamedType): string {
  const other = en.getType(type.name);
  const head = doc({ ja: type.description, en: other?.description });
  if (isEnumType(type)) {
    return `${head}export type ${type.name} = ${type
      .getValues()
      .map(({ name }) => `'${name}'`)
      .join(' | ')};`;
  }
  if (isInputObjectType(type) && isInputObjectType(other)) {
    const described = other.getFields();
    const lines = Object.values(type.getFields()).map((field) =>
      inputLine(field, { ja: field.description, en: described[field.name]?.description }),
    );
    return `${head}export interface ${type.name} {\n${lines.join('\n')}\n}`;
  }
  if (!isObjectType(type) || !isObjectType(other)) return '';
  const described = other.getFields();
  const lines = Object.values(type.getFields()).map((field) => {
    const texts = { ja: field.description, en: described[field.name]?.description };
    return `${doc(texts, '  ')}  ${field.name}: ${typed(field.type, OUTPUT)};`;
  });
  return `${head}export interface ${type.name} {\n${lines.join('\n')}\n}`;
}

function inputLine(input: Input, texts: Texts): string {
  const optional = !isNonNullType(input.type) || hasDefault(input);
  const type = typed(input.type, INPUT);
  return `${doc(texts, '  ')}  ${input.name}${optional ? '?' : ''}: ${type}${optional ? ' | undefined' : ''};`;
}

const hasDefault = (input: Input): boolean => input.default !== undefined;

/** A type in TypeScript; null where the schema allows it. */
function typed(type: GraphQLType, scalars: Readonly<Record<string, string>>): string {
  if (isNonNullType(type)) return present(type.ofType, scalars);
  return `${present(type, scalars)} | null`;
}

function present(type: GraphQLType, scalars: Readonly<Record<string, string>>): string {
  if (isListType(type)) {
    const item = typed(type.ofType, scalars);
    const list = item.includes('|') ? `(${item})[]` : `${item}[]`;
    return scalars === INPUT ? `readonly ${list}` : list;
  }
  const name = String(type);
  if (isEnumType(type) || isObjectType(type) || isInputObjectType(type)) return name;
  return scalars[name] ?? 'string';
}

type RootField = {
  readonly kind: 'query' | 'mutation';
  readonly field: GraphQLField<unknown, unknown>;
  readonly texts: GraphQLField<unknown, unknown> | undefined;
};

function rootFields({ ja, en }: Schemas): RootField[] {
  const of = (schema: GraphQLSchema, kind: RootField['kind']) =>
    (kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {};
  return (['query', 'mutation'] as const).flatMap((kind) => {
    const described = of(en, kind);
    return Object.values(of(ja, kind)).map((field) => ({ kind, field, texts: described[field.name] }));
  });
}

const argsName = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}Args`;

function argsText(field: RootField['field'], texts: RootField['texts']): string {
  if (field.args.length === 0) return '';
  const lines = field.args.map((argument) => {
    const en = texts?.args.find(({ name }) => name === argument.name)?.description;
    return inputLine(argument, { ja: argument.description, en });
  });
  return `/** Arguments of \`${field.name}\`. */\nexport interface ${argsName(field.name)} {\n${lines.join('\n')}\n}`;
}

function operationsText(fields: readonly RootField[]): string {
  const functions = fields.map(({ kind, field, texts }) => {
    const { name, args, type } = field;
    const rows = args.map((argument) => `  ${argument.name}: '${variableType(argument)}',`);
    const types = args.length === 0 ? '' : `, {\n${rows.join('\n')}\n}`;
    const of = `'${name}', ${args.length === 0 ? 'object' : `Schema.${argsName(name)}`}, ${outside(typed(type, OUTPUT))}`;
    const head = doc({ ja: field.description, en: texts?.description });
    return `${head}export const ${name} = /*#__PURE__*/ rootField<${of}>('${kind}', '${name}'${types});`;
  });
  const imports =
    "import { rootField } from '../operation.ts';\nimport type * as Schema from './schema.ts';\n";
  return `${HEAD}${imports}\n${functions.join('\n\n')}\n`;
}

/** Of an argument with a default the variable may be left out. */
const variableType = (argument: GraphQLArgument): string =>
  hasDefault(argument) ? String(argument.type).replace(/!$/, '') : String(argument.type);

/** With the schema's names as another file names them. */
const outside = (type: string): string => type.replace(/\b[A-Z]\w*/g, (name) => `Schema.${name}`);

/** A comment in Japanese and English, where there is something to say. */
function doc({ ja, en }: Texts, indent = ''): string {
  const lines = [...new Set([ja, en].filter((text) => text != null && text !== ''))]
    .join('\n')
    .replaceAll('*/', '*∕')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  // A blank line between: editors join lines otherwise.
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`).join(`\n${indent} *\n`)}\n${indent} */\n`;
}
