/**
 * Runs a request: text → document (kept) → scopes → resolvers → result. Knows no HTTP.
 * An unexpected error is logged with the request's id; the caller sees the id and nothing else.
 */
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import { sparingLog } from '../../base/sparing-log.ts';
import { outageOf, takesNoWrites } from '../../database/outage.ts';
import { type ErrorCode, insufficientPermission, isErrorCode } from '../errors.ts';
import { runOperation } from '../execution/run-operation.ts';
import { overBudget } from './argument-budget.ts';
import { lateScopes } from './argument-scopes.ts';
import { RequestContext, type RequestContextDeps, type Requester } from './context.ts';
import { documentJudge, type JudgeDeps } from './documents.ts';
import { endedResult, inTime } from './ending.ts';
import type { LaggingReads } from './lagging-reads.ts';
import { keptFor } from './plan.ts';
import type { CostExtension } from './request-cost.ts';
import { lackingScopes, type RequiredScopes } from './required-scopes.ts';

/** A commit whose answer was lost may have been one; a write that was refused was none. */
const AWAY = 'The database went away. Before you repeat a mutation, ask whether it was carried out.';
const NO_WRITES = 'The database takes no writes now. This was not carried out; try it again later.';

export type ApiRequest = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
};

export type Prepared =
  | { readonly kind: 'ready'; readonly args: ExecutionArgs; readonly roots: readonly string[] }
  /** The token lacks scopes for an operation of the document. */
  | {
      readonly kind: 'forbidden';
      readonly scopes: readonly string[];
      readonly error: GraphQLError;
      readonly field: string | undefined;
    }
  | { readonly kind: 'errors'; readonly errors: readonly GraphQLError[] };

/** An error as a response shows it. */
export type PublicError = {
  readonly message: string;
  readonly extensions: {
    readonly category: string;
    readonly code: ErrorCode;
    readonly field?: string;
    readonly requestId?: string;
  };
  readonly locations?: GraphQLError['locations'];
  readonly path?: GraphQLError['path'];
};

export type ApiResult = {
  errors?: readonly PublicError[];
  data?: unknown;
  readonly extensions: { readonly cost: CostExtension };
};

/** What a request came to that ran. */
export type Spent = {
  readonly cost: number;
  /** Seconds to wait when it was refused for want of points, before anything was done. */
  readonly waitSeconds: number | undefined;
};

export type ErrorLog = { error(details: object, message: string): void };

export type ExecutorDeps = RequestContextDeps &
  JudgeDeps & {
    readonly log: ErrorLog;
    /** undefined: everything is read where it is written. */
    readonly reads?: LaggingReads | undefined;
    /** The root fields whose rows a replica has as well. */
    readonly laggingRoots: ReadonlySet<string>;
  };

export type Executor = {
  prepare(request: ApiRequest, requester: Requester): Prepared;
  /** Throws when the database is away and nothing was read. */
  run(args: ExecutionArgs): Promise<ApiResult>;
  /** The answer as JSON, or what is said of one that became too large. */
  write(args: ExecutionArgs, answer: Pick<ApiResult, 'errors' | 'data'> & Partial<ApiResult>): string;
  /** Of a request that has run. */
  spent(args: ExecutionArgs): Spent;
  /** To be called when the response has left. */
  release(args: ExecutionArgs): void;
  /** Any error of this API, as it may be shown. */
  publish(error: Error, requestId: string): PublicError;
};

export function createExecutor(needs: ExecutorDeps): Executor {
  const judge = documentJudge(needs);
  const publish = (error: Error, requestId: string): PublicError => publicError(needs.log, error, requestId);
  return {
    publish,
    prepare: (request, requester) => {
      const judged = judge(request.query);
      const requiredScopes = judged.ok ? judged.document.requiredScopes : judged.requiredScopes;
      const lacking = firstLacking(requiredScopes, requester.principal.scopes);
      // Before what is wrong with the document: who may not ask learns nothing of the schema.
      if (lacking) return forbidden(lacking);
      if (!judged.ok) return { kind: 'errors', errors: judged.errors };
      const { document } = judged;
      const variables = request.variables ?? {};
      const over = overBudget(document.uses, variables, needs);
      if (over) return { kind: 'errors', errors: [over] };
      const late = lateScopes(document.late, document.uses.defaults, variables);
      const lackingLate = firstLacking(late, requester.principal.scopes);
      if (lackingLate) return forbidden(lackingLate);
      const contextValue = new RequestContext(needs, { ...requester, document });
      const args = executionArgs(needs.schema, request, contextValue);
      return { kind: 'ready', args, roots: document.roots };
    },
    run: (args) => run(needs, publish, args),
    write: (args, answer) => {
      const text = JSON.stringify(answer);
      const contextValue = args.contextValue as RequestContext;
      const most = contextValue.needs.limits.resultBytes;
      // A character has three bytes in UTF-8 at the most.
      if (text.length * 3 <= most || Buffer.byteLength(text) <= most) return text;
      contextValue.end('resultBytes');
      const errors = endedResult(contextValue).errors.map((error) => publish(error, contextValue.requestId));
      return JSON.stringify({ errors, data: null, extensions: answer.extensions });
    },
    spent: ({ contextValue }) => spentBy(contextValue as RequestContext),
    release: ({ contextValue }) => (contextValue as RequestContext).release(),
  };
}

async function run(
  needs: ExecutorDeps,
  publish: Executor['publish'],
  args: ExecutionArgs,
): Promise<ApiResult> {
  const contextValue = args.contextValue as RequestContext;
  if (needs.reads) await choosePlace(needs, contextValue);
  const executed = await inTime(contextValue, started(contextValue, args)).finally(() =>
    contextValue.finish(),
  );
  const result = await contextValue.firstResults.settle(args, executed);
  if (contextValue.hasMutated) await noteWrite(needs, contextValue);
  const away = result.errors?.find((error) => outageOf(error) !== undefined);
  // Nothing was read: the whole request may come again. What a mutation did before, the caller needs to know.
  if (away && isQuery(args) && isEmpty(result.data)) throw away;
  const errors = result.errors?.map((error) => publish(error, contextValue.requestId));
  const data = result.data === undefined ? {} : { data: result.data };
  return { ...(errors && { errors }), ...data, extensions: settled(contextValue) };
}

const started = ({ document }: RequestContext, args: ExecutionArgs) =>
  runOperation(args, (asked, make) => keptFor(document, asked, document.shapes, make));

async function choosePlace(
  { reads, laggingRoots }: ExecutorDeps,
  contextValue: RequestContext,
): Promise<void> {
  const { document, mayLag, principal } = contextValue;
  if (!reads || !mayLag || !document.roots.every((root) => laggingRoots.has(root))) return;
  const place = await reads.placeFor(principal.clientId);
  if (place) contextValue.readFrom(place);
}

const noteWrite = async ({ reads }: ExecutorDeps, contextValue: RequestContext): Promise<void> =>
  reads && contextValue.afterCommit(() => reads.noteWrite(contextValue.principal.clientId));

const spentBy = ({ cost, hasMutated }: RequestContext): Spent => ({
  cost: cost.actual,
  waitSeconds: hasMutated ? undefined : cost.waitSeconds,
});

/** As clients of Shopify's Admin API read it. */
function settled({ cost }: RequestContext): ApiResult['extensions'] {
  cost.settle();
  return { cost: cost.told() };
}

const isQuery = ({ document, operationName }: ExecutionArgs): boolean =>
  getOperationAST(document, operationName)?.operation === 'query';

const isEmpty = (data: ExecutionResult['data']): boolean =>
  Object.values(data ?? {}).every((value) => value === null);

type Lacking = { readonly scopes: readonly string[]; readonly field: string | undefined };

function firstLacking(
  requiredScopes: readonly RequiredScopes[],
  scopes: ReadonlySet<string>,
): Lacking | undefined {
  for (const required of requiredScopes) {
    const lacking = lackingScopes(required, scopes);
    if (lacking) return { scopes: lacking, field: required.field };
  }
  return undefined;
}

const forbidden = ({ scopes, field }: Lacking): Prepared => ({
  kind: 'forbidden',
  scopes,
  field,
  error: insufficientPermission(scopes, field),
});

function executionArgs(
  schema: GraphQLSchema,
  request: ApiRequest,
  contextValue: RequestContext,
): ExecutionArgs {
  return {
    schema,
    document: contextValue.document.document,
    contextValue,
    variableValues: request.variables ?? null,
    operationName: request.operationName ?? null,
  };
}

/** While the database is away every field of every request fails alike. */
const outages = sparingLog();

export function publicError(log: ErrorLog, error: Error, requestId: string): PublicError {
  const known = knownCategory(error);
  const away = known === undefined && outageOf(error) !== undefined;
  const detail = { err: bare(error), requestId };
  if (away) outages.write('error', log, detail, 'a request failed: the database is away');
  else if (known === undefined) log.error(detail, 'a question failed');
  const shown =
    known === undefined
      ? {
          message: away ? awayMessage(error) : 'Internal server error',
          extensions: away
            ? { category: 'unavailable', code: 'UNAVAILABLE' as const, requestId }
            : { category: 'internal', code: 'INTERNAL' as const, requestId },
        }
      : { message: error.message, extensions: { category: known, ...toldExtensions(error, known) } };
  if (!(error instanceof GraphQLError)) return shown;
  return {
    ...shown,
    ...(error.locations && { locations: error.locations }),
    ...(error.path && error.path.length > 0 && { path: error.path }),
  };
}

const awayMessage = (error: Error): string => (takesNoWrites(error) ? NO_WRITES : AWAY);

/** What our own errors say beside their category and code; of a foreign error nothing is passed on. */
const TOLD = ['field', 'current', 'faults', 'saved'] as const;

/** What graphql-js itself finds while it runs a document is a variable, or an argument, that does not fit. */
function toldExtensions(error: Error, category: string): { readonly code: ErrorCode } {
  const { extensions = {} } = error instanceof GraphQLError ? error : {};
  const usual = category === 'Invalid argument' ? 'INVALID' : 'VALIDATION';
  const field = variableOf(error);
  return {
    code: isErrorCode(extensions.code) ? extensions.code : usual,
    ...(field !== undefined && { field }),
    ...Object.fromEntries(TOLD.flatMap((name) => (name in extensions ? [[name, extensions[name]]] : []))),
  };
}

/** `items[3].stock`, of a variable that does not fit its type. */
function variableOf(error: Error): string | undefined {
  const [, name, below = ''] =
    /^Variable "\$(\w+)" has invalid value(?: at ([^:]+))?:/.exec(error.message) ?? [];
  return name === undefined ? undefined : `${name}${below}`;
}

/** Without the request's text and without a driver's details, which may hold what people wrote. */
function bare(error: Error): object {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  return {
    type: cause.name,
    message: cause.message,
    stack: cause.stack,
    ...('code' in cause && { code: cause.code }),
  };
}

/** undefined: an unforeseen error, not to be read outside. */
function knownCategory(error: Error): string | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const { category } = error.extensions;
  if (typeof category === 'string') return category;
  return error.originalError === undefined || error.originalError instanceof GraphQLError
    ? 'graphql'
    : undefined;
}
