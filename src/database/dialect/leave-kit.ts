/** What the databases do differently when Tegata's own things are taken away, in one shape. Part of `DialectKit` (`kit.leave`). */
import type { RawBuilder } from 'kysely';

export type LeaveKit = {
  /** A query for the functions named like ours in the current schema, one `name` a row; undefined = triggers need none. */
  readonly functions: RawBuilder<{ name: string }> | undefined;
  /** The statement that removes an index. */
  dropIndex(index: string, table: string): string;
  /**
   * What gives the file back as other programs make it: run last, outside of a transaction. It answers with an error or with
   * another `mode` than `delete` while someone else has the file open.
   */
  readonly lastStatement: RawBuilder<{ mode: string }> | undefined;
};
