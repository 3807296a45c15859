/**
 * Which tables of the shop tell about which thing, as data (docs/eccube/webhooks.md, What tells of what). A root row tells its own
 * `created`, `updated`, `deleted`; whatever happens to a child row is `updated` of the thing it belongs to.
 * To watch one more table: one line here; triggers, installation and status follow.
 */

import type { ChangePart } from './change-parts.ts';

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
  /** What of the thing the table holds; undefined = `other`. */
  readonly part?: ChangePart;
  /** Columns that are another part. A change of one of them alone does not tell `part`. */
  readonly parts?: readonly ColumnsOfPart[];
  /** Columns of EC-CUBE's that are `part` itself, for a change of both. */
  readonly ownColumns?: readonly string[];
};

export type ColumnsOfPart = { readonly part: ChangePart; readonly columns: readonly string[] };

type Told = Pick<FeedSource, 'part' | 'parts' | 'ownColumns'>;

const root = (table: string, entity: string, told: Told): FeedSource => ({
  table,
  entity,
  column: 'id',
  root: true,
  ...told,
});
const child = (table: string, entity: string, part: ChangePart, told: Told = {}): FeedSource => ({
  table,
  entity,
  column: `${entity}_id`,
  part,
  ...told,
});

/** Who someone is and where; of a customer and of an order. */
const ADDRESS: ColumnsOfPart = {
  part: 'address',
  columns: words(`name01 name02 kana01 kana02 company_name email phone_number postal_code pref_id country_id
    addr01 addr02`),
};

export const FEED_SOURCES: readonly FeedSource[] = [
  root('dtb_product', 'product', {
    part: 'product',
    ownColumns: words('name note description_list description_detail search_word free_area creator_id'),
    parts: [{ part: 'status', columns: ['product_status_id'] }],
  }),
  root('dtb_order', 'order', {
    part: 'order',
    ownColumns: words('message note order_no order_date customer_id complete_message complete_mail_message'),
    parts: [
      { part: 'status', columns: ['order_status_id'] },
      ADDRESS,
      { part: 'payment', columns: ['payment_id', 'payment_method', 'payment_date'] },
      {
        part: 'totals',
        columns: words(
          'subtotal discount delivery_fee_total charge tax total payment_total add_point use_point',
        ),
      },
    ],
  }),
  root('dtb_customer', 'customer', {
    part: 'customer',
    ownColumns: words('sex_id job_id birth note'),
    parts: [
      { part: 'status', columns: ['customer_status_id'] },
      ADDRESS,
      { part: 'points', columns: ['point'] },
      { part: 'purchases', columns: words('first_buy_date last_buy_date buy_times buy_total') },
      { part: 'login', columns: words('password salt secret_key reset_key reset_expire') },
    ],
  }),
  child('dtb_product_class', 'product', 'class', {
    ownColumns: words(`product_id product_code class_category_id1 class_category_id2 sale_type_id
      delivery_duration_id sale_limit delivery_fee visible point_rate`),
    parts: [
      { part: 'stock', columns: ['stock', 'stock_unlimited'] },
      { part: 'price', columns: ['price01', 'price02', 'currency_code'] },
    ],
  }),
  child('dtb_product_category', 'product', 'category'),
  child('dtb_product_tag', 'product', 'tags'),
  child('dtb_product_image', 'product', 'images'),
  {
    table: 'dtb_product_stock',
    entity: 'product',
    column: 'product_class_id',
    through: { table: 'dtb_product_class', key: 'id', column: 'product_id' },
    part: 'stock',
  },
  // The shop-wide rule has no product, so it tells nothing.
  child('dtb_tax_rule', 'product', 'price'),
  child('dtb_order_item', 'order', 'items'),
  child('dtb_shipping', 'order', 'shipping'),
  child('dtb_mail_history', 'order', 'mail'),
  child('dtb_customer_address', 'customer', 'address'),
  child('dtb_customer_favorite_product', 'customer', 'favorites'),
];

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}
