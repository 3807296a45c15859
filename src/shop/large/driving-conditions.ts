/**
 * What a planner guesses, if it weighs a LIMIT at all, is looked up: if one of the conditions that an index serves leaves
 * few rows, their keys drive the statement; if none does, the rows come in the order that is asked for, and a page is
 * full soon.
 */

import { type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Indexes } from '../index-advice.ts';
import type { Registry } from '../registry.ts';
import { allOf, keyColumn, ROOT, type SqlScope } from '../rows/condition.ts';
import type { ShopStore } from '../rows/select.ts';
import { type Key, Statements } from '../rows/statement.ts';
import { type Condition, Slot } from '../search/condition.ts';
import { resolveField } from '../search/field.ts';
import type { Filter } from '../search/search.ts';

const REMEMBERED = 2_000; // conditions that leave many rows
const REMEMBERED_MS = 60_000;
const OF = 'o';

/** Conditions that one index serves together. */
type Group = { readonly way: readonly string[]; readonly of: readonly Condition[] };

export class Drivers {
  readonly #registry: Registry;
  readonly #indexes: Indexes;
  readonly #kit: ShopStore['kit'];
  readonly #statements: Statements;
  /** What leaves many rows now does so in a minute; if not, only time is lost. */
  readonly #many: LRUCache<string, true>;

  constructor(store: ShopStore, registry: Registry, indexes: Indexes, nowMs: () => number) {
    this.#registry = registry;
    this.#indexes = indexes;
    this.#kit = store.kit;
    this.#statements = new Statements(store);
    this.#many = new LRUCache({ max: REMEMBERED, ttl: REMEMBERED_MS, perf: { now: nowMs } });
  }

  /** The keys that the most choosing condition leaves, `most` at the most; undefined = every one leaves more. */
  async fewest(filter: Filter, most: number): Promise<readonly Key[] | undefined> {
    const found = await Promise.all(this.#groups(filter).map((group) => this.#keys(filter, group, most)));
    return found.filter((keys) => keys !== undefined).sort((a, b) => a.length - b.length)[0];
  }

  /**
   * Whether rows in the order asked for fill a page soon: nothing is known of a condition that no index serves, and what
   * it leaves may be far away.
   */
  isSoonFull(filter: Filter): boolean {
    const all = [...filter.own, ...filter.joined.flatMap(({ of }) => of)];
    return this.isOrdered(filter) && !all.some(isUnknown);
  }

  /** Whether an index is sure to have the order asked for: rows without a value come last, in which not every index has them. */
  isOrdered({ entity, sort }: Filter): boolean {
    const [first] = sort;
    if (!first || !this.#isIndexed(entity, first.field)) return false;
    return !resolveField(this.#registry, entity, first.field).nullable;
  }

  async #keys(filter: Filter, group: Group, most: number): Promise<readonly Key[] | undefined> {
    const shape = JSON.stringify([filter.entity, group, most]);
    const name = JSON.stringify([filter.entity, group], (_, part) =>
      part instanceof Slot ? filter.values[part.index] : part,
    );
    if (this.#many.has(name)) return undefined;
    const build = () => this.#statement(filter, group, most + 1);
    const rows = await this.#statements.run(shape, build, filter.values);
    if (rows.length <= most) return rows.map((row) => row.key as Key);
    this.#many.set(name, true);
    return undefined;
  }

  #statement(filter: Filter, { way, of }: Group, limit: number): RawBuilder<unknown> {
    const entity = this.#registry.entity(filter.entity);
    const [step] = way;
    const aliases = new Map([[step ?? '', step === undefined ? ROOT : OF]]);
    const scope: SqlScope = { kit: this.#kit, registry: this.#registry, entity: filter.entity, aliases };
    const relation = step === undefined ? undefined : entity.relations[step];
    const [table, key] = relation
      ? [this.#registry.target(relation).table, sql.ref(`${OF}.${relation.column}`)]
      : [entity.table, sql.ref(`${ROOT}.${keyColumn(entity)}`)];
    return sql`select ${relation ? sql`distinct ` : sql``}${key} as ${sql.id('key')}
      from ${sql.table(table)} as ${sql.id(relation ? OF : ROOT)} where ${allOf(scope, of)} limit ${sql.lit(limit)}`;
  }

  #groups({ entity, own, joined, sort }: Filter): Group[] {
    const served = (condition: Condition) => this.#isServed(entity, condition);
    const byField = groupedByField(own.filter(served));
    byField.delete(sort[0]?.field ?? ''); // the order's own index serves it
    const hanging = joined.flatMap(({ relation, of }): Group[] =>
      [...groupedByField(of.filter(served)).values()].map((same) => ({ way: [relation], of: same })),
    );
    const further = own.flatMap((condition): Group[] => {
      if (condition.op !== 'some' || condition.way.length !== 1) return [];
      return condition.of.every(served) ? [{ way: condition.way, of: condition.of }] : [];
    });
    return [...[...byField.values()].map((of) => ({ way: [], of })), ...hanging, ...further];
  }

  #isServed(entity: string, condition: Condition): boolean {
    if (!('value' in condition) && condition.op !== 'in') return false;
    return this.#isIndexed(entity, condition.field);
  }

  #isIndexed(entityName: string, field: string): boolean {
    const { entity, column } = resolveField(this.#registry, entityName, field);
    return this.#indexes.get(entity.table)?.some(([first]) => first === column) ?? false;
  }
}

const groupedByField = (conditions: readonly Condition[]): Map<string, Condition[]> =>
  Map.groupBy(conditions, (condition) => ('field' in condition ? condition.field : ''));

function isUnknown(condition: Condition): boolean {
  if (condition.op === 'like' || condition.op === 'month') return true;
  return 'of' in condition && condition.of.some(isUnknown);
}
