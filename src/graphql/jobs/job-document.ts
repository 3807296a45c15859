/** The document of a job: one mutation that is run for each line, or one list query that is run page by page. */
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  parse,
  parseType,
  print,
  type SelectionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { JobRefused } from './job-refused.ts';

export const FIRST = 'tegata_first';
export const AFTER = 'tegata_after';
export const PAGE = 'tegata_page';

const PAGING = ['first', 'after', 'page', 'limit'];
const MOST_TOKENS = 20_000;
const QUERY = 'query';

export type JobDocument = {
  readonly kind: 'mutation' | 'query';
  /** The field at the root. */
  readonly operation: string;
  /** What is run: a list query takes a page by the variables `FIRST` and `AFTER`. */
  readonly text: string;
  /** Where the field is in the result. */
  readonly key: string;
};

/** @throws JobRefused */
export function judgeJobDocument(schema: GraphQLSchema, text: string): JobDocument {
  const document = parsed(text);
  const [operation, ...others] = document.definitions.filter(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation || others.length > 0) {
    throw new JobRefused(
      'BAD_REQUEST',
      'Give one operation: a job runs one mutation or one list query.',
      QUERY,
    );
  }
  const root = rootOf(operation);
  const key = (root.alias ?? root.name).value;
  if (operation.operation === 'mutation') return { kind: 'mutation', operation: root.name.value, text, key };
  if (operation.operation === 'query') {
    const paged = byPages(schema, document, operation, root);
    return { kind: 'query', operation: root.name.value, text: print(paged), key };
  }
  throw new JobRefused('BAD_REQUEST', 'A job runs a mutation or a query.', QUERY);
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: MOST_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) throw new JobRefused('SYNTAX', error.message, QUERY);
    if (error instanceof RangeError)
      throw new JobRefused('LIMIT', 'The document is nested too deeply.', QUERY);
    throw error;
  }
}

function rootOf({ selectionSet, operation }: OperationDefinitionNode): FieldNode {
  const [root, ...others] = selectionSet.selections;
  if (root?.kind === Kind.FIELD && others.length === 0) return root;
  const text = `Give one field at the root of the ${operation}: a job runs one, and no fragment there.`;
  throw new JobRefused('BAD_REQUEST', text, QUERY);
}

/** The same document with its list read a page at a time, by the keys of the rows. */
function byPages(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  root: FieldNode,
): DocumentNode {
  requireList(schema, root);
  const given = root.arguments?.find(({ name }) => PAGING.includes(name.value));
  if (given) {
    throw new JobRefused('BAD_REQUEST', `${given.name.value}: leave it out; a job reads all rows.`, QUERY);
  }
  const rows = root.selectionSet?.selections.filter(isRows) ?? [];
  if (rows.length !== 1) {
    throw new JobRefused('BAD_REQUEST', 'Ask for nodes { … } or edges { node { … } }, once.', QUERY);
  }
  const field: FieldNode = {
    ...root,
    arguments: [...(root.arguments ?? []), argument('first', FIRST), argument('after', AFTER)],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...rows, PAGE_INFO] },
  };
  const paged: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [
      ...(operation.variableDefinitions ?? []),
      variable(FIRST, 'Int!'),
      variable(AFTER, 'String'),
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
  return { ...document, definitions: document.definitions.map((one) => (one === operation ? paged : one)) };
}

function requireList(schema: GraphQLSchema, root: FieldNode): void {
  const found = schema.getQueryType()?.getFields()[root.name.value];
  const type = found && getNamedType(found.type);
  const fields = isObjectType(type) ? type.getFields() : {};
  const names = found?.args.map(({ name }) => name) ?? [];
  if ('nodes' in fields && 'pageInfo' in fields && names.includes('first') && names.includes('after')) return;
  throw new JobRefused('BAD_REQUEST', `${root.name.value} is no list that can be read by pages.`, QUERY);
}

const isRows = (selection: SelectionNode): boolean =>
  selection.kind === Kind.FIELD && !selection.alias && ['nodes', 'edges'].includes(selection.name.value);

const named = (value: string): NameNode => ({ kind: Kind.NAME, value });

const argument = (name: string, value: string): ArgumentNode => ({
  kind: Kind.ARGUMENT,
  name: named(name),
  value: { kind: Kind.VARIABLE, name: named(value) },
});

const variable = (name: string, type: string): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: named(name) },
  type: parseType(type),
});

const field = (name: string, alias?: string, selections?: readonly FieldNode[]): FieldNode => ({
  kind: Kind.FIELD,
  name: named(name),
  ...(alias && { alias: named(alias) }),
  ...(selections && { selectionSet: { kind: Kind.SELECTION_SET, selections: [...selections] } }),
});

const PAGE_INFO = field('pageInfo', PAGE, [field('hasNextPage'), field('endCursor')]);
