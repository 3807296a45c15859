/**
 * How a request ends that cannot go on: too slow, too large, or the caller waits no longer for it. A query is answered by the reason
 * alone. A mutation that is under way is waited for a little longer, the next one is not begun, and the response says of each
 * what became of it.
 */
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { MutationState, RequestContext } from './context.ts';
import { breachText } from './limits.ts';

export async function inTime(
  contextValue: RequestContext,
  running: ExecutionResult | Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const result = running instanceof Promise ? await raced(contextValue, running) : running;
  const { ended, hasMutated } = contextValue;
  if (!ended) return result;
  if (hasMutated && result.data) {
    // Every field that could not be shown has failed by the same error.
    const errors = new Set([...(result.errors ?? []), ended]);
    return { ...result, errors: [...errors] };
  }
  return endedResult(contextValue);
}

/** Nothing but why, and which mutations were begun. */
export function endedResult({ ended, mutations, needs }: RequestContext): {
  errors: GraphQLError[];
  data: null;
} {
  const ofMutation = ([name, state]: readonly [string | number, MutationState]): GraphQLError => {
    const text = breachText(state === 'DONE' ? 'done' : 'unknown', needs.limits, needs.locale);
    return new GraphQLError(text, { path: [name], extensions: { category: 'graphql', code: state } });
  };
  return { errors: [...(ended ? [ended] : []), ...[...mutations].map(ofMutation)], data: null };
}

/** What its resolvers cannot end, because the database does not answer, is ended here. */
async function raced(
  contextValue: RequestContext,
  running: Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const { limits } = contextValue.needs;
  let timer: NodeJS.Timeout | undefined;
  const after = (seconds: number, act: () => void): void => {
    timer = setTimeout(act, seconds * 1000);
  };
  const late = new Promise<ExecutionResult>((resolve) => {
    const giveUp = (): void => resolve(endedResult(contextValue));
    after(limits.seconds + limits.graceSeconds, () => {
      contextValue.end('seconds');
      if ([...contextValue.mutations.values()].includes('UNKNOWN'))
        after(limits.mutationGraceSeconds, giveUp);
      else giveUp();
    });
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
