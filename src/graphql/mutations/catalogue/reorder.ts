/** One mutation for each kind of rows that staff put in an order. */
import type { Mutation } from '../../mutation.ts';
import { rowId } from '../arguments.ts';
import { reorder } from './sorted.ts';

type Orderly = {
  readonly name: string;
  readonly entity: 'ClassCategory' | 'ClassName' | 'Tag';
  readonly ja: string;
  readonly en: string;
  /** The relation and the argument by which only rows of one other row are put in order. */
  readonly within?: { readonly relation: string; readonly argument: string; readonly example: string };
  readonly example: string;
};

const ORDERLY: readonly Orderly[] = [
  { name: 'tagReorder', entity: 'Tag', ja: 'タグ', en: 'tags', example: '[3, 1]' },
  { name: 'classNameReorder', entity: 'ClassName', ja: '規格', en: 'class names', example: '[2, 1]' },
  {
    name: 'classCategoryReorder',
    entity: 'ClassCategory',
    ja: '規格分類',
    en: 'class categories of one class name',
    within: { relation: 'ClassName', argument: 'class_name_id', example: '1' },
    example: '[2, 1]',
  },
];

export const reorderMutations: readonly Mutation[] = ORDERLY.map(reorderMutation);

function reorderMutation({ name, entity, ja, en, within, example }: Orderly): Mutation {
  const chosen = within ? `${within.argument}: ${within.example}, ` : '';
  return {
    name,
    scopes: ['read', 'write'],
    description: {
      ja: `${ja}を並べ替えます。指定したものどうしが、指定した順に入れ替わります。ほかの並びは変わりません。`,
      en: `Puts ${en} in order: those that are named change places among themselves, the others keep theirs.`,
    },
    example: `mutation {
  ${name}(${chosen}ids: ${example}) {
    id
    sort_no
  }
}`,
    args: {
      ...(within && {
        [within.argument]: {
          type: 'ID!',
          description: { ja: '規格ID', en: 'ID of the class name' },
          crosses: [within.relation],
        },
      }),
      ids: {
        type: '[ID!]!',
        description: { ja: '先頭から順に並べたID', en: 'The IDs, the first one first' },
        crosses: [entity],
      },
    },
    type: `[${entity}!]!`,
    run: async (context, args) => {
      const ids = args.ids as string[];
      const among = within ? { [within.relation]: rowId(args[within.argument] as string) } : {};
      await reorder(context, entity, ids, among);
      return ids.map(rowId);
    },
  };
}
