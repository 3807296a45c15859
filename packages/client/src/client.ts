/** The client: operations in, typed results out. */
import { isRepeatableText } from './document-text.ts';
import { errorOf, type GraphQLErrorBody } from './errors.ts';
import { documentOf, type Operation, type TypedDocument } from './operation.ts';
import { type Retry, type SendDeps, type Sending, send, type TokenSource } from './send.ts';

export interface ClientOptions {
  /** `PUBLIC_URL` of the server: `https://api.shop.example`. */
  readonly url: string;
  /** An access token, or where tokens come from (`tegata-client/oauth`). */
  readonly token: string | TokenSource;
  /** Of one attempt; default 30,000. */
  readonly timeoutMs?: number;
  /** Attempts after the first; default 4. */
  readonly retries?: number;
  /** A longer `Retry-After` is not waited for; default 60,000. */
  readonly maxWaitMs?: number;
  /**
   * Gives every mutation that has none a `clientMutationId`, so that it may be sent again when its response was lost and is
   * done once all the same; default true.
   */
  readonly autoMutationId?: boolean;
  /** Told of each attempt that is about to be repeated. */
  readonly onRetry?: (retry: Retry) => void;
  readonly fetch?: typeof fetch;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

type Operations = Readonly<Record<string, Operation<unknown>>>;
/** What a record of operations brings, by the same names. */
export type Results<Wanted extends Operations> = {
  -readonly [Alias in keyof Wanted]: Wanted[Alias] extends Operation<infer Result> ? Result : never;
};

export interface Client {
  /** Runs one operation. @throws TegataError */
  run<Result>(operation: Operation<Result>, options?: RunOptions): Promise<Result>;
  /** Runs several queries, or several mutations one after the other, in one request. @throws TegataError */
  runAll<const Wanted extends Operations>(operations: Wanted, options?: RunOptions): Promise<Results<Wanted>>;
  /** Runs a document of your own; GraphQL Code Generator's `TypedDocumentString` brings its types. @throws TegataError */
  request<Result = Record<string, unknown>, Variables = Record<string, unknown>>(
    document: string | TypedDocument<Result, Variables>,
    variables?: Variables,
    options?: RunOptions,
  ): Promise<Result>;
  /** Any other request to the server, with token, retries and errors as here. @throws TegataError */
  send<Result>(sending: Sending<Result>): Promise<Result>;
}

type GraphQLBody = { readonly query: string; readonly variables: object };

export function createClient(options: ClientOptions): Client {
  const deps = sendDeps(options);
  const { autoMutationId = true } = options;
  const post = async (body: GraphQLBody, repeatable: boolean, given: RunOptions = {}) =>
    (await send(deps, {
      ...given,
      path: '/api',
      init: {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
      },
      repeatable,
      read: readResult,
    })) as Record<string, unknown>;
  const runAll = (operations: Operations, given?: RunOptions) => {
    const named = Object.entries(operations).map(
      ([alias, operation]) => [alias, autoMutationId ? withId(operation) : operation] as const,
    );
    const { text, variables } = documentOf(Object.fromEntries(named));
    return post(
      { query: text, variables },
      named.every(([, one]) => isRepeatable(one)),
      given,
    );
  };
  return {
    run: async (operation, given) =>
      (await runAll({ [operation.field]: operation }, given))[operation.field] as never,
    runAll: (operations, given) => runAll(operations, given) as never,
    request: (document, variables, given) => {
      const query = String(document);
      const repeatable = isRepeatableText(query, (variables ?? {}) as Record<string, unknown>);
      return post({ query, variables: variables ?? {} }, repeatable, given) as never;
    },
    send: (sending) => send(deps, sending),
  };
}

function sendDeps(options: ClientOptions): SendDeps {
  const { url, token, timeoutMs = 30_000, retries = 4, maxWaitMs = 60_000, onRetry } = options;
  const tokens = typeof token === 'string' ? { token: async () => token, refused: () => {} } : token;
  const plain = url.replace(/\/+$/, '');
  return { url: plain, tokens, fetch: options.fetch ?? fetch, timeoutMs, retries, maxWaitMs, onRetry };
}

async function readResult(response: Response): Promise<unknown> {
  const body = (await response.json()) as { data?: unknown; errors?: GraphQLErrorBody[] };
  if (body.errors) throw errorOf(response.status, body);
  return body.data;
}

function withId(operation: Operation<unknown>): Operation<unknown> {
  const { kind, types, args } = operation;
  const lacks = kind === 'mutation' && 'clientMutationId' in types && args.clientMutationId == null;
  if (!lacks || args.validateOnly === true) return operation;
  return { ...operation, args: { ...args, clientMutationId: crypto.randomUUID() } };
}

const isRepeatable = ({ kind, args }: Operation<unknown>): boolean =>
  kind === 'query' || args.validateOnly === true || args.clientMutationId != null;
