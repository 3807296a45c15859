/** Ways to pay, and with which delivery each may be chosen. */
import type { Entity } from '../entity.ts';

export const payment: Entity = {
  name: 'Payment',
  table: 'dtb_payment',
  discriminator: 'payment',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    method: { type: 'string', column: 'payment_method', nullable: true },
    charge: { type: 'decimal', digits: [12, 2], nullable: true, default: 0, unsigned: true },
    rule_max: { type: 'decimal', digits: [12, 2], nullable: true, unsigned: true },
    sort_no: { type: 'smallint', nullable: true, unsigned: true },
    fixed: { type: 'boolean', default: true },
    payment_image: { type: 'string', nullable: true },
    rule_min: { type: 'decimal', digits: [12, 2], nullable: true, unsigned: true },
    method_class: { type: 'string', nullable: true },
    visible: { type: 'boolean', default: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    PaymentOptions: { kind: 'many', entity: 'PaymentOption', column: 'payment_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};

export const paymentOption: Entity = {
  name: 'PaymentOption',
  table: 'dtb_payment_option',
  discriminator: 'paymentoption',
  columns: {
    delivery_id: { type: 'integer', key: true, unsigned: true },
    payment_id: { type: 'integer', key: true, unsigned: true },
  },
  relations: {
    Delivery: { kind: 'one', entity: 'Delivery', column: 'delivery_id' },
    Payment: { kind: 'one', entity: 'Payment', column: 'payment_id' },
  },
};
