/** Changes what a product says about itself, whether it is shown, and where it is found. */

import { purifiedHtml } from '../../../shop/forms/purify.ts';
import { twig } from '../../../shop/forms/rules.ts';
import { type FieldValue, lockRows, updateRows } from '../../../shop/rows/write.ts';
import type { Text } from '../../../shop/text.ts';
import { type Fault, InvalidArgument } from '../../errors.ts';
import type { Argument, Mutation, MutationContext } from '../../mutation.ts';
import { invalid, rowId, tooLong, withoutNul } from '../arguments.ts';
import { formFaults } from '../form-faults.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { categoriesWithParents, existing, writeCategories, writeTags } from './product-links.ts';

/** Argument = field of the product → the most characters that EC-CUBE's form takes, and what it holds. */
const TEXTS: Readonly<Record<string, { most: number; html?: true; description: Text }>> = {
  name: { most: 255, description: { ja: '商品名', en: 'Name' } },
  description_list: {
    most: 3000,
    html: true,
    description: { ja: '商品説明（一覧）', en: 'Description in lists' },
  },
  description_detail: { most: 3000, html: true, description: { ja: '商品説明', en: 'Description' } },
  search_word: { most: 3000, description: { ja: '検索ワード', en: 'Search words' } },
  note: { most: 3000, description: { ja: 'ショップ用メモ欄', en: 'Note of the shop' } },
  free_area: { most: 99_999, html: true, description: { ja: 'フリーエリア', en: 'Free area' } },
};

const textArguments: Readonly<Record<string, Argument>> = Object.fromEntries(
  Object.entries(TEXTS).map(([name, { most, description }]) => [
    name,
    { type: 'String', description, longest: most },
  ]),
);

type ProductArgs = Readonly<Record<string, unknown>> &
  Precondition & {
    readonly id: string;
    readonly product_status_id?: string | null;
    readonly category_ids?: readonly string[] | null;
    readonly tag_ids?: readonly string[] | null;
  };

export const updateProduct: Mutation = {
  name: 'updateProduct',
  scopes: ['read', 'write'],
  description: {
    ja: '商品の情報を更新します。指定した項目だけが変わります。カテゴリは、EC-CUBE の商品登録画面と同じく、指定したカテゴリとそのすべての親カテゴリに登録します。',
    en: 'Changes a product; only what is given changes. As in EC-CUBE’s product form, the product is put into the chosen categories and into all of their parents.',
  },
  example: `mutation {
  updateProduct(
    id: 3
    name: "白磁の湯のみ（大）"
    product_status_id: 1
    description_list: "手になじむ薄づくりの湯のみ。"
    category_ids: [6]
    tag_ids: [1, 2]
  ) {
    name
    Status {
      name
    }
    ProductCategories {
      Category {
        name
      }
    }
    ProductTag {
      Tag {
        name
      }
    }
  }
}`,
  args: {
    id: { type: 'ID!', description: { ja: '商品ID', en: 'ID of the product' } },
    ...textArguments,
    product_status_id: {
      type: 'ID',
      description: {
        ja: '商品ステータス（1 公開、2 非公開、3 廃止）',
        en: 'Status (1 shown, 2 hidden, 3 abolished)',
      },
    },
    category_ids: {
      type: '[ID!]',
      description: {
        ja: 'カテゴリIDの一覧（登録済みのカテゴリを置き換えます。[] ですべて解除）',
        en: 'IDs of all its categories, replacing the present ones; [] removes all',
      },
    },
    tag_ids: {
      type: '[ID!]',
      description: {
        ja: 'タグIDの一覧（登録済みのタグを置き換えます。[] ですべて解除）',
        en: 'IDs of all its tags, replacing the present ones; [] removes all',
      },
    },
    ...preconditions('Product'),
  },
  type: 'Product',
  run: async (context, given) => {
    const args = purified(given as ProductArgs);
    judge(args, formFaults(context.locale, { free_area: [twig] }, given));
    const id = rowId(args.id);
    const fields = [...Object.keys(TEXTS), 'Status'];
    const [row] = await lockRows(context, 'Product', fields, { id });
    if (!row) throw invalid('id', 'No Product found', 'NOT_FOUND');
    await judgeUnchanged(context, 'Product', id, args);
    const linked = await writeLinks(context, id, args);
    const wanted: Record<string, FieldValue> = { ...textsOf(args), ...(await statusOf(context, args)) };
    const changed = Object.entries(wanted).filter(([field, value]) => row[field] !== value);
    // The product's own date tells that its categories or tags have changed.
    if (linked) changed.push(['update_date', context.now]);
    await updateRows(context, 'Product', { id }, Object.fromEntries(changed));
    return id;
  },
};

/** HTML is judged and stored as EC-CUBE's product form lets it through. */
function purified(args: ProductArgs): ProductArgs {
  const html = Object.entries(TEXTS).flatMap(([name, { html: isHtml }]): [string, string][] => {
    const text = args[name];
    return isHtml && typeof text === 'string' ? [[name, purifiedHtml(withoutNul(text))]] : [];
  });
  return { ...args, ...Object.fromEntries(html) };
}

/** Everything that can be judged without the database, all faults at once. */
function judge(args: ProductArgs, formFaultsOf: readonly Fault[]): void {
  const faults: Fault[] = [...formFaultsOf];
  const blank = args.name === null || (typeof args.name === 'string' && withoutNul(args.name).trim() === '');
  if (blank) faults.push({ argument: 'name', text: 'This value should not be blank.' });
  for (const [argument, { most }] of Object.entries(TEXTS)) {
    const text = tooLong(args[argument] as string | null | undefined, most);
    if (text) faults.push({ argument, text });
  }
  for (const argument of ['product_status_id', 'category_ids', 'tag_ids']) {
    if (args[argument] === null) faults.push({ argument, text: 'This value should not be null.' });
  }
  if (faults.length > 0) throw new InvalidArgument(faults);
}

function textsOf(args: ProductArgs): Record<string, string | null> {
  const given = Object.keys(TEXTS).filter((name) => name in args);
  return Object.fromEntries(
    given.map((name) => [name, typeof args[name] === 'string' ? withoutNul(args[name]) : null]),
  );
}

async function statusOf(
  context: MutationContext,
  { product_status_id: id }: ProductArgs,
): Promise<{ Status?: number }> {
  if (typeof id !== 'string') return {};
  const [Status] = await existing(context, 'ProductStatus', 'product_status_id', [id]);
  return Status === undefined ? {} : { Status };
}

/** Whether categories or tags have changed. */
async function writeLinks(context: MutationContext, id: number, args: ProductArgs): Promise<boolean> {
  const { category_ids: categories, tag_ids: tags } = args;
  const inCategories =
    categories && (await writeCategories(context, id, await categoriesWithParents(context, categories)));
  const tagged = tags && (await writeTags(context, id, await existing(context, 'Tag', 'tag_ids', tags)));
  return Boolean(inCategories || tagged);
}
