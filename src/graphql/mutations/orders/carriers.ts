/** The carrier of a parcel and its time slot, with the names that a parcel keeps of them. Hidden ones may be chosen, as on EC-CUBE's order page. */
import { type FieldValue, readRows } from '../../../shop/rows/write.ts';
import type { MutationContext } from '../../mutation.ts';

/** Fields of `Shipping`; undefined when there is no such carrier. */
export async function carrierOf(context: MutationContext, id: number) {
  const [row] = await readRows(context, 'Delivery', ['id', 'name'], { id });
  return row && { Delivery: Number(row.id), shipping_delivery_name: row.name };
}

/** Fields of `Shipping`; undefined when the carrier has no such time slot. */
export async function slotOf(context: MutationContext, id: number, carrierId: FieldValue) {
  const [row] = await readRows(context, 'DeliveryTime', ['delivery_time', 'Delivery'], { id });
  if (!row || carrierId === null || Number(row.Delivery) !== Number(carrierId)) return undefined;
  return { time_id: id, shipping_delivery_time: row.delivery_time };
}

export const NO_SLOT = { time_id: null, shipping_delivery_time: null };
