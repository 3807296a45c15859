/** Rights on PostgreSQL. A trigger needs TRIGGER on its table and CREATE on the schema, for its function. */
import { sql } from 'kysely';
import { type Account, codeOf, type Deed, type Obstacle, type RightsKit } from '../rights-kit.ts';

const INSUFFICIENT_PRIVILEGE = '42501';

export const postgresRights: RightsKit = {
  obstacleOf: (error) => {
    if (codeOf(error) !== INSUFFICIENT_PRIVILEGE) return undefined;
    // The server says it in the language of the one who set it up; English is what most speak.
    return error instanceof Error && error.message.startsWith('must be owner') ? 'owner' : 'denied';
  },
  account: sql<Account>`
    select quote_ident(current_user) as ${sql.ref('user')}, quote_ident(current_schema()) as ${sql.ref('schema')}`,
  remedy: (deed, obstacle, account) => {
    if (obstacle === 'owner')
      return 'only their owner may do that: run it with the account that owns the tables';
    const other =
      deed === 'triggers' ? '; or run tegata feed install with the account that owns the tables' : '';
    return `let the owner of the tables run ${grantsFor(deed, account)}${other}`;
  },
  triggerObstacle: sql<{ obstacle: Obstacle | null }>`select case
    when not has_schema_privilege(current_schema()::text, 'CREATE')
      or not has_table_privilege(to_regclass('dtb_product')::oid, 'TRIGGER') then 'denied' end as obstacle`,
};

function grantsFor(deed: Deed, { user, schema }: Account): string {
  const create = `GRANT CREATE ON SCHEMA ${schema} TO ${user}`;
  const tables = `ON ALL TABLES IN SCHEMA ${schema} TO ${user}`;
  if (deed === 'triggers') return `GRANT TRIGGER ${tables}; ${create}`;
  return deed === 'migrate' ? create : `GRANT SELECT, INSERT, UPDATE, DELETE ${tables}`;
}
