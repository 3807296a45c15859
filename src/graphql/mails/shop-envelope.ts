/** Who sends the shop's mails about orders, and where copies and answers go, from the shop's row. */
import type { MailMessage } from '../../outbound/message.ts';
import type { RowReading } from '../../shop/rows/write.ts';
import { readShopRow } from '../../shop/store/shop-row.ts';

export type Envelope = Pick<MailMessage, 'from' | 'bcc' | 'replyTo' | 'returnPath'> & {
  /** Begins every subject, in brackets. */
  readonly shopName: string;
};

export async function shopEnvelope(reading: RowReading): Promise<Envelope> {
  const fields = ['shop_name', 'email01', 'email03', 'email04'] as const;
  const shop = await readShopRow(reading, fields);
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const [sender, replyTo, returnPath] = [text(shop?.email01), text(shop?.email03), text(shop?.email04)];
  const shopName = text(shop?.shop_name) ?? '';
  return {
    shopName,
    from: { name: shopName, address: sender ?? '' },
    ...(sender && { bcc: sender }),
    ...(replyTo && { replyTo }),
    ...(returnPath && { returnPath }),
  };
}
