/** Rights on MySQL and MariaDB. With the binary log on, a trigger also needs SUPER, or a setting of the server. */
import { sql } from 'kysely';
import { type Account, codeOf, type Deed, type Obstacle, type RightsKit } from '../rights-kit.ts';

const OBSTACLES: ReadonlyMap<unknown, Obstacle> = new Map([
  ['ER_BINLOG_CREATE_ROUTINE_NEED_SUPER', 'binlog'],
  ['ER_TABLEACCESS_DENIED_ERROR', 'denied'],
  ['ER_COLUMNACCESS_DENIED_ERROR', 'denied'],
  ['ER_SPECIFIC_ACCESS_DENIED_ERROR', 'denied'],
  // A right of the whole database; also said when a connection is opened, and then of the question for the account too.
  ['ER_DBACCESS_DENIED_ERROR', 'denied'],
]);

const RIGHTS: Record<Deed, string> = {
  use: 'SELECT, INSERT, UPDATE, DELETE',
  migrate: 'CREATE, ALTER, INDEX, DROP, SELECT, INSERT, UPDATE, DELETE',
  triggers: 'TRIGGER',
  fence: 'LOCK TABLES',
};

const TRUST =
  'the binary log is on and the database user lacks SUPER; let an administrator of the database run SET GLOBAL log_bin_trust_function_creators = 1 (and put it into the server’s configuration), or run tegata feed install with an account that has SUPER';

const GRANTEE = sql`concat('''', replace(current_user(), '@', '''@'''), '''')`;

/** How often this account is given a right for the shop's tables. What comes by a role is not counted. */
const given = (right: string) => sql`(
  (select count(*) from information_schema.user_privileges where grantee = ${GRANTEE} and privilege_type = ${right}) +
  (select count(*) from information_schema.schema_privileges
    where grantee = ${GRANTEE} and privilege_type = ${right} and database() like table_schema) +
  (select count(*) from information_schema.table_privileges
    where grantee = ${GRANTEE} and privilege_type = ${right} and table_schema = database()))`;

export const mysqlRights: RightsKit = {
  obstacleOf: (error) => OBSTACLES.get(codeOf(error)),
  account: sql<Account>`select ${GRANTEE} as user, database() as ${sql.ref('schema')}`,
  remedy: (deed, obstacle, { user, schema }) => {
    if (obstacle === 'binlog') return TRUST;
    const other = deed === 'triggers' ? ', or run tegata feed install with an account that has it' : '';
    return `let an administrator of the database run GRANT ${RIGHTS[deed]} ON \`${schema}\`.* TO ${user}${other}`;
  },
  triggerObstacle: sql<{ obstacle: Obstacle | null }>`select case
    when ${given('TRIGGER')} = 0 then 'denied'
    when @@log_bin = 1 and @@log_bin_trust_function_creators = 0 and ${given('SUPER')} = 0 then 'binlog'
    end as obstacle`,
};
