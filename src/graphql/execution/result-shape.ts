/**
 * What a selection asks of a type, worked out once for a document: its fields in the order of the response (GraphQL §6.3.2,
 * CollectFields), each with the form of its values. The schema knows neither interfaces nor unions, so the type of an object
 * is known beforehand.
 */
import {
  type ASTNode,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValidatedExecutionArgs,
  visit,
} from 'graphql';

/** `isRequired`: never null. */
export type ValueForm = { readonly isRequired: boolean } & (
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly kind: 'list'; readonly item: ValueForm }
  | { readonly kind: 'object'; readonly type: GraphQLObjectType }
);

export type ShapedField = {
  /** In the response. */
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly field: GraphQLField<unknown, unknown>;
  readonly parentType: GraphQLObjectType;
  readonly form: ValueForm;
  /** Whether its arguments are the same for each request, and may be kept (`CHANGES_NO_ARGUMENTS`). */
  readonly isConstant: boolean;
  /** Once they are made. */
  args: Record<string, unknown> | undefined;
  /** One for all rows, where the resolver asks for no place (`PLACELESS`). */
  readonly info: GraphQLResolveInfo | undefined;
  /** Of the objects that it shows; made when the first is shown. */
  below: ResultShape | undefined;
};

export type ResultShape = {
  readonly fields: readonly ShapedField[];
  /** Objects of one shape are made alike, which V8 writes and reads the faster. */
  readonly Shown: new () => Record<string, unknown>;
};

/** Extensions of a field whose resolver has no arguments and asks of its `info` for names only, not for where it stands. */
export const PLACELESS = { isPlaceless: true } as const;

/** Extensions of a field whose resolver leaves its arguments as they are: those without variables are made once for a document. */
export const CHANGES_NO_ARGUMENTS = { changesNoArguments: true } as const;

/** Whether a value of the request stands among the arguments of a field. */
export function hasVariables({ arguments: given = [] }: FieldNode): boolean {
  let found = false;
  const look = (node: ASTNode): void => {
    visit(node, {
      [Kind.VARIABLE]: () => {
        found = true;
      },
    });
  };
  given.forEach(look);
  return found;
}

type Asked = Pick<ValidatedExecutionArgs, 'schema' | 'fragments' | 'variableValues'>;

export function resultShapeOf(
  asked: Asked,
  type: GraphQLObjectType,
  selectionSets: readonly (SelectionSetNode | undefined)[],
): ResultShape {
  const fields: ShapedField[] = [];
  for (const [name, nodes] of collected(asked, type, selectionSets)) {
    const field = asked.schema.getField(type, nodes[0]?.name.value ?? '');
    if (field) fields.push(shapedField(name, nodes, field, type));
  }
  return { fields, Shown: makeShown() };
}

function shapedField(
  name: string,
  nodes: readonly FieldNode[],
  field: GraphQLField<unknown, unknown>,
  parentType: GraphQLObjectType,
): ShapedField {
  const path = { prev: undefined, key: name, typename: parentType.name };
  const isPlaceless = field.extensions.isPlaceless === true;
  const info = isPlaceless ? ({ fieldName: field.name, path } as unknown as GraphQLResolveInfo) : undefined;
  const isConstant = field.extensions.changesNoArguments === true && !nodes.some(hasVariables);
  const form = valueFormOf(field.type);
  return { name, nodes, field, parentType, form, info, isConstant, args: undefined, below: undefined };
}

/** Without a prototype that has names of its own: `__proto__` may be an alias. */
function makeShown(): ResultShape['Shown'] {
  class Shown {}
  Object.setPrototypeOf(Shown.prototype, null);
  return Shown as ResultShape['Shown'];
}

function valueFormOf(type: GraphQLOutputType, isRequired = false): ValueForm {
  if (isNonNullType(type)) return valueFormOf(type.ofType, true);
  if (isListType(type)) return { kind: 'list', item: valueFormOf(type.ofType), isRequired };
  if (isLeafType(type)) return { kind: 'leaf', type, isRequired };
  if (isObjectType(type)) return { kind: 'object', type, isRequired };
  throw new GraphQLError(`${type} is neither an object type nor a leaf type.`);
}

function collected(
  asked: Asked,
  type: GraphQLObjectType,
  selectionSets: readonly (SelectionSetNode | undefined)[],
): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  const collect = (selection: SelectionNode): void => {
    if (!isIncluded(asked, selection)) return;
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      const same = found.get(name);
      if (same) same.push(selection);
      else found.set(name, [selection]);
      return;
    }
    const fragment = fragmentOf(asked, selection, visited);
    const condition = fragment?.typeCondition?.name.value;
    if (condition === undefined || condition === type.name)
      fragment?.selectionSet.selections.forEach(collect);
  };
  for (const set of selectionSets) set?.selections.forEach(collect);
  return found;
}

/** A named fragment counts once in a selection. */
function fragmentOf(
  { fragments }: Asked,
  selection: Exclude<SelectionNode, FieldNode>,
  visited: Set<string>,
) {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
  const name = selection.name.value;
  if (visited.has(name)) return undefined;
  visited.add(name);
  return fragments[name]?.definition;
}

/** GraphQL §3.13.1, §3.13.2 */
function isIncluded({ variableValues }: Asked, node: SelectionNode): boolean {
  if (!node.directives?.length) return true;
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false
  );
}
