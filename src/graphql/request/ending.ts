/**
 * How a question ends that cannot go on: too slow, too large, or nobody waits for it. A query is answered by the reason
 * alone. A mutation that is under way is waited for a little longer, the next one is not begun, and the answer says of each
 * what became of it.
 */
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { MutationState, Question } from './context.ts';
import { breachText } from './limits.ts';

export async function inTime(
  question: Question,
  running: ExecutionResult | Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const result = running instanceof Promise ? await raced(question, running) : running;
  const { ended, hasMutated } = question;
  if (!ended) return result;
  if (hasMutated && result.data) {
    // Every field that could not be shown has failed by the same error.
    const errors = new Set([...(result.errors ?? []), ended]);
    return { ...result, errors: [...errors] };
  }
  return endedResult(question);
}

/** Nothing but why, and which mutations were begun. */
export function endedResult({ ended, mutations, needs }: Question): { errors: GraphQLError[]; data: null } {
  const ofMutation = ([name, state]: readonly [string | number, MutationState]): GraphQLError => {
    const text = breachText(state === 'DONE' ? 'done' : 'unknown', needs.limits, needs.locale);
    return new GraphQLError(text, { path: [name], extensions: { category: 'graphql', code: state } });
  };
  return { errors: [...(ended ? [ended] : []), ...[...mutations].map(ofMutation)], data: null };
}

/** What its resolvers cannot end, because the database does not answer, is ended here. */
async function raced(question: Question, running: Promise<ExecutionResult>): Promise<ExecutionResult> {
  const { limits } = question.needs;
  let timer: NodeJS.Timeout | undefined;
  const after = (seconds: number, act: () => void): void => {
    timer = setTimeout(act, seconds * 1000);
  };
  const late = new Promise<ExecutionResult>((resolve) => {
    const giveUp = (): void => resolve(endedResult(question));
    after(limits.seconds + limits.graceSeconds, () => {
      question.end('seconds');
      if ([...question.mutations.values()].includes('UNKNOWN')) after(limits.mutationGraceSeconds, giveUp);
      else giveUp();
    });
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
