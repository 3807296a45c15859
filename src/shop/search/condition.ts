/**
 * What a search asks of rows, said without SQL. A field is named from the searched entity on: `name`, or
 * `ProductClasses.code` for rows that belong to it; a relation whose key the row holds stands for that key (`Status`).
 * Values stand apart, in a list, and a condition holds their places: two searches of one shape share one statement.
 */

/** The place of a value in the list. */
export class Slot {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

export type Comparison = '=' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  /** Against a date column the value is epoch seconds. */
  | { readonly op: Comparison; readonly field: string; readonly value: Slot }
  | { readonly op: 'in' | 'not in'; readonly field: string; readonly values: readonly Slot[] }
  | { readonly op: 'null' | 'not null'; readonly field: string }
  /** The fields, one behind the other, match a LIKE pattern; `escaped`: a backslash takes the meaning from `%` and `_`. */
  | {
      readonly op: 'like';
      readonly fields: readonly string[];
      readonly pattern: Slot;
      readonly escaped: boolean;
    }
  /** Calendar month (1–12) of a date that lies `offset` seconds east of UTC. */
  | { readonly op: 'month'; readonly field: string; readonly month: Slot; readonly offset: Slot }
  /** There is a row along this way of to-many relations that meets all of `of`. */
  | { readonly op: 'some'; readonly way: readonly string[]; readonly of: readonly Condition[] };

/** Collects the values of one search. */
export class Values {
  readonly list: unknown[] = [];
  add(value: unknown): Slot {
    this.list.push(value);
    return new Slot(this.list.length - 1);
  }
}

/** The way of to-many relations before a field's own name: `Orders.OrderItems` of `Orders.OrderItems.price`. */
export const wayOf = (field: string): string => field.slice(0, Math.max(0, field.lastIndexOf('.')));

/** Every field that a condition looks at on its own level; a `some` looks at other rows. */
export function fieldsOf(condition: Condition): readonly string[] {
  switch (condition.op) {
    case 'all':
    case 'any':
      return condition.of.flatMap(fieldsOf);
    case 'some':
      return [];
    case 'like':
      return condition.fields;
    default:
      return [condition.field];
  }
}
