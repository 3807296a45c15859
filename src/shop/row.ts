/** Rows of the shop's tables as data, before any database has seen them. */

/** Column name → value. A `datetimetz` is whole seconds since the epoch; a `decimal` is a whole number. */
export type ShopRow = Readonly<Record<string, number | string | boolean | null>>;

/** Entity name → rows to insert, without `discriminator_type`. */
export type ShopRows = Readonly<Record<string, readonly ShopRow[]>>;
