/**
 * Texts of questions → documents that may be run, each text parsed and validated once. Good and bad texts are kept
 * apart, so that a stream of bad ones cannot push the good ones out.
 */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  validate,
  visit,
} from 'graphql';
import type { Locale } from '../shop/text.ts';
import { refusal } from './errors.ts';
import { type ApiLimits, breachText } from './limits.ts';
import type { Mutation } from './mutation.ts';
import { brokenLimit } from './shape-limits.ts';

export type Document = {
  readonly document: DocumentNode;
  /** Per operation the scopes that it needs, also of operations that will not be run. */
  readonly demands: readonly (readonly string[])[];
  /** Variables that stand in `@skip` or `@include`: which fields are asked depends on them. */
  readonly switches: readonly string[];
  /** What was worked out for fields of this document; belongs to `plan.ts`. */
  readonly plans: Map<string, unknown>;
};

export type Judged =
  | { readonly kind: 'good'; readonly document: Document }
  /** `demands` are known unless the text could not even be parsed. */
  | { readonly kind: 'bad'; readonly errors: readonly GraphQLError[]; readonly demands: Document['demands'] };

const KEPT_GOOD = 500;
const KEPT_BAD = 200;
const KEPT_LENGTH = 16_384; // characters; longer texts are judged each time
const MOST_TOKENS = 20_000;

export type JudgeNeeds = {
  readonly schema: GraphQLSchema;
  readonly limits: ApiLimits;
  readonly locale: Locale;
  readonly mutations: readonly Mutation[];
};

export function documentJudge(needs: JudgeNeeds): (text: string) => Judged {
  const good = new Map<string, Judged>();
  const bad = new Map<string, Judged>();
  return (text) => {
    const known = good.get(text) ?? bad.get(text);
    if (known) return known;
    const judged = judge(needs, text);
    const [shelf, size] = judged.kind === 'good' ? [good, KEPT_GOOD] : [bad, KEPT_BAD];
    if (text.length <= KEPT_LENGTH) remember(shelf, text, judged, size);
    return judged;
  };
}

function judge(needs: JudgeNeeds, text: string): Judged {
  try {
    return judgeParsed(needs, parse(text, { maxTokens: MOST_TOKENS }));
  } catch (error) {
    if (error instanceof GraphQLError) return { kind: 'bad', errors: [error], demands: [] };
    // Brackets thousands deep exhaust the parser's stack.
    if (error instanceof RangeError) return { kind: 'bad', errors: [breach(needs, 'depth')], demands: [] };
    throw error;
  }
}

function judgeParsed(needs: JudgeNeeds, document: DocumentNode): Judged {
  const demands = demandsOf(document, needs.mutations);
  const broken = brokenLimit(document, needs.limits);
  const errors = broken ? [breach(needs, broken)] : validate(needs.schema, document);
  if (errors.length > 0) return { kind: 'bad', errors, demands };
  return { kind: 'good', document: { document, demands, switches: switchesOf(document), plans: new Map() } };
}

const breach = ({ limits, locale }: JudgeNeeds, broken: 'depth' | 'aliases' | 'fields'): GraphQLError =>
  refusal(breachText(broken, limits, locale));

/** A query needs `read`, a mutation `read` and `write` and what its fields ask for beyond that. */
function demandsOf(document: DocumentNode, mutations: readonly Mutation[]): Document['demands'] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    if (definition.operation !== OperationTypeNode.MUTATION) return [['read']];
    const names = rootFields(document, definition.selectionSet);
    const further = mutations.filter(({ name }) => names.has(name)).flatMap(({ scopes }) => scopes);
    return [[...new Set(['read', 'write', ...further])]];
  });
}

function rootFields(document: DocumentNode, root: SelectionSetNode): Set<string> {
  const names = new Set<string>();
  const sets = new Set([root]);
  for (const set of sets) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) sets.add(selection.selectionSet);
      else {
        const spread = document.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
        );
        if (spread?.kind === Kind.FRAGMENT_DEFINITION) sets.add(spread.selectionSet);
      }
    }
  }
  return names;
}

function switchesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: args }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function remember(shelf: Map<string, Judged>, text: string, judged: Judged, size: number): void {
  const oldest = shelf.size >= size ? shelf.keys().next().value : undefined;
  if (oldest !== undefined) shelf.delete(oldest);
  shelf.set(text, judged);
}
