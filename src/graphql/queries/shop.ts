/** `shop`: the shop's own settings (店舗設定), of which EC-CUBE has one row. */
import { listedIds } from '../../shop/store/listed-rows.ts';
import type { Query } from '../extension-parts.ts';

export const shopQuery: Query = {
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
  run: async (context) => {
    const order = [{ field: 'id', direction: 'asc' as const }];
    const [id] = await listedIds(context, { entity: 'BaseInfo', order, page: { limit: 1, offset: 0 } });
    return id ?? null;
  },
};
