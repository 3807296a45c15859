/**
 * Runs a question: text → document (kept) → scopes → resolvers → answer. Knows no HTTP.
 * An unexpected error is logged with the request's id; the caller sees the id and nothing else.
 */
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import type { Principal } from '../oauth/scope.ts';
import { outageOf } from '../store/outage.ts';
import { Question, type QuestionNeeds } from './context.ts';
import { type Demand, lackingScopes } from './demands.ts';
import { documentJudge, type JudgeNeeds } from './documents.ts';
import { refusal } from './errors.ts';
import { breachText } from './limits.ts';

/** A commit whose answer was lost may have been one. */
const AWAY = 'The database went away. Before you repeat a mutation, ask whether it was carried out.';

export type ApiQuestion = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
};

export type Asker = { readonly principal: Principal; readonly requestId: string };

export type Prepared =
  | { readonly kind: 'ready'; readonly args: ExecutionArgs; readonly roots: readonly string[] }
  /** The token lacks scopes for an operation of the document. */
  | { readonly kind: 'forbidden'; readonly scopes: readonly string[]; readonly error: GraphQLError }
  | { readonly kind: 'errors'; readonly errors: readonly GraphQLError[] };

/** An error as it stands in an answer. */
export type PublicError = {
  readonly message: string;
  readonly extensions: { readonly category: string; readonly requestId?: string };
  readonly locations?: GraphQLError['locations'];
  readonly path?: GraphQLError['path'];
};

export type Answer = { errors?: readonly PublicError[]; data?: unknown };

export type ErrorLog = { error(details: object, message: string): void };

export type ExecutorNeeds = QuestionNeeds & JudgeNeeds & { readonly log: ErrorLog };

export type Executor = {
  prepare(question: ApiQuestion, asker: Asker): Prepared;
  /** Throws when the database is away and nothing was read. */
  run(args: ExecutionArgs): Promise<Answer>;
  /** Any error of this API, as it may be shown. */
  publish(error: Error, requestId: string): PublicError;
};

export function createExecutor(needs: ExecutorNeeds): Executor {
  const judge = documentJudge(needs);
  const publish = (error: Error, requestId: string): PublicError => publicError(needs.log, error, requestId);
  return {
    publish,
    prepare: (question, asker) => {
      const judged = judge(question.query);
      const demands = judged.kind === 'good' ? judged.document.demands : judged.demands;
      const lacking = firstLacking(demands, asker.principal.scopes);
      // Before what is wrong with the document: who may not ask learns nothing of the schema.
      if (lacking) return { kind: 'forbidden', scopes: lacking, error: insufficient(lacking) };
      if (judged.kind === 'bad') return { kind: 'errors', errors: judged.errors };
      const contextValue = new Question(needs, { ...asker, document: judged.document });
      const args = executionArgs(needs.schema, question, contextValue);
      return { kind: 'ready', args, roots: judged.document.roots };
    },
    run: async (args) => {
      const { requestId } = args.contextValue as Question;
      const result = await inTime(needs, execute(args));
      const away = result.errors?.find((error) => outageOf(error) !== undefined);
      // Nothing was read: the whole request may come again. What a mutation did before, the caller needs to know.
      if (away && isQuery(args) && isEmpty(result.data)) throw away;
      const errors = result.errors?.map((error) => publish(error, requestId));
      if (result.data === undefined) return { ...(errors && { errors }) };
      return { ...(errors && { errors }), data: result.data };
    },
  };
}

const isQuery = ({ document, operationName }: ExecutionArgs): boolean =>
  getOperationAST(document, operationName)?.operation === 'query';

const isEmpty = (data: ExecutionResult['data']): boolean =>
  Object.values(data ?? {}).every((value) => value === null);

function firstLacking(
  demands: readonly Demand[],
  scopes: ReadonlySet<string>,
): readonly string[] | undefined {
  for (const demand of demands) {
    const lacking = lackingScopes(demand, scopes);
    if (lacking) return lacking;
  }
  return undefined;
}

function executionArgs(schema: GraphQLSchema, question: ApiQuestion, contextValue: Question): ExecutionArgs {
  return {
    schema,
    document: contextValue.document.document,
    contextValue,
    variableValues: question.variables ?? null,
    operationName: question.operationName ?? null,
  };
}

const insufficient = (scopes: readonly string[]): GraphQLError =>
  refusal(`Insufficient permission. (${scopes.join(',')})`);

/** A question that its resolvers cannot end, because the database does not answer, is ended here. */
async function inTime(
  { limits, locale }: ExecutorNeeds,
  running: ExecutionResult | Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  if (!(running instanceof Promise)) return running;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ExecutionResult>((resolve) => {
    const error = () => refusal(breachText('seconds', limits, locale));
    timer = setTimeout(() => resolve({ errors: [error()], data: null }), (limits.seconds + 1) * 1000);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

function publicError(log: ErrorLog, error: Error, requestId: string): PublicError {
  const known = knownCategory(error);
  const away = known === undefined && outageOf(error) !== undefined;
  if (known === undefined) log.error({ err: bare(error), requestId }, 'a question failed');
  const shown =
    known === undefined
      ? {
          message: away ? AWAY : 'Internal server error',
          extensions: { category: away ? 'unavailable' : 'internal', requestId },
        }
      : { message: error.message, extensions: { category: known } };
  if (!(error instanceof GraphQLError)) return shown;
  return {
    ...shown,
    ...(error.locations && { locations: error.locations }),
    ...(error.path && { path: error.path }),
  };
}

/** Without the question's text and without a driver's details, which may hold what people wrote. */
function bare(error: Error): object {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  return {
    type: cause.name,
    message: cause.message,
    stack: cause.stack,
    ...('code' in cause && { code: cause.code }),
  };
}

/** undefined: something that nobody foresaw, and that nobody outside shall read. */
function knownCategory(error: Error): string | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const { category } = error.extensions;
  if (typeof category === 'string') return category;
  return error.originalError === undefined || error.originalError instanceof GraphQLError
    ? 'graphql'
    : undefined;
}
