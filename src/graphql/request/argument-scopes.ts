/**
 * What an argument requires of a token: the scopes of the types that its path crosses, as if their fields were asked for. An
 * argument says so where it is declared; one that does not, and that a narrow scope could give, stops the start.
 */
import {
  type ArgumentNode,
  type ConstValueNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLSchema,
  TypeInfo,
  type ValueNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { RequiredScopes } from './required-scopes.ts';

/** Names of types or of their fields (`Order.name01`), or what a value makes of it: such names, or the scopes that open it. */
export type Crossing = readonly string[] | ((value: unknown) => readonly (string | readonly string[])[]);

/** As an argument of the schema carries it. */
export const crossing = (crosses: Crossing) => ({ crosses });

export function crossingOf(argument: GraphQLArgument): Crossing | undefined {
  return argument.extensions.crosses as Crossing | undefined;
}

/** Scopes that are known when the variables are. */
export type LateScopes = { readonly value: ValueNode; of(value: unknown): readonly RequiredScopes[] };

export type ArgumentTable = {
  /** Of an argument of a root field; undefined = any token that opens the field may give it. */
  crossing(field: string, argument: GraphQLArgument): Crossing | undefined;
  /** The scopes that open a type, or a field of one (`Order.name01`), beside `read`; `isRead`: for a query. */
  crossed(name: string, isRead: boolean): readonly string[];
};

type Found = { readonly requiredScopes: readonly RequiredScopes[]; readonly late: readonly LateScopes[] };

export function argumentScopes(
  document: DocumentNode,
  schema: GraphQLSchema,
  table: ArgumentTable,
  fullOf: (field: string, isMutation: boolean) => readonly string[],
): Found {
  const requiredScopes: RequiredScopes[] = [];
  const late: LateScopes[] = [];
  const info = new TypeInfo(schema);
  const enter = ({ value }: ArgumentNode): void => {
    const [field, argument, parent] = [info.getFieldDef(), info.getArgument(), info.getParentType()];
    const isMutation = parent === schema.getMutationType();
    if (
      !parent ||
      !field ||
      !argument ||
      info.getDirective() ||
      !(isMutation || parent === schema.getQueryType())
    )
      return;
    const crosses = table.crossing(field.name, argument);
    if (crosses === undefined) return;
    const full = fullOf(field.name, isMutation);
    const of = (given: unknown): RequiredScopes[] =>
      (typeof crosses === 'function' ? crosses(given) : crosses).map((one) => ({
        full,
        own: typeof one === 'string' ? table.crossed(one, !isMutation) : one,
        field: `${parent.name}.${field.name}(${argument.name}:)`,
      }));
    if (typeof crosses === 'function' && hasVariable(value)) late.push({ value, of });
    else requiredScopes.push(...of(typeof crosses === 'function' ? valueFromASTUntyped(value) : undefined));
  };
  visit(document, visitWithTypeInfo(info, { Argument: enter }));
  return { requiredScopes, late };
}

/** What the variables require, as they are given or as the document says. */
export function lateScopes(
  late: readonly LateScopes[],
  defaults: ReadonlyMap<string, ConstValueNode>,
  variables: Readonly<Record<string, unknown>>,
): RequiredScopes[] {
  if (late.length === 0) return [];
  const usual = [...defaults].map(([name, node]) => [name, valueFromASTUntyped(node)] as const);
  const values = { ...Object.fromEntries(usual), ...variables };
  return late.flatMap(({ value, of }) => of(valueFromASTUntyped(value, values)));
}

function hasVariable(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    Variable: () => {
      found = true;
    },
  });
  return found;
}
