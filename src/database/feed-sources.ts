/**
 * Which tables of the shop tell about which thing, as data (docs/eccube/webhooks.md, What tells of what). A root row tells its own
 * `created`, `updated`, `deleted`; whatever happens to a child row is `updated` of the thing it belongs to.
 * To watch one more table: one line here; triggers, installation and status follow.
 */

export type FeedAction = 'created' | 'deleted' | 'updated';

export type FeedSource = {
  readonly table: string;
  /** The name on the wire: `product`, `order`, `customer`, or what an extension calls a thing of its own. */
  readonly entity: string;
  /** The column that leads to the thing: its own key in a root, a foreign key in a child. */
  readonly column: string;
  readonly root?: boolean;
  /** The foreign key leads to another child first, whose `column` leads on. */
  readonly through?: { readonly table: string; readonly key: string; readonly column: string };
};

const root = (table: string, entity: string): FeedSource => ({ table, entity, column: 'id', root: true });
const child = (table: string, entity: string): FeedSource => ({ table, entity, column: `${entity}_id` });

export const FEED_SOURCES: readonly FeedSource[] = [
  root('dtb_product', 'product'),
  root('dtb_order', 'order'),
  root('dtb_customer', 'customer'),
  child('dtb_product_class', 'product'),
  child('dtb_product_category', 'product'),
  child('dtb_product_tag', 'product'),
  child('dtb_product_image', 'product'),
  {
    table: 'dtb_product_stock',
    entity: 'product',
    column: 'product_class_id',
    through: { table: 'dtb_product_class', key: 'id', column: 'product_id' },
  },
  // The shop-wide rule has no product, so it tells nothing.
  child('dtb_tax_rule', 'product'),
  child('dtb_order_item', 'order'),
  child('dtb_shipping', 'order'),
  child('dtb_mail_history', 'order'),
  child('dtb_customer_address', 'customer'),
  child('dtb_customer_favorite_product', 'customer'),
];
