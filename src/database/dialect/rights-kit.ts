/** What the databases do differently about rights, in one shape. Part of `DialectKit` (`kit.rights`). */
import type { RawBuilder } from 'kysely';

/** The database user as grants name it, and where the shop's tables are. */
export type Account = { readonly user: string; readonly schema: string };

/** What someone wants to do: use Tegata's tables, make or change them, put triggers on the shop's tables, have one of those for itself. */
export type Deed = 'use' | 'migrate' | 'triggers' | 'fence';

/** A right is missing; the binary log forbids triggers to all but administrators; only the owner may do it. */
export type Obstacle = 'denied' | 'binlog' | 'owner';

export type RightsKit = {
  /** Why the server has refused; undefined when it was not for want of a right. */
  obstacleOf(error: unknown): Obstacle | undefined;
  /** A query for one row. */
  readonly account: RawBuilder<Account>;
  /** What an administrator of the database has to do, in one line. */
  remedy(deed: Deed, obstacle: Obstacle, account: Account): string;
  /** A query for one row: what stands in the way of a trigger on the shop's tables, as far as is known. */
  readonly triggerObstacle: RawBuilder<{ obstacle: Obstacle | null }>;
};

export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
