/** The functions behind `tegata-client/operations`: a query or a mutation with its arguments and what is read of its result. */
import { type Exact, type Selected, type Selection, selectionText } from './select.ts';

export type OperationKind = 'query' | 'mutation';

/** One field of a request, ready to run. */
export interface Operation<Result> {
  readonly kind: OperationKind;
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The arguments' types in the notation of GraphQL. */
  readonly types: Readonly<Record<string, string>>;
  readonly selection: string;
  /** Never set; carries the type of what comes back. */
  readonly result?: () => Result;
}

/**
 * A document whose result and variables have types: the same that GraphQL Code Generator calls `TypedDocumentString`, so that
 * its documents are taken wherever this is.
 */
export interface TypedDocument<Result, Variables> {
  toString(): string;
  __apiType?: (variables: Variables) => Result;
}

type IsLeaf<Type> = NonNullable<Type> extends string | number | boolean ? true : false;
type Row<Type> = NonNullable<Type> extends readonly (infer One)[] ? NonNullable<One> : NonNullable<Type>;

type Call<Args, Type> =
  IsLeaf<Type> extends true
    ? (args: Args) => Operation<Type>
    : keyof Args extends never
      ? <const Chosen extends Selection<Row<Type>>>(
          select: Chosen & Exact<Row<Type>, Chosen>,
        ) => Operation<Selected<Type, Chosen>>
      : <const Chosen extends Selection<Row<Type>>>(
          args: Args,
          select: Chosen & Exact<Row<Type>, Chosen>,
        ) => Operation<Selected<Type, Chosen>>;

type ToDocument<Name extends string, Args, Type> =
  IsLeaf<Type> extends true
    ? () => TypedDocument<Record<Name, Type>, Args>
    : <const Chosen extends Selection<Row<Type>>>(
        select: Chosen & Exact<Row<Type>, Chosen>,
      ) => TypedDocument<Record<Name, Selected<Type, Chosen>>, Args>;

export type RootField<Name extends string, Args, Type> = Call<Args, Type> & {
  /** The document alone, with every argument as a variable: what a job runs for each of its lines. */
  readonly document: ToDocument<Name, Args, Type>;
};

export function rootField<Name extends string, Args, Type>(
  kind: OperationKind,
  field: Name,
  types: Readonly<Record<string, string>> = {},
): RootField<Name, Args, Type> {
  const takesArgs = Object.keys(types).length > 0;
  const call = (first?: object, second?: object): Operation<unknown> => {
    const [args, select] = takesArgs ? [first, second] : [{}, first];
    return { kind, field, args: { ...args }, types, selection: select ? selectionText(select) : '' };
  };
  const document = (select?: object) => {
    const operation = { kind, field, args: types, types, selection: select ? selectionText(select) : '' };
    return documentOf({ [field]: operation }, (_, name) => name).text;
  };
  return Object.assign(call, { document }) as unknown as RootField<Name, Args, Type>;
}

export type RequestDocument = { readonly text: string; readonly variables: Record<string, unknown> };

/** One document for operations of one kind; each leaves under its alias. */
export function documentOf(
  operations: Readonly<Record<string, Operation<unknown>>>,
  variableOf = (alias: string, name: string): string => `${alias}_${name}`,
): RequestDocument {
  const [first, ...others] = Object.values(operations);
  if (!first) throw new TypeError('Give at least one operation.');
  if (others.some(({ kind }) => kind !== first.kind)) {
    throw new TypeError('Queries and mutations do not go into one request.');
  }
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fields = Object.entries(operations).map(([alias, { field, args, types, selection }]) => {
    const given = Object.keys(types).filter((name) => args[name] !== undefined);
    for (const name of given) {
      variables[variableOf(alias, name)] = args[name];
      declared.push(`$${variableOf(alias, name)}: ${types[name]}`);
    }
    const passed = given.map((name) => `${name}: $${variableOf(alias, name)}`).join(', ');
    return `${alias === field ? '' : `${alias}: `}${field}${passed && `(${passed})`} ${selection}`.trim();
  });
  const head = declared.length > 0 ? ` (${declared.join(', ')})` : '';
  return { text: `${first.kind}${head} { ${fields.join(' ')} }`, variables };
}
