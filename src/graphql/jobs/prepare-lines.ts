/**
 * The slow work of a mutation that needs no row, such as the hash of a password: done for the next lines of a job before their
 * transaction begins, so that no row is locked meanwhile.
 */
import { type FieldNode, getArgumentValues, getVariableValues, Kind, parse } from 'graphql';
import type { JobDeps } from './job-deps.ts';
import type { JobText } from './take-in.ts';

/** What a field does beforehand, as `fields/mutation-field.ts` puts it into the schema. */
type Prepare = (args: Readonly<Record<string, unknown>>) => Promise<string | undefined>;

export type PreparedLines = {
  /** Place of a line in its part → what was prepared. */
  readonly byPlace: ReadonlyMap<number, string>;
  /** The first place that is not prepared. */
  readonly until: number;
};

/** Of as many lines as take `batchMs`, one at the least; undefined: its mutation does nothing beforehand. */
export async function prepareLines(
  { api, clock, limits }: JobDeps,
  text: JobText,
  lines: readonly string[],
  from: number,
): Promise<PreparedLines | undefined> {
  const field = api.schema.getMutationType()?.getFields()[text.operation];
  const prepare = field?.extensions.prepare as Prepare | undefined;
  if (!field || !prepare || text.csv) return undefined;
  const argumentsOf = argumentReader({ api }, text, field);
  const byPlace = new Map<number, string>();
  const untilMs = clock.monotonicMs() + limits.batchMs;
  let place = from;
  do {
    const args = argumentsOf(lines[place] ?? '');
    // What is wrong with the arguments is said when the line is run.
    const prepared = args && (await prepare(args).catch(() => undefined));
    if (prepared !== undefined) byPlace.set(place, prepared);
    place += 1;
  } while (place < lines.length && clock.monotonicMs() < untilMs);
  return { byPlace, until: place };
}

type Field = Parameters<typeof getArgumentValues>[0];

function argumentReader(
  { api: { schema } }: Pick<JobDeps, 'api'>,
  { text }: JobText,
  field: Field,
): (line: string) => Readonly<Record<string, unknown>> | undefined {
  const operation = parse(text).definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const root = operation?.selectionSet.selections[0] as FieldNode;
  return (line) => {
    if (line === '') return undefined;
    const variables = JSON.parse(line) as Record<string, unknown>;
    try {
      const read = getVariableValues(schema, operation?.variableDefinitions ?? [], variables);
      return read.variableValues && getArgumentValues(field, root, read.variableValues);
    } catch {
      return undefined;
    }
  };
}
