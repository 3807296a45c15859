/**
 * Runs an operation over its shape (GraphQL §6: executing operations, fields and errors), with the checks, the errors and the
 * resolvers' view of graphql-js. Its own executor collects the fields again for each request and makes half a dozen objects
 * for each value; of a list of rows that is most of what a request costs (docs/performance.md).
 */
import {
  defaultFieldResolver,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLResolveInfo,
  getArgumentValues,
  locatedError,
  responsePathAsArray,
  type ValidatedExecutionArgs,
  validateExecutionArgs,
} from 'graphql';
import { type ResultShape, resultShapeOf, type ShapedField, type ValueForm } from './result-shape.ts';

type Path = GraphQLResolveInfo['path'];
type ResultMap = Record<string, unknown>;

/** The shape of the operation at its root, made by `make` where it is not known yet. */
export type KnownShape = (args: ValidatedExecutionArgs, make: () => ResultShape) => ResultShape;

export function runOperation(
  args: ExecutionArgs,
  knownShape: KnownShape,
): ExecutionResult | Promise<ExecutionResult> {
  const valid = validateExecutionArgs(args);
  return 'schema' in valid ? new Run(valid).result(knownShape) : { errors: valid };
}

const NO_ARGUMENTS = Object.freeze({});

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** Handles the rejection of a promise that is awaited by no one: unhandled, it would end the process. */
function ignoreRejection(value: unknown): void {
  if (isPromise(value)) Promise.resolve(value).catch(() => {});
}

/** The remaining items of a list that is given up may be promises already. */
function ignoreRemaining(items: Iterator<unknown>): void {
  try {
    for (let next = items.next(); !next.done; next = items.next()) ignoreRejection(next.value);
  } catch {
    // An iterator that throws has no further items.
  }
}

class Run {
  readonly #args: ValidatedExecutionArgs;
  readonly #errors: GraphQLError[] = [];
  /** Where an error has put null in place of what stood there. */
  readonly #nulled = new Set<Path | undefined>();
  #isOver = false;
  #abort: AbortController | undefined;

  constructor(args: ValidatedExecutionArgs) {
    this.#args = args;
  }

  result(knownShape: KnownShape): ExecutionResult | Promise<ExecutionResult> {
    const { operation, rootValue } = this.#args;
    try {
      const shape = knownShape(this.#args, () => this.#rootShape());
      if (operation.operation === 'mutation') return this.#inTurn(shape, rootValue);
      const data = this.#fields(shape, rootValue, undefined);
      if (!isPromise(data)) return this.#ended(data);
      return data.then(
        (shown) => this.#ended(shown as ResultMap),
        (error: unknown) => this.#failed(error),
      );
    } catch (error) {
      return this.#failed(error);
    }
  }

  #rootShape(): ResultShape {
    const { schema, operation } = this.#args;
    const type = schema.getRootType(operation.operation);
    if (type) return resultShapeOf(this.#args, type, [operation.selectionSet]);
    const message = `Schema is not configured to execute ${operation.operation} operation.`;
    throw new GraphQLError(message, { nodes: operation });
  }

  #failed(error: unknown): ExecutionResult {
    this.#note(error instanceof GraphQLError ? error : locatedError(error, undefined), undefined);
    return this.#ended(null);
  }

  /** What still runs shows nothing any more. */
  #ended(data: ResultMap | null): ExecutionResult {
    this.#isOver = true;
    this.#abort?.abort();
    return this.#errors.length > 0 ? { errors: this.#errors, data } : { data };
  }

  /** GraphQL §6.2.2: each mutation when the one before it has ended. */
  async #inTurn(shape: ResultShape, source: unknown): Promise<ExecutionResult> {
    const shown = new shape.Shown();
    try {
      for (const field of shape.fields) shown[field.name] = await this.#field(field, source, undefined);
      return this.#ended(shown);
    } catch (error) {
      return this.#failed(error);
    }
  }

  #fields(shape: ResultShape, source: unknown, path: Path | undefined): ResultMap | Promise<ResultMap> {
    const shown = new shape.Shown();
    const awaited: string[] = [];
    try {
      for (const field of shape.fields) {
        const value = this.#field(field, source, path);
        shown[field.name] = value;
        if (isPromise(value)) awaited.push(field.name);
      }
    } catch (error) {
      for (const name of awaited) ignoreRejection(shown[name]);
      throw error;
    }
    return awaited.length > 0 ? allOf(shown, awaited) : shown;
  }

  #field(field: ShapedField, source: unknown, parent: Path | undefined): unknown {
    const { form } = field;
    let result: unknown;
    try {
      result = this.#resolve(field, source, parent);
      // Most fields are such, and need a place only when they fail.
      if (form.kind === 'leaf' && !isPromise(result)) return this.#leaf(field, form, result);
    } catch (error) {
      return this.#fault(error, field, form, placeOf(field, parent));
    }
    return this.#completed(field, form, result, placeOf(field, parent));
  }

  #resolve(shaped: ShapedField, source: unknown, parent: Path | undefined): unknown {
    const { field, info } = shaped;
    const { contextValue } = this.#args;
    if (info && field.resolve) return field.resolve(source, NO_ARGUMENTS, contextValue, info);
    if (!field.resolve && field.args.length === 0 && typeof source === 'object' && source !== null) {
      const own = (source as ResultMap)[field.name];
      if (typeof own !== 'function') return own;
    }
    const args = shaped.args ?? this.#argumentsOf(shaped);
    if (shaped.isConstant) shaped.args = args;
    const resolve = field.resolve ?? defaultFieldResolver;
    return resolve(source, args, contextValue, this.#infoOf(shaped, placeOf(shaped, parent)));
  }

  #argumentsOf({ field, nodes }: ShapedField): Record<string, unknown> {
    const { variableValues, hideSuggestions } = this.#args;
    const [node] = nodes;
    return node ? getArgumentValues(field, node, variableValues, undefined, hideSuggestions) : {};
  }

  #infoOf({ field, nodes, parentType }: ShapedField, path: Path): GraphQLResolveInfo {
    const { schema, fragmentDefinitions, rootValue, operation, variableValues } = this.#args;
    return {
      fieldName: field.name,
      fieldNodes: nodes,
      returnType: field.type,
      parentType,
      path,
      schema,
      fragments: fragmentDefinitions,
      rootValue,
      operation,
      variableValues,
      getAbortSignal: () => this.#signal(),
      getAsyncHelpers: () => ({ promiseAll: (values) => Promise.all(values), track: () => {} }),
    };
  }

  #signal(): AbortSignal {
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  /** `isMade`: the promise is of the value as it is shown, not of what the resolver gave. */
  async #later(
    field: ShapedField,
    form: ValueForm,
    coming: Promise<unknown>,
    path: Path,
    isMade = false,
  ): Promise<unknown> {
    try {
      const result = await coming;
      if (this.#isOver) throw new Error('the request is over');
      return isMade ? result : await this.#value(field, form, result, path);
    } catch (error) {
      return this.#fault(error, field, form, path);
    }
  }

  /** GraphQL §6.4.3, CompleteValue */
  #value(field: ShapedField, form: ValueForm, result: unknown, path: Path): unknown {
    if (form.kind === 'leaf') return this.#leaf(field, form, result);
    if (result instanceof Error) throw result;
    if (result === null || result === undefined) return nothing(field, form);
    if (form.kind === 'list') return this.#list(field, form.item, result, path);
    field.below ??= resultShapeOf(
      this.#args,
      form.type,
      field.nodes.map(({ selectionSet }) => selectionSet),
    );
    return this.#fields(field.below, result, path);
  }

  #leaf(field: ShapedField, form: ValueForm & { kind: 'leaf' }, result: unknown): unknown {
    if (result instanceof Error) throw result;
    if (result === null || result === undefined) return nothing(field, form);
    const value = form.type.coerceOutputValue(result);
    if (value === null || value === undefined) throw new Error(`${form.type} has no form for a value`);
    return value;
  }

  #list(field: ShapedField, form: ValueForm, result: unknown, path: Path): unknown {
    if (typeof result !== 'object' || result === null || !(Symbol.iterator in result)) {
      const at = `${field.parentType}.${field.field.name}`;
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${at}".`);
    }
    const shown: unknown[] = [];
    const items = (result as Iterable<unknown>)[Symbol.iterator]();
    let isAwaited = false;
    try {
      for (let next = items.next(); !next.done; next = items.next()) {
        const item = { prev: path, key: shown.length, typename: undefined };
        const value = this.#completed(field, form, next.value, item);
        isAwaited ||= isPromise(value);
        shown.push(value);
      }
    } catch (error) {
      shown.forEach(ignoreRejection);
      ignoreRemaining(items);
      throw error;
    }
    return isAwaited ? Promise.all(shown) : shown;
  }

  /** Of a field or of an item of its list, with its errors; what stands below a null knows that by this very `path`. */
  #completed(field: ShapedField, form: ValueForm, result: unknown, path: Path): unknown {
    try {
      if (isPromise(result)) return this.#later(field, form, result, path);
      const value = this.#value(field, form, result, path);
      return isPromise(value) ? this.#later(field, form, value, path, true) : value;
    } catch (error) {
      return this.#fault(error, field, form, path);
    }
  }

  /** GraphQL §6.4.4: null where it may be; else the error is the parent's. */
  #fault(raw: unknown, { nodes }: ShapedField, form: ValueForm, path: Path): null {
    const error = locatedError(raw, nodes, responsePathAsArray(path));
    if (this.#args.errorPropagation && form.isRequired) throw error;
    this.#note(error, path);
    return null;
  }

  /** Of what stands below a null no error is told, and none after the result. */
  #note(error: GraphQLError, path: Path | undefined): void {
    if (this.#isOver) return;
    for (let place = path; place; place = place.prev) if (this.#nulled.has(place)) return;
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(path);
    this.#errors.push(error);
  }
}

const placeOf = ({ name, parentType }: ShapedField, prev: Path | undefined): Path => ({
  prev,
  key: name,
  typename: parentType.name,
});

function nothing({ parentType, field }: ShapedField, { isRequired }: ValueForm): null {
  if (isRequired) throw new Error(`Cannot return null for non-nullable field ${parentType}.${field.name}.`);
  return null;
}

async function allOf(shown: ResultMap, awaited: readonly string[]): Promise<ResultMap> {
  const values = await Promise.all(awaited.map((name) => shown[name]));
  for (const [place, name] of awaited.entries()) shown[name] = values[place];
  return shown;
}
