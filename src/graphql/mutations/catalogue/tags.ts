/** Tags of products. EC-CUBE deletes one that products have without asking, and takes it off them. */
import { deleteRows } from '../../../shop/rows/write.ts';
import type { Mutation } from '../../mutation.ts';
import { DELETED_ID } from './deletion.ts';
import { idArgument, NAME_RULES, nameArgument, readNames } from './name-form.ts';
import { addFirst, changeSorted, lockSorted, removeSorted } from './sorted.ts';

const ID = idArgument('Tag', 'タグID', 'ID of the tag');
const SCOPES = ['read', 'write'];

const tagCreate: Mutation = {
  name: 'tagCreate',
  scopes: SCOPES,
  description: { ja: 'タグを登録します。一覧の先頭に並びます。', en: 'Adds a tag, first in the list.' },
  example: `mutation {
  tagCreate(name: "季節限定") {
    id
    name
    sort_no
  }
}`,
  args: { name: nameArgument('String!', 'タグ名', 'Name') },
  type: 'Tag',
  run: async (context, args) => addFirst(context, 'Tag', readNames(context, NAME_RULES, args, true)),
};

const tagUpdate: Mutation = {
  name: 'tagUpdate',
  scopes: SCOPES,
  description: { ja: 'タグ名を変更します。', en: 'Renames a tag.' },
  example: `mutation {
  tagUpdate(id: 1, name: "新着") {
    id
    name
  }
}`,
  args: { id: ID, name: nameArgument('String!', 'タグ名', 'Name') },
  type: 'Tag',
  run: async (context, args) => {
    const names = readNames(context, NAME_RULES, args, false);
    const tag = await lockSorted(context, 'Tag', args.id as string, ['name']);
    await changeSorted(context, 'Tag', tag, names);
    return tag.id;
  },
};

const tagDelete: Mutation = {
  name: 'tagDelete',
  scopes: SCOPES,
  description: {
    ja: 'タグを削除します。商品に付いているタグも外れます。',
    en: 'Deletes a tag, and takes it off the products that have it.',
  },
  example: `mutation {
  tagDelete(id: 2)
}`,
  args: { id: ID },
  type: DELETED_ID,
  run: async (context, args) => {
    const tag = await lockSorted(context, 'Tag', args.id as string, []);
    await deleteRows(context, 'ProductTag', { Tag: tag.id });
    await removeSorted(context, 'Tag', tag);
    return tag.id;
  },
};

export const tagMutations: readonly Mutation[] = [tagCreate, tagUpdate, tagDelete];
