/** The shop's staff: accounts, what an authority may not open, and the log of logins. */
import type { Entity } from '../entity.ts';

export const member: Entity = {
  name: 'Member',
  table: 'dtb_member',
  discriminator: 'member',
  columns: {
    id: { type: 'id', key: true },
    name: { type: 'string', nullable: true },
    department: { type: 'string', nullable: true },
    login_id: { type: 'string' },
    password: { type: 'string', hidden: true },
    salt: { type: 'string', nullable: true, hidden: true },
    sort_no: { type: 'smallint', unsigned: true },
    two_factor_auth_key: { type: 'string', nullable: true, hidden: true, optional: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
    login_date: { type: 'datetimetz', nullable: true },
    two_factor_auth_enabled: { type: 'boolean', default: false, hidden: true, optional: true },
  },
  relations: {
    Work: { kind: 'one', entity: 'Work', column: 'work_id' },
    Authority: { kind: 'one', entity: 'Authority', column: 'authority_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};

export const authorityRole: Entity = {
  name: 'AuthorityRole',
  table: 'dtb_authority_role',
  discriminator: 'authorityrole',
  internal: true,
  columns: {
    id: { type: 'id', key: true },
    deny_url: { type: 'string', length: 4000 },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    Authority: { kind: 'one', entity: 'Authority', column: 'authority_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};

export const loginHistory: Entity = {
  name: 'LoginHistory',
  table: 'dtb_login_history',
  discriminator: 'loginhistory',
  internal: true,
  optional: true,
  columns: {
    id: { type: 'id', key: true },
    user_name: { type: 'text', nullable: true },
    client_ip: { type: 'text', nullable: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    Status: { kind: 'one', entity: 'LoginHistoryStatus', column: 'login_history_status_id', required: true },
    LoginUser: { kind: 'one', entity: 'Member', column: 'member_id', onDelete: 'set null' },
  },
};
