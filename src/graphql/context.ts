/**
 * What one question carries through its resolvers: who asks, what it has used up, and the loads that wait for the end of
 * this turn so that fields beside each other share one statement.
 */
import type { GraphQLResolveInfo } from 'graphql';
import type { Principal } from '../oauth/scope.ts';
import type { Choices } from '../shop/reading.ts';
import type { Registry } from '../shop/registry.ts';
import type { Locale } from '../shop/text.ts';
import type { RowStore } from '../store/shop-rows.ts';
import { readChoices } from '../store/shop-rows-choices.ts';
import type { Key, Row } from '../store/shop-rows-statement.ts';
import type { Document } from './documents.ts';
import { refusal } from './errors.ts';
import { FirstAnswers } from './first-answers.ts';
import { type ApiLimits, breachText } from './limits.ts';
import { planOf, type RowPlan, rowPlan } from './plan.ts';

export type QuestionNeeds = {
  readonly store: RowStore;
  readonly registry: Registry;
  readonly limits: ApiLimits;
  readonly locale: Locale;
  readonly nowMs: () => number;
  /** 32 bytes; seals the answers that are kept for repetitions. */
  readonly answerKey: Uint8Array;
};

type Batch = { keys: Set<Key>; rows: Promise<Map<Key, Row>> };

export class Question {
  readonly needs: QuestionNeeds;
  readonly document: Document;
  readonly principal: Principal;
  readonly requestId: string;
  readonly firstAnswers: FirstAnswers;
  readonly #deadlineMs: number;
  readonly #batches = new Map<RowPlan, Batch>();
  readonly #choices = new Map<string, Promise<Choices>>();
  #estimated = 0;
  #objects = 0;

  constructor(needs: QuestionNeeds, asked: { document: Document; principal: Principal; requestId: string }) {
    this.needs = needs;
    this.document = asked.document;
    this.principal = asked.principal;
    this.requestId = asked.requestId;
    this.firstAnswers = new FirstAnswers(needs.store.db, needs.answerKey);
    this.#deadlineMs = needs.nowMs() + needs.limits.seconds * 1000;
  }

  /** Objects that are put into the answer, or rows read for it. Throws when they are too many or too late. */
  count(objects: number): void {
    this.#objects += objects;
    if (this.#objects > this.needs.limits.cost) throw this.#refuse('cost');
    if (this.needs.nowMs() > this.#deadlineMs) throw this.#refuse('seconds');
  }

  /** Refuses before the database is asked for what would surely be too much. */
  estimate(objects: number): void {
    this.#estimated += objects;
    if (this.#estimated > this.needs.limits.cost) throw this.#refuse('cost');
  }

  /** The row of an entity with the fields that stand below this field; null when there is none. */
  async load(info: GraphQLResolveInfo, entity: string, key: Key): Promise<Row | null> {
    const plan = planOf(this.document, info, () => rowPlan(this.needs, entity, info));
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

  #openBatch(plan: RowPlan): Batch {
    const keys = new Set<Key>();
    const rows = Promise.resolve().then(() => {
      this.#batches.delete(plan);
      return plan.reader.byKeys([...keys], this);
    });
    return { keys, rows };
  }

  #refuse(breach: 'cost' | 'seconds'): Error {
    return refusal(breachText(breach, this.needs.limits, this.needs.locale));
  }
}
