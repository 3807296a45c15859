/** The shop's settings as whole lists, in the order in which EC-CUBE shows them to staff. */
import type { SortKey } from '../../shop/search/search.ts';
import { type Listing, listedIds } from '../../shop/store/listed-rows.ts';
import type { Text } from '../../shop/text.ts';
import type { Query, QueryContext } from '../extension-parts.ts';
import type { Argument } from '../mutation.ts';

type SettingList = {
  readonly name: string;
  readonly entity: string;
  readonly description: Text;
  readonly order: readonly SortKey[];
  readonly args?: Query['args'];
  where?(args: Readonly<Record<string, unknown>>): Listing['where'];
  readonly example: string;
};

const settingList = ({ name, entity, description, order, args, where, example }: SettingList): Query => ({
  name,
  description,
  example,
  args: args ?? {},
  type: `[${entity}!]!`,
  run: (context: QueryContext, given) => {
    const chosen = where?.(given);
    return listedIds(context, { entity, order, ...(chosen && { where: chosen }) });
  },
});

const by = (field: string, direction: SortKey['direction']): SortKey[] => [
  { field, direction },
  { field: 'id', direction },
];

const HIGHEST_FIRST = by('sort_no', 'desc');

const visibleOf = (entity: string): Argument => ({
  type: 'Boolean',
  description: {
    ja: '表示（true）か非表示（false）だけに絞り込みます',
    en: 'Only those that are shown (true) or hidden (false)',
  },
  crosses: [entity],
});

const byVisible = ({ visible }: Readonly<Record<string, unknown>>): Listing['where'] =>
  typeof visible === 'boolean' ? { visible } : undefined;

export const SETTING_LISTS: readonly Query[] = [
  settingList({
    name: 'payments',
    entity: 'Payment',
    description: { ja: '支払方法の一覧', en: 'The ways to pay' },
    order: HIGHEST_FIRST,
    args: { visible: visibleOf('Payment') },
    where: byVisible,
    example: `query {
  payments(visible: true) {
    id
    method
    charge
    rule_min
    rule_max
    PaymentOptions {
      delivery_id
    }
  }
}`,
  }),
  settingList({
    name: 'deliveries',
    entity: 'Delivery',
    description: {
      ja: '配送方法の一覧。都道府県別の送料（DeliveryFees）とお届け時間（DeliveryTimes）を含みます',
      en: 'The ways to deliver, with the fee for each prefecture (DeliveryFees) and the time slots (DeliveryTimes)',
    },
    order: HIGHEST_FIRST,
    args: { visible: visibleOf('Delivery') },
    where: byVisible,
    example: `query {
  deliveries {
    id
    name
    service_name
    confirm_url
    DeliveryFees {
      fee
      Pref {
        id
        name
      }
    }
    DeliveryTimes {
      id
      delivery_time
      visible
    }
  }
}`,
  }),
  settingList({
    name: 'categories',
    entity: 'Category',
    description: {
      ja: 'カテゴリの一覧。管理画面の並び順（親のすぐ下に子）で返します。tree: true なら最上位だけを返し、下は Children で取得します',
      en: 'The categories in the order of the admin, each child behind its parent. With tree: true only the topmost; those below are their Children',
    },
    order: HIGHEST_FIRST,
    args: {
      tree: {
        type: 'Boolean',
        default: false,
        description: { ja: '最上位のカテゴリだけを返すか', en: 'Whether only the topmost are given' },
        crosses: ['Category'],
      },
    },
    where: ({ tree }) => (tree === true ? { Parent: null } : undefined),
    example: `query {
  categories(tree: true) {
    id
    name
    Children {
      id
      name
      Children {
        id
        name
      }
    }
  }
}`,
  }),
  settingList({
    name: 'tags',
    entity: 'Tag',
    description: { ja: 'タグの一覧', en: 'The tags of products' },
    order: HIGHEST_FIRST,
    example: `query {
  tags {
    id
    name
  }
}`,
  }),
  settingList({
    name: 'classNames',
    entity: 'ClassName',
    description: {
      ja: '規格の一覧。規格分類（ClassCategories）を含みます',
      en: 'The axes along which products vary, with their values (ClassCategories)',
    },
    order: HIGHEST_FIRST,
    example: `query {
  classNames {
    id
    name
    ClassCategories {
      id
      name
      visible
    }
  }
}`,
  }),
  settingList({
    name: 'orderStatuses',
    entity: 'OrderStatus',
    description: { ja: '対応状況の一覧', en: 'The statuses that an order can have' },
    order: by('sort_no', 'asc'),
    example: `query {
  orderStatuses {
    id
    name
  }
}`,
  }),
  settingList({
    name: 'taxRules',
    entity: 'TaxRule',
    description: {
      ja: 'ショップの税率設定の一覧。適用日時の新しい順。商品別の税率は ProductClass.TaxRule で取得します',
      en: 'The tax rules of the shop, the newest first. A product’s own is its ProductClass.TaxRule',
    },
    order: by('apply_date', 'desc'),
    where: () => ({ Product: null, ProductClass: null }),
    example: `query {
  taxRules {
    id
    tax_rate
    apply_date
    RoundingType {
      name
    }
  }
}`,
  }),
];
