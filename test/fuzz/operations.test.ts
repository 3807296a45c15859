/** Random valid documents over a schema of faults: the executor answers as graphql-js does, again and again from one shape. */
import fc from 'fast-check';
import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLError, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { ResultShape } from '../../src/graphql/execution/result-shape.ts';
import { runOperation } from '../../src/graphql/execution/run-operation.ts';
import { keptFor } from '../../src/graphql/request/plan.ts';
import { schema } from './faulty-schema.ts';
import { operations, request } from './operation-text.ts';

const { TEGATA_FUZZ_CASES, TEGATA_FUZZ_SEED } = process.env;
const RUNS = Number(TEGATA_FUZZ_CASES ?? 600);
const SEED = Number(TEGATA_FUZZ_SEED ?? 20_261_130);

/** Whether an error below a null is still told is a matter of a turn of the loop. */
function shown({ data, errors = [] }: ExecutionResult): unknown {
  const isBelow = ({ path = [] }: GraphQLError): boolean =>
    errors.some(
      ({ path: above }) =>
        (above ?? []).length < path.length && (above ?? []).every((key, place) => key === path[place]),
    );
  const told = errors.filter((error) => !isBelow(error)).map((error) => JSON.stringify(error));
  return { data: JSON.stringify(data), errors: told.sort() };
}

/** Of the operations; what is kept of a document differs by them (`documents.ts`). */
const SWITCHES = ['y', 'z', 'w'];

function runner(text: string): (given: object) => Promise<[own: ExecutionResult, expected: ExecutionResult]> {
  const document = parse(text);
  const kept = new Map<string, ResultShape>();
  const judged = { switches: SWITCHES, mostKept: 32 };
  return async (given) => {
    const args: ExecutionArgs = { schema, document, ...given };
    const own = runOperation(args, (asked, make) => keptFor(judged, asked, kept, make));
    return [await own, await execute(args)];
  };
}

// Not of the rules on merging: they leave few random documents, and of fields of one name both take the first.
test(
  'random operations are answered as graphql-js answers them, many at once from shapes that are kept',
  async () => {
    const property = fc.asyncProperty(
      operations,
      fc.array(request, { minLength: 1, maxLength: 4 }),
      async (text, asked) => {
        const run = runner(text);
        const results = await Promise.all(
          asked.map((given, who) => run({ ...given, contextValue: { who } })),
        );
        for (const [own, expected] of results) {
          expect(shown(own)).toEqual(shown(expected));
          expect(own.errors?.length ?? 0).toBeLessThanOrEqual(expected.errors?.length ?? 0);
        }
      },
    );
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  },
  TEGATA_FUZZ_CASES === undefined ? 60_000 : 0,
);

test('a switch that is null is refused, also after one that is false', async () => {
  const run = runner('query ($y: Boolean = true) { part { id @skip(if: $y) } }');
  for (const y of [false, null, true, null]) {
    const [own, expected] = await run({ variableValues: { y } });
    expect(shown(own)).toEqual(shown(expected));
  }
});
