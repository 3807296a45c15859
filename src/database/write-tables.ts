/** The tables behind what the API writes into the shop, in the manner of `tables.ts`. */
import type { Generated } from 'kysely';

export type WriteTables = {
  /** What Tegata has done to a product class's stock; null = without limit, or none stored. */
  tegata_stock_change: {
    change_id: Generated<number>;
    product_class_id: number;
    stock_before: number | null;
    stock_after: number | null;
    /** `stock_after` less `stock_before`; null where one of them is. */
    delta: number | null;
    reason: string | null;
    reference: string | null;
    client_id: string;
    /** null when the client acted as itself. */
    member_id: number | null;
    changed_at: number;
  };
  /** Shipping mails that are promised and not sent yet, without their texts: those are made of the shop's rows. */
  tegata_mail_outbox: {
    /** Also the mail's Message-ID, so that a receiver knows a second copy. */
    mail_id: string;
    order_id: number;
    shipping_id: number;
    member_id: number | null;
    attempts: number;
    created_at: number;
    /** Until then an attempt is under way, or the next one waits. */
    next_attempt_at: number;
    given_up_at: number | null;
    last_error: string | null;
  };
};
