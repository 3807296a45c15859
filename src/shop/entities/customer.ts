/** Customers, their address book and favourites. */
import { CLIENT_DATA } from '../client-data.ts';
import type { Entity } from '../entity.ts';

export const customer: Entity = {
  name: 'Customer',
  table: 'dtb_customer',
  discriminator: 'customer',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    name01: { type: 'string' },
    name02: { type: 'string' },
    kana01: { type: 'string', nullable: true },
    kana02: { type: 'string', nullable: true },
    company_name: { type: 'string', nullable: true },
    postal_code: { type: 'string', length: 8, nullable: true },
    addr01: { type: 'string', nullable: true },
    addr02: { type: 'string', nullable: true },
    email: { type: 'string' },
    phone_number: { type: 'string', length: 14, nullable: true },
    birth: { type: 'datetimetz', nullable: true },
    password: { type: 'string', hidden: true },
    salt: { type: 'string', nullable: true, hidden: true },
    secret_key: { type: 'string', hidden: true },
    first_buy_date: { type: 'datetimetz', nullable: true },
    last_buy_date: { type: 'datetimetz', nullable: true },
    buy_times: { type: 'decimal', digits: [10, 0], nullable: true, default: 0, unsigned: true },
    buy_total: { type: 'decimal', digits: [12, 2], nullable: true, default: 0, unsigned: true },
    note: { type: 'string', length: 4000, nullable: true },
    reset_key: { type: 'string', nullable: true, hidden: true },
    reset_expire: { type: 'datetimetz', nullable: true },
    point: { type: 'decimal', digits: [12, 0], default: 0 },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    CustomerFavoriteProducts: { kind: 'many', entity: 'CustomerFavoriteProduct', column: 'customer_id' },
    CustomerAddresses: {
      kind: 'many',
      entity: 'CustomerAddress',
      column: 'customer_id',
      orderBy: [{ column: 'id', direction: 'asc' }],
    },
    Orders: { kind: 'many', entity: 'Order', column: 'customer_id' },
    Status: { kind: 'one', entity: 'CustomerStatus', column: 'customer_status_id' },
    Sex: { kind: 'one', entity: 'Sex', column: 'sex_id' },
    Job: { kind: 'one', entity: 'Job', column: 'job_id' },
    Country: { kind: 'one', entity: 'Country', column: 'country_id' },
    Pref: { kind: 'one', entity: 'Pref', column: 'pref_id' },
  },
  derived: CLIENT_DATA,
  indexes: [
    { name: 'secret_key', columns: ['secret_key'], unique: true },
    { name: 'dtb_customer_buy_times_idx', columns: ['buy_times'] },
    { name: 'dtb_customer_buy_total_idx', columns: ['buy_total'] },
    { name: 'dtb_customer_create_date_idx', columns: ['create_date'] },
    { name: 'dtb_customer_update_date_idx', columns: ['update_date'] },
    { name: 'dtb_customer_last_buy_date_idx', columns: ['last_buy_date'] },
    { name: 'dtb_customer_email_idx', columns: ['email'] },
  ],
};

export const customerAddress: Entity = {
  name: 'CustomerAddress',
  table: 'dtb_customer_address',
  discriminator: 'customeraddress',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    name01: { type: 'string' },
    name02: { type: 'string' },
    kana01: { type: 'string', nullable: true },
    kana02: { type: 'string', nullable: true },
    company_name: { type: 'string', nullable: true },
    postal_code: { type: 'string', length: 8, nullable: true },
    addr01: { type: 'string', nullable: true },
    addr02: { type: 'string', nullable: true },
    phone_number: { type: 'string', length: 14, nullable: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    Customer: { kind: 'one', entity: 'Customer', column: 'customer_id' },
    Country: { kind: 'one', entity: 'Country', column: 'country_id' },
    Pref: { kind: 'one', entity: 'Pref', column: 'pref_id' },
  },
};

export const customerFavoriteProduct: Entity = {
  name: 'CustomerFavoriteProduct',
  table: 'dtb_customer_favorite_product',
  discriminator: 'customerfavoriteproduct',
  columns: {
    id: { type: 'id', key: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    Customer: { kind: 'one', entity: 'Customer', column: 'customer_id' },
    Product: { kind: 'one', entity: 'Product', column: 'product_id' },
  },
};
