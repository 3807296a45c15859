/** What a caller selects of a type, and the type of what comes back for it. */

type Leaf = string | number | boolean;

/** What a list holds, or the value itself; never null. */
type Item<Value> = NonNullable<Value> extends readonly (infer One)[] ? NonNullable<One> : NonNullable<Value>;

/** The fields to read: `true` for a value, a selection of its own for an object or a list of them. */
export type Selection<Type> = {
  readonly [Field in keyof Type]?: Item<Type[Field]> extends Leaf ? true : Selection<Item<Type[Field]>>;
};

/** Refuses fields that the type does not have, at every depth. */
export type Exact<Type, Chosen> = {
  readonly [Field in keyof Chosen]: Field extends keyof Type
    ? Item<Type[Field]> extends Leaf
      ? true
      : Exact<Item<Type[Field]>, Chosen[Field]>
    : never;
};

/** The value with nothing but what was selected. */
export type Selected<Value, Chosen> = Value extends null | undefined
  ? Value
  : Value extends readonly (infer One)[]
    ? Selected<One, Chosen>[]
    : Chosen extends true
      ? Value
      : { [Field in keyof Chosen & keyof Value]: Selected<Value[Field], Chosen[Field]> };

/** A selection in the notation of GraphQL. */
export function selectionText(selection: object): string {
  const fields = Object.entries(selection).filter(([, chosen]) => chosen !== undefined);
  if (fields.length === 0) throw new TypeError('Select at least one field.');
  const texts = fields.map(([field, chosen]) =>
    chosen === true ? field : `${field} ${selectionText(chosen as object)}`,
  );
  return `{ ${texts.join(' ')} }`;
}
