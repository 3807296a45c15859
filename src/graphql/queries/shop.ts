/** `shop`: the shop's own settings (店舗設定), of which EC-CUBE has one row. */
import { sql } from 'kysely';
import type { Query } from '../extension-parts.ts';

export const shop: Query = {
  name: 'shop',
  description: {
    ja: '店舗の基本情報。適格請求書発行事業者の登録番号、ポイントと税率の設定を含みます',
    en: 'The shop itself: address, registration number for invoices, options of points and taxes',
  },
  example: `query {
  shop {
    shop_name
    company_name
    postal_code
    Pref {
      name
    }
    invoice_registration_number
    option_product_tax_rule
    option_point
    basic_point_rate
    point_conversion_rate
  }
}`,
  args: {},
  type: 'BaseInfo',
  run: async ({ db }) => {
    const { rows } = await sql<{ id: number }>`select id from dtb_base_info order by id limit 1`.execute(db);
    return rows[0]?.id ?? null;
  },
};
