/** An error as the log shows it: where and why. Drivers put the statement and the values in it on theirs; those stay out. */

/** `errorCode`, because `code` is redacted wherever it is: it may be an authorization code. */
type Shown = { type: string; message: string; stack?: string; errorCode?: unknown; cause?: Shown };

/** What drivers quote of a statement's values: behind a colon, or as an entry. Names of tables and columns are quoted elsewhere. */
const QUOTED_VALUE = /(: |\bentry )(["']).*\2/gis;

/** Takes errors, and what was made of one (`type`, `message`, `stack`, `code`). */
export function loggedError(error: unknown): unknown {
  return isErrorLike(error) ? shown(error) : error;
}

type ErrorLike = {
  readonly type?: unknown;
  readonly name?: unknown;
  readonly message: string;
  readonly stack?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
};

const isErrorLike = (error: unknown): error is ErrorLike =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';

const MESSAGE_CHARACTERS = 2_000;
const STACK_CHARACTERS = 6_000;

function shown({ type, name, message, stack, code, cause }: ErrorLike): Shown {
  // Only drivers and the system give codes; what the program itself says holds no value.
  const said = code === undefined ? message : message.replace(QUOTED_VALUE, '$1…');
  return {
    type: String(type ?? name ?? 'Error'),
    message: said.slice(0, MESSAGE_CHARACTERS),
    ...(typeof stack === 'string' && {
      stack: stack.replace(message, () => said).slice(0, STACK_CHARACTERS),
    }),
    ...(code !== undefined && { errorCode: code }),
    ...(isErrorLike(cause) && { cause: shown(cause) }),
  };
}
