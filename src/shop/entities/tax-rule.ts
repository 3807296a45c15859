/** Tax rates from a date on, of the shop or of one product class. */
import type { Entity } from '../entity.ts';

export const taxRule: Entity = {
  name: 'TaxRule',
  table: 'dtb_tax_rule',
  discriminator: 'taxrule',
  versioned: true,
  columns: {
    id: { type: 'id', key: true },
    tax_rate: { type: 'decimal', digits: [10, 0], default: 0, unsigned: true },
    tax_adjust: { type: 'decimal', digits: [10, 0], default: 0, unsigned: true },
    apply_date: { type: 'datetimetz' },
    create_date: { type: 'datetimetz' },
    update_date: { type: 'datetimetz' },
  },
  relations: {
    ProductClass: { kind: 'one', entity: 'ProductClass', column: 'product_class_id' },
    Creator: { kind: 'one', entity: 'Member', column: 'creator_id' },
    Country: { kind: 'one', entity: 'Country', column: 'country_id' },
    Pref: { kind: 'one', entity: 'Pref', column: 'pref_id' },
    Product: { kind: 'one', entity: 'Product', column: 'product_id' },
    RoundingType: { kind: 'one', entity: 'RoundingType', column: 'rounding_type_id' },
  },
};
