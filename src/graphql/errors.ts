/** The errors that a caller of the API may see, each with EC-CUBE's category (docs/eccube/graphql.md, Errors). */
import { GraphQLError } from 'graphql';

export type Fault = {
  /** The argument at fault, as the caller wrote it. */
  readonly argument: string;
  readonly text: string;
};

/** Arguments that cannot be honoured. Message: `argument: text;`, one after the other without a separator. */
export class InvalidArgument extends GraphQLError {
  constructor(faults: readonly Fault[], code?: RefusalCode) {
    super(faults.map(({ argument, text }) => `${argument}: ${text};`).join(''), {
      extensions: { category: 'Invalid argument', ...(code && { code }) },
    });
  }
}

/** What a program can tell a refusal by. Documented in docs/graphql.md. */
export type RefusalCode =
  /** Too deep, too large, too many. */
  | 'LIMIT'
  /** Too slow. */
  | 'TIMEOUT'
  /** The server has too much in hand; the same request may be answered later. */
  | 'BUSY'
  /** A mutation that was not begun, because the request had ended. */
  | 'NOT_RUN'
  /** A mutation that was under way when the request ended: it may yet be saved. */
  | 'UNKNOWN'
  /** A mutation that was saved before the request ended. */
  | 'DONE';

/** The request itself is refused. */
export const refusal = (message: string, code?: RefusalCode): GraphQLError =>
  new GraphQLError(message, { extensions: { category: 'graphql', ...(code && { code }) } });

export const limitRefusal = (message: string): GraphQLError => refusal(message, 'LIMIT');
