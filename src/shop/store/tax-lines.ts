/** What the lines of orders say for their taxes: always all of them, whatever a search shows. */
import { sql } from 'kysely';
import type { ShopStore } from '../rows/select.ts';
import { type Key, Statements } from '../rows/statement.ts';
import type { TaxLine } from '../tax.ts';

/** Order → its lines, in the order of their ids. */
export async function taxLines(store: ShopStore, orderIds: readonly Key[]): Promise<Map<Key, TaxLine[]>> {
  const build = (places: readonly unknown[]) => sql`
    select order_id, price, tax, quantity, tax_rate, tax_type_id, tax_display_type_id, rounding_type_id,
      order_item_type_id
    from dtb_order_item where order_id in (${sql.join(places)}) order by order_id, id`;
  const rows = await new Statements(store).runByKeys('tax lines', build, [], orderIds);
  return Map.groupBy(rows as (TaxLine & { order_id: Key })[], ({ order_id }) => order_id);
}
