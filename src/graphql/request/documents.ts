/**
 * Texts of requests → documents that may be run, each text parsed and validated once. Good and bad texts are kept
 * apart, so that a stream of bad ones cannot push the good ones out.
 */
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse, validate, visit } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Locale } from '../../shop/text.ts';
import { coded, isErrorCode, limitRefusal } from '../errors.ts';
import type { ResultShape } from '../execution/result-shape.ts';
import type { Mutation } from '../mutation.ts';
import type { ScopeTable } from '../scope-table.ts';
import { type ArgumentUses, argumentUses } from './argument-budget.ts';
import type { LateScopes } from './argument-scopes.ts';
import { requiredScopesOf } from './document-scopes.ts';
import { type ApiLimits, breachText } from './limits.ts';
import type { RequiredScopes } from './required-scopes.ts';
import { brokenLimit, sizeOf } from './shape-limits.ts';

export type JudgedDocument = {
  readonly document: DocumentNode;
  /** The scopes that it needs, also for operations that will not be run. */
  readonly requiredScopes: readonly RequiredScopes[];
  /** What values of variables require beside that. */
  readonly late: readonly LateScopes[];
  /** The fields that the operations ask for at the root, as the API's own log of use names them. */
  readonly roots: readonly string[];
  /** Variables that stand in `@skip` or `@include`: which fields are asked depends on them. */
  readonly switches: readonly string[];
  /** Operations, each with one state of the switches, of which plans and shapes are kept. */
  readonly mostKept: number;
  /** Fields of which something may be kept, each as often as it is. */
  readonly weight: number;
  /** Characters that `__typename` adds to each object, at the most. */
  readonly typenames: number;
  /** Where values are given to arguments, for the variables to be measured. */
  readonly uses: ArgumentUses;
  /** What was worked out for fields of this document; belongs to `plan.ts`. */
  readonly plans: Map<string, unknown>;
  /** The same for a replica, in which its rows are read at times. */
  readonly laggingPlans: Map<string, unknown>;
  /** What its operations ask for, as it is run. */
  readonly shapes: Map<string, ResultShape>;
};

export type Judged =
  | { readonly ok: true; readonly document: JudgedDocument }
  /** `requiredScopes` are known unless the text could not even be parsed. */
  | {
      readonly ok: false;
      readonly errors: readonly GraphQLError[];
      readonly requiredScopes: JudgedDocument['requiredScopes'];
    };

const KEPT_GOOD = 500;
const KEPT_BAD = 200;
const KEPT_LENGTH = 16_384; // characters; longer texts are judged each time
const MOST_TOKENS = 20_000;

// Plan and shape of a field take some 2 KB, and up to 20 where the rows below a root field have few fields.
const KEPT_FIELDS = 50_000;
const KEPT_FIELDS_OF_ONE = 10_000;
const MOST_STATES = 32;

/** The parser's own words for a document beyond `MOST_TOKENS`. */
const TOO_MANY_TOKENS = /Document contains more than \d+ tokens/;

export type JudgeDeps = {
  readonly schema: GraphQLSchema;
  readonly limits: ApiLimits;
  readonly locale: Locale;
  readonly mutations: readonly Mutation[];
  readonly scopes: ScopeTable;
};

export function documentJudge(needs: JudgeDeps): (text: string) => Judged {
  const good = new LRUCache<string, Judged>({
    max: KEPT_GOOD,
    maxSize: KEPT_FIELDS,
    sizeCalculation: (judged) => (judged.ok ? judged.document.weight : 1),
  });
  const bad = new LRUCache<string, Judged>({ max: KEPT_BAD });
  return (text) => {
    const known = good.get(text) ?? bad.get(text);
    if (known) return known;
    const judged = judge(needs, text);
    if (text.length <= KEPT_LENGTH) (judged.ok ? good : bad).set(text, judged);
    return judged;
  };
}

function judge(needs: JudgeDeps, text: string): Judged {
  try {
    return judgeParsed(needs, parse(text, { maxTokens: MOST_TOKENS }));
  } catch (error) {
    if (error instanceof GraphQLError) {
      const code = TOO_MANY_TOKENS.test(error.message) ? 'LIMIT' : 'SYNTAX';
      return { ok: false, errors: [coded(error, code)], requiredScopes: [] };
    }
    // Brackets thousands deep exhaust the parser's stack.
    if (error instanceof RangeError)
      return { ok: false, errors: [breach(needs, 'depth')], requiredScopes: [] };
    throw error;
  }
}

function judgeParsed(needs: JudgeDeps, document: DocumentNode): Judged {
  const { requiredScopes, late } = requiredScopesOf(document, needs.schema, needs.scopes, needs.mutations);
  const size = sizeOf(document);
  const broken = brokenLimit(size, needs.limits);
  if (broken) return { ok: false, errors: [breach(needs, broken)], requiredScopes };
  const uses = usesOf(needs, document);
  if (uses instanceof GraphQLError) return { ok: false, errors: [uses], requiredScopes };
  const errors = validate(needs.schema, document);
  if (errors.length > 0) {
    return { ok: false, errors: errors.map(validationError), requiredScopes };
  }
  return {
    ok: true,
    document: {
      document,
      requiredScopes,
      late,
      roots: rootsOf(document),
      ...keptOf(document, size.fields),
      typenames: typenamesOf(document),
      uses,
      plans: new Map(),
      laggingPlans: new Map(),
      shapes: new Map(),
    },
  };
}

const breach = ({ limits, locale }: JudgeDeps, broken: 'depth' | 'aliases' | 'fields'): GraphQLError =>
  limitRefusal(breachText(broken, limits, locale));

/** A scalar of ours that refuses a literal has said its code itself. */
const validationError = (error: GraphQLError): GraphQLError =>
  isErrorCode(error.extensions.code) ? error : coded(error, 'VALIDATION');

function usesOf(needs: JudgeDeps, document: DocumentNode): ArgumentUses | GraphQLError {
  try {
    return argumentUses(document, needs.schema, needs);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** Without looking into fragments: what is there by name. */
function rootsOf(document: DocumentNode): string[] {
  const names = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.map((one) =>
          'name' in one && one.name ? one.name.value : 'fragment',
        )
      : [],
  );
  return [...new Set(names)];
}

const TYPE_NAME = 24; // characters of the name of a type

/** Every object may have one of each name under which it is asked for. */
function typenamesOf(document: DocumentNode): number {
  const names = new Set<string>();
  visit(document, {
    Field: ({ name, alias }) => {
      if (name.value === '__typename') names.add((alias ?? name).value);
    },
  });
  return [...names].reduce((sum, name) => sum + name.length + TYPE_NAME, 0);
}

function keptOf(
  document: DocumentNode,
  fields: number,
): Pick<JudgedDocument, 'switches' | 'mostKept' | 'weight'> {
  const switches = switchesOf(document);
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  const states = Math.min(operations * 2 ** switches.length, MOST_STATES);
  const mostKept = Math.max(1, Math.min(states, Math.floor(KEPT_FIELDS_OF_ONE / Math.max(1, fields))));
  return { switches, mostKept, weight: Math.max(1, mostKept * fields) };
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
