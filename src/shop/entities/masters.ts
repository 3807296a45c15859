/**
 * EC-CUBE's `mtb_*` tables: short fixed lists (都道府県, 対応状況 …), all of one shape, ids assigned by hand.
 * Their initial rows are in `../master/`.
 */
import type { Column, Entity } from '../entity.ts';

const MASTER_COLUMNS = {
  id: { type: 'smallint', key: true, unsigned: true },
  name: { type: 'string' },
  sort_no: { type: 'smallint', unsigned: true },
} as const satisfies Record<string, Column>;

const master = (name: string, table: string, more: Partial<Entity> = {}): Entity => ({
  name,
  table,
  discriminator: name.toLowerCase(),
  columns: MASTER_COLUMNS,
  relations: {},
  ...more,
});

const orderStatus = master('OrderStatus', 'mtb_order_status', {
  columns: { display_order_count: { type: 'boolean', default: false }, ...MASTER_COLUMNS },
});

/** Every master table, `OrderStatus` among them. */
export const masters: readonly Entity[] = [
  master('Authority', 'mtb_authority'),
  master('Country', 'mtb_country'),
  master('CustomerOrderStatus', 'mtb_customer_order_status'),
  master('CustomerStatus', 'mtb_customer_status'),
  master('DeviceType', 'mtb_device_type'),
  master('Job', 'mtb_job'),
  master('OrderItemType', 'mtb_order_item_type'),
  orderStatus,
  master('OrderStatusColor', 'mtb_order_status_color'),
  master('Pref', 'mtb_pref'),
  master('ProductStatus', 'mtb_product_status'),
  master('RoundingType', 'mtb_rounding_type'),
  master('SaleType', 'mtb_sale_type'),
  master('Sex', 'mtb_sex'),
  master('TaxDisplayType', 'mtb_tax_display_type'),
  master('TaxType', 'mtb_tax_type'),
  master('Work', 'mtb_work'),
  master('CsvType', 'mtb_csv_type', { internal: true }),
  master('LoginHistoryStatus', 'mtb_login_history_status', { internal: true, optional: true }),
  master('PageMax', 'mtb_page_max', { internal: true }),
  master('ProductListMax', 'mtb_product_list_max', { internal: true }),
  master('ProductListOrderBy', 'mtb_product_list_order_by', { internal: true }),
];
