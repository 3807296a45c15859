/** What goes wrong, as one error that a program can decide by. */
import type { ErrorCode } from './generated/schema.ts';

export interface GraphQLErrorBody {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** One of several things that are wrong with the arguments. */
export interface Fault {
  readonly code: ErrorCode;
  readonly field: string;
  readonly message: string;
}

export type TegataErrorDetails = {
  readonly status: number;
  readonly errors?: readonly GraphQLErrorBody[];
  readonly data?: unknown;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
};

/**
 * A request that was refused, failed, or got no response. `code` is `extensions.code` of the first error; `NETWORK` when no
 * response came (then a mutation may have been done or not), `HTTP` for a response that is not Tegata's.
 */
export class TegataError extends Error {
  override readonly name = 'TegataError';
  readonly code: ErrorCode | 'NETWORK' | 'HTTP';
  /** Of HTTP; 0 without a response. */
  readonly status: number;
  readonly errors: readonly GraphQLErrorBody[];
  /** What was done and read all the same. */
  readonly data: unknown;
  /** How long the server asked to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(code: TegataError['code'], message: string, details: TegataErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.errors = details.errors ?? [];
    this.data = details.data;
    this.retryAfterMs = details.retryAfterMs;
  }

  get extensions(): Readonly<Record<string, unknown>> {
    return this.errors[0]?.extensions ?? {};
  }

  /** The path of the argument or field at fault: `items[3].stock`. */
  get field(): string | undefined {
    return this.extensions.field as string | undefined;
  }

  /** What the row holds now: with STOCK_STALE the stock, with CONFLICT `version` and `update_date`. */
  get current(): unknown {
    return this.extensions.current;
  }

  /** True: what was asked for is done, and only what should have followed is not (a mail). */
  get saved(): boolean {
    return this.extensions.saved === true;
  }

  /** Every fault of the arguments, where there are several. */
  get faults(): readonly Fault[] {
    const { code, field, faults } = this.extensions as { code?: ErrorCode; field?: string; faults?: Fault[] };
    if (faults) return faults;
    return code && field !== undefined ? [{ code, field, message: this.message }] : [];
  }

  /** What to name when asking the shop: its log has it. */
  get requestId(): string | undefined {
    return this.extensions.requestId as string | undefined;
  }
}

/** The error that a response with `errors`, or with a status that is none of success, stands for. */
export function errorOf(
  status: number,
  body: { readonly data?: unknown; readonly errors?: readonly GraphQLErrorBody[] },
  retryAfterMs?: number,
): TegataError {
  const first = body.errors?.[0];
  if (!first)
    return new TegataError('HTTP', `The server responded with status ${status}.`, { status, retryAfterMs });
  const code = (first.extensions?.code ?? 'HTTP') as TegataError['code'];
  return new TegataError(code, first.message, {
    status,
    errors: body.errors ?? [],
    data: body.data,
    retryAfterMs,
  });
}
