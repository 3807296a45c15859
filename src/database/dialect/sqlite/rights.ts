/** SQLite knows no users: the one who may write the file may do everything. */
import { sql } from 'kysely';
import type { Account, Obstacle, RightsKit } from '../rights-kit.ts';

export const sqliteRights: RightsKit = {
  obstacleOf: () => undefined,
  account: sql<Account>`select '' as ${sql.ref('user')}, 'main' as ${sql.ref('schema')}`,
  remedy: () => 'let the user that runs tegata write the file',
  triggerObstacle: sql<{ obstacle: Obstacle | null }>`select null as obstacle`,
};
