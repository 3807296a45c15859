/** Ways to deliver: fee per prefecture, time slots, days until dispatch. */
import type { Entity } from '../entity.ts';

export const delivery: Entity = {
  name: 'Delivery',
  table: 'dtb_delivery',
  discriminator: 'delivery',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    name: { type: 'string', nullable: true },
    service_name: { type: 'string', nullable: true },
    description: { type: 'string', length: 4000, nullable: true },
    confirm_url: { type: 'string', length: 4000, nullable: true },
    sort_no: { type: 'integer', nullable: true, unsigned: true },
    visible: { type: 'boolean', default: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    PaymentOptions: { kind: 'many', entity: 'PaymentOption', column: 'delivery_id' },
    DeliveryFees: { kind: 'many', entity: 'DeliveryFee', column: 'delivery_id' },
    DeliveryTimes: {
      kind: 'many',
      entity: 'DeliveryTime',
      column: 'delivery_id',
      orderBy: [{ column: 'sort_no', direction: 'asc' }],
    },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
    SaleType: { kind: 'one', entity: 'SaleType', column: 'sale_type_id' },
  },
};

export const deliveryFee: Entity = {
  name: 'DeliveryFee',
  table: 'dtb_delivery_fee',
  discriminator: 'deliveryfee',
  columns: {
    id: { type: 'id', key: true },
    fee: { type: 'decimal', digits: [12, 2], unsigned: true },
  },
  relations: {
    Delivery: { kind: 'one', entity: 'Delivery', column: 'delivery_id' },
    Pref: { kind: 'one', entity: 'Pref', column: 'pref_id' },
  },
};

export const deliveryTime: Entity = {
  name: 'DeliveryTime',
  table: 'dtb_delivery_time',
  discriminator: 'deliverytime',
  columns: {
    id: { type: 'id', key: true },
    delivery_time: { type: 'string' },
    sort_no: { type: 'smallint', unsigned: true },
    visible: { type: 'boolean', default: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    Delivery: { kind: 'one', entity: 'Delivery', column: 'delivery_id' },
  },
};

export const deliveryDuration: Entity = {
  name: 'DeliveryDuration',
  table: 'dtb_delivery_duration',
  discriminator: 'deliveryduration',
  columns: {
    id: { type: 'id', key: true },
    name: { type: 'string', nullable: true },
    duration: { type: 'smallint', default: 0 },
    sort_no: { type: 'integer', unsigned: true },
  },
  relations: {},
};
