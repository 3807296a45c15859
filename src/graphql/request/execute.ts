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
import { sparingLog } from '../../base/sparing-log.ts';
import { outageOf, takesNoWrites } from '../../database/outage.ts';
import { refusal } from '../errors.ts';
import { overBudget } from './argument-budget.ts';
import { lateDemands } from './argument-scopes.ts';
import { Question, type QuestionNeeds, type Requester } from './context.ts';
import { lackingScopes, type RequiredScopes } from './demand.ts';
import { documentJudge, type JudgeNeeds } from './documents.ts';
import { endedResult, inTime } from './ending.ts';

/** A commit whose answer was lost may have been one; a write that was refused was none. */
const AWAY = 'The database went away. Before you repeat a mutation, ask whether it was carried out.';
const NO_WRITES = 'The database takes no writes now. This was not carried out; try it again later.';

export type ApiQuestion = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
};

export type Prepared =
  | { readonly kind: 'ready'; readonly args: ExecutionArgs; readonly roots: readonly string[] }
  /** The token lacks scopes for an operation of the document. */
  | { readonly kind: 'forbidden'; readonly scopes: readonly string[]; readonly error: GraphQLError }
  | { readonly kind: 'errors'; readonly errors: readonly GraphQLError[] };

/** An error as it stands in an answer. */
export type PublicError = {
  readonly message: string;
  readonly extensions: { readonly category: string; readonly code?: string; readonly requestId?: string };
  readonly locations?: GraphQLError['locations'];
  readonly path?: GraphQLError['path'];
};

export type ApiResult = { errors?: readonly PublicError[]; data?: unknown };

export type ErrorLog = { error(details: object, message: string): void };

export type ExecutorNeeds = QuestionNeeds & JudgeNeeds & { readonly log: ErrorLog };

export type Executor = {
  prepare(question: ApiQuestion, asker: Requester): Prepared;
  /** Throws when the database is away and nothing was read. */
  run(args: ExecutionArgs): Promise<ApiResult>;
  /** The answer as JSON, or what is said of one that became too large. */
  write(args: ExecutionArgs, answer: ApiResult): string;
  /** To be called when the answer has left. */
  release(args: ExecutionArgs): void;
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
      const { document } = judged;
      const variables = question.variables ?? {};
      const over = overBudget(document.uses, variables, needs);
      if (over) return { kind: 'errors', errors: [over] };
      const late = lateDemands(document.late, document.uses.defaults, variables);
      const lackingLate = firstLacking(late, asker.principal.scopes);
      if (lackingLate) return { kind: 'forbidden', scopes: lackingLate, error: insufficient(lackingLate) };
      const contextValue = new Question(needs, { ...asker, document });
      const args = executionArgs(needs.schema, question, contextValue);
      return { kind: 'ready', args, roots: document.roots };
    },
    run: async (args) => {
      const question = args.contextValue as Question;
      const result = await question.firstAnswers.settle(args, await inTime(question, execute(args)));
      const away = result.errors?.find((error) => outageOf(error) !== undefined);
      // Nothing was read: the whole request may come again. What a mutation did before, the caller needs to know.
      if (away && isQuery(args) && isEmpty(result.data)) throw away;
      const errors = result.errors?.map((error) => publish(error, question.requestId));
      if (result.data === undefined) return { ...(errors && { errors }) };
      return { ...(errors && { errors }), data: result.data };
    },
    write: (args, answer) => {
      const text = JSON.stringify(answer);
      const most = needs.limits.answerBytes;
      // A character has three bytes in UTF-8 at the most.
      if (text.length * 3 <= most || Buffer.byteLength(text) <= most) return text;
      const question = args.contextValue as Question;
      question.end('answerBytes');
      const errors = endedResult(question).errors.map((error) => publish(error, question.requestId));
      return JSON.stringify({ errors, data: null });
    },
    release: ({ contextValue }) => (contextValue as Question).release(),
  };
}

const isQuery = ({ document, operationName }: ExecutionArgs): boolean =>
  getOperationAST(document, operationName)?.operation === 'query';

const isEmpty = (data: ExecutionResult['data']): boolean =>
  Object.values(data ?? {}).every((value) => value === null);

function firstLacking(
  demands: readonly RequiredScopes[],
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

/** While the database is away every field of every request fails alike. */
const outages = sparingLog();

function publicError(log: ErrorLog, error: Error, requestId: string): PublicError {
  const known = knownCategory(error);
  const away = known === undefined && outageOf(error) !== undefined;
  const detail = { err: bare(error), requestId };
  if (away) outages.write('error', log, detail, 'a request failed: the database is away');
  else if (known === undefined) log.error(detail, 'a question failed');
  const shown =
    known === undefined
      ? {
          message: away ? awayMessage(error) : 'Internal server error',
          extensions: { category: away ? 'unavailable' : 'internal', requestId },
        }
      : { message: error.message, extensions: { category: known, ...codeOf(error) } };
  if (!(error instanceof GraphQLError)) return shown;
  return {
    ...shown,
    ...(error.locations && { locations: error.locations }),
    ...(error.path && error.path.length > 0 && { path: error.path }),
  };
}

const awayMessage = (error: Error): string => (takesNoWrites(error) ? NO_WRITES : AWAY);

const codeOf = (error: Error): { code?: string } => {
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return typeof code === 'string' ? { code } : {};
};

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
