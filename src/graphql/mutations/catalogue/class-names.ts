/** 規格: the axes along which products vary. */
import type { Mutation } from '../../mutation.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { DELETED_ID, refuseInUse } from './deletion.ts';
import { BACKEND_NAME, BACKEND_NAME_RULES, idArgument, nameArgument, readNames } from './name-form.ts';
import { addFirst, changeSorted, lockSorted, removeSorted } from './sorted.ts';

const ID = idArgument('ClassName', '規格ID', 'ID of the class name');
const SCOPES = ['read', 'write'];

const classNameCreate: Mutation = {
  name: 'classNameCreate',
  scopes: SCOPES,
  description: {
    ja: '規格を登録します。一覧の先頭に並びます。',
    en: 'Adds a class name, first in the list.',
  },
  example: `mutation {
  classNameCreate(name: "サイズ", backend_name: "服のサイズ") {
    id
    name
    backend_name
    sort_no
  }
}`,
  args: { name: nameArgument('String!', '規格名', 'Name'), backend_name: BACKEND_NAME },
  type: 'ClassName',
  run: async (context, args) =>
    addFirst(context, 'ClassName', readNames(context, BACKEND_NAME_RULES, args, true)),
};

const classNameUpdate: Mutation = {
  name: 'classNameUpdate',
  scopes: SCOPES,
  description: { ja: '規格名・管理名を変更します。', en: 'Renames a class name.' },
  example: `mutation {
  classNameUpdate(id: 1, backend_name: "器の色") {
    id
    name
    backend_name
  }
}`,
  args: {
    id: ID,
    name: nameArgument('String', '規格名', 'Name'),
    backend_name: BACKEND_NAME,
    ...preconditions('ClassName'),
  },
  type: 'ClassName',
  run: async (context, args) => {
    const names = readNames(context, BACKEND_NAME_RULES, args, false);
    const row = await lockSorted(context, 'ClassName', args.id as string, ['name', 'backend_name']);
    await judgeUnchanged(context, 'ClassName', row.id, args as Precondition);
    await changeSorted(context, 'ClassName', row, names);
    return row.id;
  },
};

const classNameDelete: Mutation = {
  name: 'classNameDelete',
  scopes: SCOPES,
  description: {
    ja: '規格を削除します。規格分類がある規格は削除できません。',
    en: 'Deletes a class name; refused while it has class categories.',
  },
  example: `mutation {
  made: classNameCreate(name: "素材") {
    id
  }
  classNameDelete(id: 3)
}`,
  args: { id: ID },
  type: DELETED_ID,
  run: async (context, args) => {
    const row = await lockSorted(context, 'ClassName', args.id as string, ['name']);
    await refuseInUse(context, String(row.name), 'ClassCategory', { ClassName: row.id });
    await removeSorted(context, 'ClassName', row);
    return row.id;
  },
};

export const classNameMutations: readonly Mutation[] = [classNameCreate, classNameUpdate, classNameDelete];
