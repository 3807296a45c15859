/**
 * What one request carries through its resolvers: who asks, what it has used up, and the loads that wait for the end of
 * this turn so that fields beside each other share one statement.
 */
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { Db } from '../../database/open.ts';
import { transact } from '../../database/transact.ts';
import type { Principal } from '../../oauth/rules/scope.ts';
import type { Registry } from '../../shop/registry.ts';
import { readChoices } from '../../shop/rows/choices.ts';
import type { RowStore } from '../../shop/rows/rows.ts';
import type { ShopStore } from '../../shop/rows/select.ts';
import type { Key, Row } from '../../shop/rows/statement.ts';
import type { Choices } from '../../shop/search/reading.ts';
import type { Locale } from '../../shop/text.ts';
import { refusal } from '../errors.ts';
import type { JudgedDocument } from './documents.ts';
import type { DryRun, Transact } from './dry-run.ts';
import { FirstResults } from './first-results.ts';
import { type ApiLimits, breachCategory, breachCode, breachText, type EndReason } from './limits.ts';
import { planOf, type RowPlan, rowPlan } from './plan.ts';
import type { Quota } from './quota.ts';
import { RequestCost } from './request-cost.ts';
import { type ResultMemory, ResultMeter } from './result-meter.ts';
import { Turns } from './turns.ts';
import { joined, partOf, type Within } from './within.ts';

export type RequestContextDeps = {
  readonly store: RowStore;
  readonly registry: Registry;
  readonly limits: ApiLimits;
  readonly locale: Locale;
  readonly nowMs: () => number;
  /** 32 bytes; seals the responses that are kept for repetitions. */
  readonly resultKey: Uint8Array;
  /** What the `version` of a row is made with. */
  readonly versionKey: Uint8Array;
  readonly memory: ResultMemory;
};

/** Who asks; `isGone`: the caller waits no longer for the response any more. */
export type Requester = {
  readonly principal: Principal;
  readonly requestId: string;
  readonly isGone?: (() => boolean) | undefined;
  /** The client's; it has given the least that a request costs. Undefined: none is kept. */
  readonly quota?: Quota | undefined;
  readonly within?: Within | undefined;
  /** Whether a replica that is a little behind may answer. */
  readonly mayLag?: boolean | undefined;
};

/** `UNKNOWN`: under way, so that it may yet be saved. */
export type MutationState = 'DONE' | 'UNKNOWN';

/** Reads something for many keys at once. */
export type KeyedReader<V> = {
  byKeys(keys: readonly Key[], contextValue: RequestContext): Promise<Map<Key, V>>;
};

type Batch<V> = { keys: Set<Key>; found: Promise<Map<Key, V>> };

const READS_AT_ONCE = 4; // root fields of one contextValue

export class RequestContext {
  needs: RequestContextDeps;
  document: JudgedDocument;
  readonly mayLag: boolean;
  readonly principal: Principal;
  readonly requestId: string;
  readonly firstResults: FirstResults;
  readonly cost: RequestCost;
  /** What a mutation runs in. */
  readonly transact: Transact;
  readonly #within: Within | undefined;
  /** The mutations that were begun, by the name in the response. */
  readonly mutations = new Map<string | number, MutationState>();
  hasMutated = false;
  /** Of the mutation whose result is being read. */
  dryRun: DryRun | undefined;
  readonly #isGone: () => boolean;
  readonly #deadlineMs: number;
  readonly #batches = new Map<KeyedReader<unknown>, Batch<unknown>>();
  readonly #choices = new Map<string, Promise<Choices>>();
  readonly #turns = new Turns(READS_AT_ONCE);
  readonly #shown: ResultMeter;
  readonly #read: ResultMeter;
  #objects = 0;
  #isOver = false;
  #ended: GraphQLError | undefined;

  constructor(
    deps: RequestContextDeps,
    {
      document,
      principal,
      requestId,
      isGone,
      quota,
      within,
      mayLag,
    }: Requester & { document: JudgedDocument },
  ) {
    const needs = within ? joined(deps, within) : deps;
    const { memory, limits, nowMs } = needs;
    this.needs = needs;
    this.document = within ? { ...document, plans: within.plans } : document;
    this.#within = within;
    this.mayLag = mayLag === true && !within;
    this.transact = within ? partOf(within, needs.store) : (work) => transact(needs.store, work);
    this.principal = principal;
    this.requestId = requestId;
    this.firstResults = new FirstResults(needs.store.db, needs.resultKey);
    this.cost = new RequestCost(quota);
    this.#isGone = isGone ?? (() => false);
    this.#deadlineMs = nowMs() + limits.seconds * 1000;
    const broken = (breach: EndReason) => this.end(breach);
    this.#shown = new ResultMeter(memory, limits.resultBytes, broken);
    this.#read = new ResultMeter(memory, limits.resultBytes, broken);
  }

  /** Why the request was given up. */
  get ended(): GraphQLError | undefined {
    return this.#ended;
  }

  /** Nothing more is read or written for it; what the response says instead. */
  end(breach: EndReason): GraphQLError {
    const { limits, locale } = this.needs;
    this.#ended ??= new GraphQLError(breachText(breach, limits, locale), {
      // With a place of its own graphql-js hands it on as it is, however many fields fail by it.
      path: [],
      extensions: { category: breachCategory(breach), code: breachCode(breach) },
    });
    return this.#ended;
  }

  /** Objects that are put into the response, or rows read for it. Throws when they are too many or too late. */
  count(objects: number): void {
    this.#objects += objects;
    this.cost.add(objects);
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

  /** Refuses before the database is asked for what would surely be too much, or more than the client's quota has left. */
  estimate(objects: number): void {
    // What a mutation has saved is shown, on credit where need be.
    const hasPoints = this.cost.reserve(objects, this.hasMutated);
    if (this.cost.requested > this.needs.limits.cost) throw this.end('cost');
    if (!hasPoints) throw this.end(this.cost.isBeyondQuota ? 'quota' : 'throttled');
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
    if (!this.#ended && !this.cost.reserveMutation(this.hasMutated)) throw this.end('throttled');
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
    return (await this.gather(plan.reader, key)) ?? null;
  }

  /** What a reader finds for a key; all keys that are asked of it in this turn are read together. */
  async gather<V>(reader: KeyedReader<V>, key: Key): Promise<V | undefined> {
    const open = this.#batches.get(reader) as Batch<V> | undefined;
    const batch = open ?? this.#openBatch(reader);
    batch.keys.add(key);
    return (await batch.found).get(key);
  }

  choices(entity: string): Promise<Choices> {
    const known = this.#choices.get(entity) ?? readChoices(this.needs.store, this.needs.registry, entity);
    this.#choices.set(entity, known);
    return known;
  }

  /** To be called before anything is read. */
  readFrom(db: Db): void {
    this.needs = { ...this.needs, store: { ...this.needs.store, db } };
    this.document = { ...this.document, plans: this.document.laggingPlans };
  }

  get prepared(): string | undefined {
    return this.#within?.prepared;
  }

  /** Does what follows the commit of a mutation, or leaves it to the transaction that the request is a part of. */
  async afterCommit(deed: () => Promise<void>): Promise<void> {
    if (this.#within) this.#within.afterCommit(deed);
    else await deed();
  }

  /** To be called when the response has left. */
  release(): void {
    this.cost.settle();
    this.#shown.release();
    this.#read.release();
  }

  /** Its result is read in it next. One that comes after the request was given up is closed at once: no one else would. */
  async keepDryRun(dryRun: DryRun): Promise<void> {
    if (this.#isOver) await dryRun.close();
    else this.dryRun = dryRun;
  }

  /** The request has its result, whatever is still under way. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await this.closeDryRun();
  }

  /** Nothing of a dry run stays. */
  async closeDryRun(): Promise<void> {
    const { dryRun } = this;
    this.dryRun = undefined;
    await dryRun?.close();
  }

  /** What a dry run has written is seen in its own transaction only. */
  get store(): ShopStore {
    const { store } = this.needs;
    return this.dryRun ? { db: this.dryRun.db, kit: store.kit } : store;
  }

  #planOf(info: GraphQLResolveInfo, entity: string): RowPlan {
    const { needs, document, dryRun } = this;
    if (!dryRun) return planOf(document, info, () => rowPlan(needs, entity, info));
    const { store } = this;
    return planOf({ ...document, plans: dryRun.plans }, info, () =>
      rowPlan({ ...needs, store }, entity, info),
    );
  }

  #openBatch<V>(reader: KeyedReader<V>): Batch<V> {
    const keys = new Set<Key>();
    const found = Promise.resolve().then(() =>
      this.read(() => {
        this.#batches.delete(reader);
        return reader.byKeys([...keys], this);
      }),
    );
    const batch = { keys, found };
    this.#batches.set(reader, batch);
    return batch;
  }
}

const SHORT = 5; // characters of a number or a truth value
const MARKS = 4; // two quotes, a colon, a comma
