/** Parcels of an order, and the mails that were sent about it. */
import type { Entity } from '../entity.ts';

export const shipping: Entity = {
  name: 'Shipping',
  table: 'dtb_shipping',
  discriminator: 'shipping',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    name01: { type: 'string' },
    name02: { type: 'string' },
    kana01: { type: 'string', nullable: true },
    kana02: { type: 'string', nullable: true },
    company_name: { type: 'string', nullable: true },
    phone_number: { type: 'string', length: 14, nullable: true },
    postal_code: { type: 'string', length: 8, nullable: true },
    addr01: { type: 'string', nullable: true },
    addr02: { type: 'string', nullable: true },
    shipping_delivery_name: { type: 'string', column: 'delivery_name', nullable: true },
    time_id: { type: 'integer', nullable: true, unsigned: true },
    shipping_delivery_time: { type: 'string', column: 'delivery_time', nullable: true },
    shipping_delivery_date: { type: 'datetimetz', column: 'delivery_date', nullable: true },
    shipping_date: { type: 'datetimetz', nullable: true },
    tracking_number: { type: 'string', nullable: true },
    note: { type: 'string', length: 4000, nullable: true },
    sort_no: { type: 'smallint', nullable: true, unsigned: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
    mail_send_date: { type: 'datetimetz', nullable: true },
  },
  relations: {
    Order: { kind: 'one', entity: 'Order', column: 'order_id' },
    OrderItems: {
      kind: 'many',
      entity: 'OrderItem',
      column: 'shipping_id',
      // 商品, 送料, 手数料, 割引, ポイント, 税
      orderBy: [{ column: 'order_item_type_id', direction: 'asc', ranking: [1, 2, 3, 4, 6, 5] }],
    },
    Country: { kind: 'one', entity: 'Country', column: 'country_id' },
    Pref: { kind: 'one', entity: 'Pref', column: 'pref_id' },
    Delivery: { kind: 'one', entity: 'Delivery', column: 'delivery_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};

export const mailHistory: Entity = {
  name: 'MailHistory',
  table: 'dtb_mail_history',
  discriminator: 'mailhistory',
  columns: {
    id: { type: 'id', key: true },
    send_date: { type: 'datetimetz', nullable: true },
    mail_subject: { type: 'string', nullable: true },
    mail_body: { type: 'text', nullable: true },
    mail_html_body: { type: 'text', nullable: true },
  },
  relations: {
    Order: { kind: 'one', entity: 'Order', column: 'order_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};
