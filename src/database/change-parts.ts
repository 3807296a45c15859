/** What of a thing a change has touched: the words of `Change.parts`, and how they stand in the feed's columns. */

export const CHANGE_PARTS = [
  'product',
  'class',
  'stock',
  'price',
  'images',
  'category',
  'tags',
  'order',
  'status',
  'items',
  'shipping',
  'payment',
  'totals',
  'mail',
  'customer',
  'address',
  'points',
  'purchases',
  'favorites',
  'login',
  /** Tables of extensions, and what a later version has written. */
  'other',
] as const;

export type ChangePart = (typeof CHANGE_PARTS)[number];

export const isChangePart = (word: string): word is ChangePart =>
  (CHANGE_PARTS as readonly string[]).includes(word);

/** Null = not known: a trigger of an earlier version wrote the change. */
export type Parts = readonly ChangePart[] | null;

/** Each once, in the order of `CHANGE_PARTS`; null as soon as one is not known. */
export function joinParts(all: readonly Parts[]): Parts {
  if (all.includes(null)) return null;
  const told = new Set(all.flatMap((parts) => parts ?? []));
  return CHANGE_PARTS.filter((part) => told.has(part));
}

/** As `tegata_feed` holds them: a blank on both sides of each, so that one can be looked for. */
export const partsText = (parts: Parts): string | null => parts && ` ${parts.join(' ')} `;

export function partsOf(text: string | null): Parts {
  if (text === null) return null;
  const told = text.split(' ').filter((word) => word !== '');
  return joinParts([told.map((word) => (isChangePart(word) ? word : 'other'))]);
}
