/** Marks a parcel as shipped, as the plugin's mutation of this name does. */
import type { Mutation } from '../../mutation.ts';
import { mailFailed, SHIPPED_ARGUMENTS, type ShippedArgs, type ShippedDeps, ship } from './ship.ts';

export const updateShipped = (needs: ShippedDeps): Mutation => ({
  name: 'updateShipped',
  scopes: ['read', 'write'],
  description: {
    ja: '出荷情報を出荷済みに更新します。受注のすべての出荷が済むと、受注は発送済みになり、会員に加算ポイントが付与されます。メールを送信できなかった場合はエラー MAIL_FAILED を返します。extensions.saved が true のときは出荷済みの更新は保存されており、メールは自動で再送されます。',
    en: 'Marks a shipping as shipped. When all shippings of its order are, the order becomes 発送済み and the customer gets the points. A mail that could not be sent is told as the error MAIL_FAILED; with extensions.saved true the parcel is shipped all the same, and the mail is tried again.',
  },
  example: `mutation {
  updateShipped(
    id: 11
    shipping_date: "2026-11-01T10:20:30+09:00"
    shipping_delivery_name: "手形便"
    tracking_number: "0000-0011-0000"
    note: "置き配"
  ) {
    id
    shipping_date
    tracking_number
    Order {
      OrderStatus {
        name
      }
    }
  }
}`,
  args: SHIPPED_ARGUMENTS,
  type: 'Shipping',
  run: async (context, given) => {
    const { shippingId, mail } = await ship(needs, context, given as ShippedArgs);
    if (mail) {
      context.afterCommit(async () => {
        if (!(await needs.mails.attempt(mail, context.requestId))) throw mailFailed(true);
      });
    }
    return shippingId;
  },
});
