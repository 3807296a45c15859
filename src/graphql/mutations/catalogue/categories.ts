/** Categories of products: a tree of five levels at most, each level in an order of its own. */
import { addRow, shiftSortNo } from '../../../shop/rows/write.ts';
import type { Argument, Mutation } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { DELETED_ID, refuseInUse } from './deletion.ts';
import { levelUnder, lockTree, moveCategory } from './move-category.ts';
import { idArgument, NAME_RULES, nameArgument, readNames } from './name-form.ts';
import { addFirst, changeSorted, lockSorted, removeSorted, reorder } from './sorted.ts';

const ID = idArgument('Category', 'カテゴリID', 'ID of the category');
const SCOPES = ['read', 'write'];

const PARENT: Argument = {
  type: 'ID',
  description: {
    ja: '親カテゴリのID。null は最上位',
    en: 'ID of the category above; null = the top level',
  },
  crosses: ['Category'],
};

const categoryCreate: Mutation = {
  name: 'categoryCreate',
  scopes: SCOPES,
  description: {
    ja: 'カテゴリを登録します。親の下（最上位なら全体）の先頭に並びます。5階層まで作れます。',
    en: 'Adds a category, first below its parent, or first of all at the top. There are five levels at most.',
  },
  example: `mutation {
  categoryCreate(name: "急須", parent_id: 1) {
    id
    name
    hierarchy
    sort_no
    Parent {
      name
    }
  }
}`,
  args: { name: nameArgument('String!', 'カテゴリ名', 'Name'), parent_id: PARENT },
  type: 'Category',
  run: async (context, args) => {
    const names = readNames(context, NAME_RULES, args, true);
    const tree = await lockTree(context);
    const parent = typeof args.parent_id === 'string' ? rowId(args.parent_id) : null;
    const hierarchy = levelUnder(context, tree, parent);
    if (parent === null) return addFirst(context, 'Category', { ...names, hierarchy, Parent: null });
    const sort_no = tree.get(parent)?.sortNo ?? 1;
    await shiftSortNo(context, 'Category', { from: sort_no }, 1);
    return addRow(context, 'Category', { ...names, hierarchy, Parent: parent, sort_no });
  },
};

const categoryUpdate: Mutation = {
  name: 'categoryUpdate',
  scopes: SCOPES,
  description: {
    ja: 'カテゴリの名前と親を変更します。親を変えると、下のカテゴリも一緒に移り、中の商品の親カテゴリも付け替えられます。',
    en: 'Renames a category, or moves it with all that is below it; its products come into the categories above it.',
  },
  example: `mutation {
  categoryUpdate(id: 2, name: "湯のみ・茶碗") {
    id
    name
    hierarchy
  }
}`,
  args: {
    id: ID,
    name: nameArgument('String', 'カテゴリ名', 'Name'),
    parent_id: PARENT,
    ...preconditions('Category'),
  },
  type: 'Category',
  run: async (context, args) => {
    const names = readNames(context, NAME_RULES, args, false);
    const tree = await lockTree(context);
    const row = await lockSorted(context, 'Category', args.id as string, ['name', 'Parent']);
    await judgeUnchanged(context, 'Category', row.id, args as Precondition);
    await changeSorted(context, 'Category', row, names);
    if (args.parent_id === undefined) return row.id;
    const parent = args.parent_id === null ? null : rowId(args.parent_id as string);
    if (tree.get(row.id)?.parent !== parent) await moveCategory(context, tree, row.id, parent);
    return row.id;
  },
};

const categoryDelete: Mutation = {
  name: 'categoryDelete',
  scopes: SCOPES,
  description: {
    ja: 'カテゴリを削除します。子カテゴリや商品があるカテゴリは削除できません。',
    en: 'Deletes a category; refused while it has categories below it or products.',
  },
  example: `mutation {
  made: categoryCreate(name: "試し") {
    id
  }
  categoryDelete(id: 12)
}`,
  args: { id: ID },
  type: DELETED_ID,
  run: async (context, args) => {
    const row = await lockSorted(context, 'Category', args.id as string, ['name']);
    await refuseInUse(context, String(row.name), 'Category', { Parent: row.id });
    await refuseInUse(context, String(row.name), 'ProductCategory', { category_id: row.id });
    await removeSorted(context, 'Category', row);
    return row.id;
  },
};

const categoryReorder: Mutation = {
  name: 'categoryReorder',
  scopes: SCOPES,
  description: {
    ja: '同じ親の下のカテゴリを並べ替えます。指定したものどうしが、指定した順に入れ替わります。',
    en: 'Puts categories of one level in order: those that are named change places among themselves.',
  },
  example: `mutation {
  categoryReorder(parent_id: 1, ids: [3, 2]) {
    id
    sort_no
  }
}`,
  args: {
    parent_id: PARENT,
    ids: {
      type: '[ID!]!',
      description: { ja: '先頭から順に並べたID', en: 'The IDs, the first one first' },
      crosses: ['Category'],
    },
  },
  type: '[Category!]!',
  run: async (context, args) => {
    const ids = args.ids as string[];
    const parent = typeof args.parent_id === 'string' ? rowId(args.parent_id) : null;
    if (parent === 0) throw invalid('parent_id', 'No Category found', 'NOT_FOUND');
    await reorder(context, 'Category', ids, { Parent: parent });
    return ids.map(rowId);
  },
};

export const categoryMutations: readonly Mutation[] = [
  categoryCreate,
  categoryUpdate,
  categoryDelete,
  categoryReorder,
];
