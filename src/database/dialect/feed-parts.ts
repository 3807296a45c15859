/**
 * Which parts of a thing a changed row tells, as an expression inside a trigger. It names columns that EC-CUBE itself made, never
 * those of plugins: a trigger that names a column which a plugin takes away again would make writes to the shop fail.
 */
import type { FeedAction, FeedSource } from '../feed-sources.ts';

/** One thing that a changed row tells. */
export type Touch = {
  /** The version of the row that leads to the thing. */
  readonly row: 'new' | 'old';
  readonly action: FeedAction;
  /** Only then; in SQL that every database reads. */
  readonly when?: string;
  /** The row was there before and after: what differs says which parts have changed. */
  readonly compares?: boolean;
};

export type PartsSpelling = {
  /** Whether a column of the row differs, byte by byte. */
  differs(column: string): string;
  /** Texts, null among them, with blanks between them. */
  joined(texts: readonly string[]): string;
};

export const INTO_CHANGE_WITH_PARTS =
  'insert into tegata_change (entity, entity_id, action, changed_at, parts, origin)';

/** A row that comes, goes or changes its thing tells all that its table can tell. */
export function partsTold(
  { part = 'other', parts = [], ownColumns = [] }: FeedSource,
  { compares = false }: Touch,
  columns: ReadonlySet<string>,
  spelling: PartsSpelling,
): string {
  if (!compares || parts.length === 0) return `'${[part, ...parts.map((one) => one.part)].join(' ')}'`;
  const anyOf = (names: readonly string[]): string => {
    const known = names.filter((name) => columns.has(name));
    return `(1 = 0${known.map((name) => ` or ${spelling.differs(name)}`).join('')})`;
  };
  // What is not known here (a plugin's column) is `part`, unless the change is explained without it.
  const others = parts.flatMap((one) => one.columns);
  const own = `case when ${anyOf(ownColumns)} or not ${anyOf(others)} then '${part}' end`;
  const rest = parts.map((one) => `case when ${anyOf(one.columns)} then '${one.part}' end`);
  return spelling.joined([own, ...rest]);
}

const COMPARISON =
  / or (?:not \(cast\(new\.`\w+` as binary\) <=> cast\(old\.`\w+` as binary\)\)|new\."\w+"(?:::text)? is (?:distinct from|not) old\."\w+"(?:::text)?)/g;

/** The text of a trigger without the columns that it compares: EC-CUBE's versions differ in them. */
export const withoutComparisons = (text: string): string => text.replace(COMPARISON, '');
