/**
 * The sellable variants of a product. Stock is stored twice, here and in `dtb_product_stock`; a writer keeps both equal
 * (docs/eccube/database.md, Conventions).
 */
import type { Entity } from '../entity.ts';

export const productClass: Entity = {
  name: 'ProductClass',
  table: 'dtb_product_class',
  discriminator: 'productclass',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    code: { type: 'string', column: 'product_code', nullable: true },
    stock: { type: 'decimal', digits: [10, 0], nullable: true },
    stock_unlimited: { type: 'boolean', default: false },
    sale_limit: { type: 'decimal', digits: [10, 0], nullable: true, unsigned: true },
    price01: { type: 'decimal', digits: [12, 2], nullable: true },
    price02: { type: 'decimal', digits: [12, 2] },
    delivery_fee: { type: 'decimal', digits: [12, 2], nullable: true, unsigned: true },
    visible: { type: 'boolean', default: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
    currency_code: { type: 'string', nullable: true },
    point_rate: { type: 'decimal', digits: [10, 0], nullable: true, unsigned: true },
  },
  relations: {
    ProductStock: { kind: 'inverseOne', entity: 'ProductStock', column: 'product_class_id' },
    TaxRule: { kind: 'inverseOne', entity: 'TaxRule', column: 'product_class_id' },
    Product: { kind: 'one', entity: 'Product', column: 'product_id' },
    SaleType: { kind: 'one', entity: 'SaleType', column: 'sale_type_id' },
    ClassCategory1: { kind: 'one', entity: 'ClassCategory', column: 'class_category_id1' },
    ClassCategory2: { kind: 'one', entity: 'ClassCategory', column: 'class_category_id2' },
    DeliveryDuration: { kind: 'one', entity: 'DeliveryDuration', column: 'delivery_duration_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
  derived: { price01_inc_tax: ['id', 'price01'], price02_inc_tax: ['id', 'price02'], tax_rate: ['id'] },
  indexes: [
    { name: 'dtb_product_class_price02_idx', columns: ['price02'] },
    { name: 'dtb_product_class_stock_stock_unlimited_idx', columns: ['stock', 'stock_unlimited'] },
  ],
};

export const productStock: Entity = {
  name: 'ProductStock',
  table: 'dtb_product_stock',
  discriminator: 'productstock',
  columns: {
    id: { type: 'id', key: true },
    stock: { type: 'decimal', digits: [10, 0], nullable: true },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    ProductClass: { kind: 'one', entity: 'ProductClass', column: 'product_class_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
  },
};
