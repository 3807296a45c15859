/**
 * Where the API writes other rows than the recorded pages of products, categories, customers and masters, on purpose. A record
 * without a difference may not be here.
 */
type ShopDifference = {
  readonly records: readonly string[];
  /** `table.column`, or the table where rows come or go. */
  readonly tables: readonly string[];
  /** The code of a refusal where EC-CUBE's page went through, or its other code; null: we go through. */
  readonly code?: string | null;
  readonly en: string;
  readonly ja: string;
};

export const SHOP_DIFFERENCES: readonly ShopDifference[] = [];

/** Refused for the same reason in other words. */
export const OTHER_WORDS: ReadonlySet<string> = new Set([]);
