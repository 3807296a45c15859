/** The errors that a caller of the API may see, each with EC-CUBE's category (eccube/graphql.md §2). */
import { GraphQLError } from 'graphql';

export type Fault = {
  /** The argument at fault, as the caller wrote it. */
  readonly argument: string;
  readonly text: string;
};

/** Arguments that cannot be honoured. Message: `argument: text;`, one after the other without a separator. */
export class InvalidArgument extends GraphQLError {
  constructor(faults: readonly Fault[]) {
    super(faults.map(({ argument, text }) => `${argument}: ${text};`).join(''), {
      extensions: { category: 'Invalid argument' },
    });
  }
}

/** The question itself is refused: too deep, too large, too slow. */
export const refusal = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { category: 'graphql' } });
