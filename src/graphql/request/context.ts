/**
 * What one request carries through its resolvers: who asks, what it has used up, and the loads that wait for the end of
 * this turn so that fields beside each other share one statement.
 */
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { Db } from '../../database/open.ts';
import { outageOf } from '../../database/outage.ts';
import { inSavepoint } from '../../database/savepoint.ts';
import { transact } from '../../database/transact.ts';
import type { Principal } from '../../oauth/rules/scope.ts';
import type { Registry } from '../../shop/registry.ts';
import { readChoices } from '../../shop/rows/choices.ts';
import type { RowStore } from '../../shop/rows/rows.ts';
import type { Key, Row } from '../../shop/rows/statement.ts';
import type { Choices } from '../../shop/search/reading.ts';
import type { Locale } from '../../shop/text.ts';
import { refusal } from '../errors.ts';
import type { JudgedDocument } from './documents.ts';
import type { DryRun, Transact } from './dry-run.ts';
import { FirstResults } from './first-results.ts';
import { type ApiLimits, type Breach, breachCode, breachText } from './limits.ts';
import { planOf, type RowPlan, rowPlan } from './plan.ts';
import { type ResultMemory, ResultMeter } from './result-meter.ts';
import { Turns } from './turns.ts';

export type RequestContextDeps = {
  readonly store: RowStore;
  readonly registry: Registry;
  readonly limits: ApiLimits;
  readonly locale: Locale;
  readonly nowMs: () => number;
  /** 32 bytes; seals the responses that are kept for repetitions. */
  readonly resultKey: Uint8Array;
  readonly memory: ResultMemory;
};

/** Who asks; `isGone`: the caller waits no longer for the response any more. */
export type Requester = {
  readonly principal: Principal;
  readonly requestId: string;
  readonly isGone?: (() => boolean) | undefined;
  readonly within?: Within | undefined;
};

/** A transaction of the caller's that the request is a part of: its mutation is taken back alone when it fails. */
export type Within = {
  readonly db: Db;
  readonly limits: Pick<ApiLimits, 'seconds' | 'resultBytes'>;
  /** Belongs to `plan.ts`. */
  readonly plans: Map<string, unknown>;
  /** Told of an error that leaves nothing of the transaction: it has to be begun again. */
  onLost(error: unknown): void;
  /** Told that something was done outside of the database, which nothing takes back: commit soon. */
  onOutside(): void;
};

/** `UNKNOWN`: under way, so that it may yet be saved. */
export type MutationState = 'DONE' | 'UNKNOWN';

type Batch = { keys: Set<Key>; rows: Promise<Map<Key, Row>> };

const READS_AT_ONCE = 4; // root fields of one contextValue

export class RequestContext {
  readonly needs: RequestContextDeps;
  readonly document: JudgedDocument;
  readonly principal: Principal;
  readonly requestId: string;
  readonly firstResults: FirstResults;
  /** What a mutation runs in. */
  readonly transact: Transact;
  /** To be told of what was done outside of the database. */
  readonly onOutside: () => void;
  /** The mutations that were begun, by the name in the response. */
  readonly mutations = new Map<string | number, MutationState>();
  hasMutated = false;
  /** Of the mutation whose result is being read. */
  dryRun: DryRun | undefined;
  readonly #isGone: () => boolean;
  readonly #deadlineMs: number;
  readonly #batches = new Map<RowPlan, Batch>();
  readonly #choices = new Map<string, Promise<Choices>>();
  readonly #turns = new Turns(READS_AT_ONCE);
  readonly #shown: ResultMeter;
  readonly #read: ResultMeter;
  #estimated = 0;
  #objects = 0;
  #ended: GraphQLError | undefined;

  constructor(
    deps: RequestContextDeps,
    { document, principal, requestId, isGone, within }: Requester & { document: JudgedDocument },
  ) {
    const needs = within ? joined(deps, within) : deps;
    const { memory, limits, nowMs } = needs;
    this.needs = needs;
    this.document = within ? { ...document, plans: within.plans } : document;
    this.onOutside = () => within?.onOutside();
    this.transact = within ? partOf(within, needs.store) : (work) => transact(needs.store, work);
    this.principal = principal;
    this.requestId = requestId;
    this.firstResults = new FirstResults(needs.store.db, needs.resultKey);
    this.#isGone = isGone ?? (() => false);
    this.#deadlineMs = nowMs() + limits.seconds * 1000;
    const broken = (breach: Breach | 'busy') => this.end(breach);
    this.#shown = new ResultMeter(memory, limits.resultBytes, broken);
    this.#read = new ResultMeter(memory, limits.resultBytes, broken);
  }

  /** Why the request was given up. */
  get ended(): GraphQLError | undefined {
    return this.#ended;
  }

  /** Nothing more is read or written for it; what the response says instead. */
  end(breach: Breach | 'busy'): GraphQLError {
    const { limits, locale } = this.needs;
    this.#ended ??= new GraphQLError(breachText(breach, limits, locale), {
      // With a place of its own graphql-js hands it on as it is, however many fields fail by it.
      path: [],
      extensions: { category: 'graphql', code: breachCode(breach) },
    });
    return this.#ended;
  }

  /** Objects that are put into the response, or rows read for it. Throws when they are too many or too late. */
  count(objects: number): void {
    this.#objects += objects;
    if (this.#ended) throw this.#ended;
    if (this.#objects > this.needs.limits.cost) throw this.end('cost');
    if (this.needs.nowMs() > this.#deadlineMs) throw this.end('seconds');
    if (this.document.typenames > 0) this.#shown.add(objects * this.document.typenames);
  }

  /** Characters of texts that were read. */
  weigh(characters: number): void {
    this.#read.add(characters);
  }

  /** A value that is put into the response under the name of its field there. */
  show(name: string | number | undefined, value: unknown): void {
    const characters = typeof value === 'string' ? value.length : SHORT;
    this.#shown.add(characters + (typeof name === 'string' ? name.length : 0) + MARKS);
  }

  /** Refuses before the database is asked for what would surely be too much. */
  estimate(objects: number): void {
    this.#estimated += objects;
    if (this.#estimated > this.needs.limits.cost) throw this.end('cost');
  }

  /** Throws when nothing more is to be read for this request. */
  admit(): void {
    if (this.#ended) throw this.#ended;
    if (this.#isGone()) throw this.end('seconds');
  }

  /** Throws when a mutation is not to be begun any more. */
  begin(name: string | number): void {
    const late = this.needs.nowMs() > this.#deadlineMs || this.#isGone();
    if (late) this.end('seconds');
    if (this.#ended) throw refusal(breachText('notRun', this.needs.limits, this.needs.locale), 'NOT_RUN');
    this.hasMutated = true;
    this.mutations.set(name, 'UNKNOWN');
  }

  /** A few at a time. */
  read<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(() => {
      this.admit();
      return work();
    });
  }

  /** The row of an entity with the fields that stand below this field; null when there is none. */
  async load(info: GraphQLResolveInfo, entity: string, key: Key): Promise<Row | null> {
    const plan = this.#planOf(info, entity);
    this.estimate(plan.costPerRow);
    let batch = this.#batches.get(plan);
    if (!batch) {
      batch = this.#openBatch(plan);
      this.#batches.set(plan, batch);
    }
    batch.keys.add(key);
    return (await batch.rows).get(key) ?? null;
  }

  choices(entity: string): Promise<Choices> {
    const known = this.#choices.get(entity) ?? readChoices(this.needs.store, this.needs.registry, entity);
    this.#choices.set(entity, known);
    return known;
  }

  /** To be called when the response has left. */
  release(): void {
    this.#shown.release();
    this.#read.release();
  }

  /** Nothing of a dry run stays. */
  async closeDryRun(): Promise<void> {
    const { dryRun } = this;
    this.dryRun = undefined;
    await dryRun?.close();
  }

  /** What a dry run has written is seen in its own transaction only. */
  #planOf(info: GraphQLResolveInfo, entity: string): RowPlan {
    const { needs, document, dryRun } = this;
    if (!dryRun) return planOf(document, info, () => rowPlan(needs, entity, info));
    const { db, plans } = dryRun;
    const store = { db, kit: needs.store.kit };
    return planOf({ ...document, plans }, info, () => rowPlan({ ...needs, store }, entity, info));
  }

  #openBatch(plan: RowPlan): Batch {
    const keys = new Set<Key>();
    const rows = Promise.resolve().then(() =>
      this.read(() => {
        this.#batches.delete(plan);
        return plan.reader.byKeys([...keys], this);
      }),
    );
    return { keys, rows };
  }
}

/** Everything is read in the transaction, where what it has written is seen. */
const joined = (deps: RequestContextDeps, { db, limits }: Within): RequestContextDeps => ({
  ...deps,
  store: { db, kit: deps.store.kit },
  limits: { ...deps.limits, ...limits },
});

const partOf =
  ({ db, onLost }: Within, { kit }: RowStore): Transact =>
  (work) =>
    inSavepoint(db, () => work(db), 'tegata_line').catch((error: unknown) => {
      if (kit.isDeadlock(error) || outageOf(error) !== undefined) onLost(error);
      throw error;
    });

const SHORT = 5; // characters of a number or a truth value
const MARKS = 4; // two quotes, a colon, a comma
