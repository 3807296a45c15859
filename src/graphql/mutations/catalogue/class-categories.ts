/** 規格分類: the values of a class name. One in use by a product class can be hidden, not deleted. */
import { lockRows } from '../../../shop/rows/write.ts';
import type { Mutation } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { DELETED_ID, refuseInUse } from './deletion.ts';
import { BACKEND_NAME, BACKEND_NAME_RULES, idArgument, nameArgument, readNames } from './name-form.ts';
import { addFirst, changeSorted, lockSorted, removeSorted } from './sorted.ts';

const ID = idArgument('ClassCategory', '規格分類ID', 'ID of the class category');
const SCOPES = ['read', 'write'];

const classCategoryCreate: Mutation = {
  name: 'classCategoryCreate',
  scopes: SCOPES,
  description: {
    ja: '規格分類を登録します。その規格の先頭に並びます。',
    en: 'Adds a class category, first among those of its class name.',
  },
  example: `mutation {
  classCategoryCreate(class_name_id: 1, name: "白練") {
    id
    name
    sort_no
    visible
    ClassName {
      name
    }
  }
}`,
  args: {
    class_name_id: idArgument('ClassName', '規格ID', 'ID of its class name'),
    name: nameArgument('String!', '規格分類名', 'Name'),
    backend_name: BACKEND_NAME,
  },
  type: 'ClassCategory',
  run: async (context, args) => {
    const names = readNames(context, BACKEND_NAME_RULES, args, true);
    const ClassName = rowId(args.class_name_id as string);
    const [parent] = await lockRows(context, 'ClassName', ['id'], { id: ClassName });
    if (!parent) throw invalid('class_name_id', 'No ClassName found', 'NOT_FOUND');
    return addFirst(context, 'ClassCategory', { ...names, ClassName, visible: true }, { ClassName });
  },
};

const classCategoryUpdate: Mutation = {
  name: 'classCategoryUpdate',
  scopes: SCOPES,
  description: {
    ja: '規格分類の名前、管理名、表示・非表示を変更します。',
    en: 'Renames a class category, or shows or hides it.',
  },
  example: `mutation {
  classCategoryUpdate(id: 1, visible: false) {
    id
    name
    visible
  }
}`,
  args: {
    id: ID,
    name: nameArgument('String', '規格分類名', 'Name'),
    backend_name: BACKEND_NAME,
    visible: {
      type: 'Boolean',
      description: { ja: '表示する（true）、しない（false）', en: 'Shown (true) or hidden (false)' },
      crosses: [],
    },
    ...preconditions('ClassCategory'),
  },
  type: 'ClassCategory',
  run: async (context, args) => {
    const names = readNames(context, BACKEND_NAME_RULES, args, false);
    const fields = ['name', 'backend_name', 'visible'];
    const row = await lockSorted(context, 'ClassCategory', args.id as string, fields);
    await judgeUnchanged(context, 'ClassCategory', row.id, args as Precondition);
    const shown = typeof args.visible === 'boolean' ? { visible: args.visible } : {};
    await changeSorted(context, 'ClassCategory', row, { ...names, ...shown });
    return row.id;
  },
};

const classCategoryDelete: Mutation = {
  name: 'classCategoryDelete',
  scopes: SCOPES,
  description: {
    ja: '規格分類を削除します。商品規格で使われている規格分類は削除できません（非表示にはできます）。',
    en: 'Deletes a class category; refused while a product class uses it, which leaves hiding it.',
  },
  example: `mutation {
  made: classCategoryCreate(class_name_id: 1, name: "XL") {
    id
  }
  classCategoryDelete(id: 8)
}`,
  args: { id: ID },
  type: DELETED_ID,
  run: async (context, args) => {
    const row = await lockSorted(context, 'ClassCategory', args.id as string, ['name', 'ClassName']);
    for (const axis of ['ClassCategory1', 'ClassCategory2']) {
      await refuseInUse(context, String(row.name), 'ProductClass', { [axis]: row.id });
    }
    await removeSorted(context, 'ClassCategory', row, { ClassName: row.ClassName as number });
    return row.id;
  },
};

export const classCategoryMutations: readonly Mutation[] = [
  classCategoryCreate,
  classCategoryUpdate,
  classCategoryDelete,
];
