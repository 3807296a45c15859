/** お届け時間: the time slots of a way to deliver. Orders keep the text of theirs, so that one can go. */
import { maxLength, notBlank } from '../../../shop/forms/rules.ts';
import { differing } from '../../../shop/rows/differing.ts';
import { addRow, deleteRows, lockRows, nextSortNo, updateRows } from '../../../shop/rows/write.ts';
import type { Argument, Mutation } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { DELETED_ID } from '../catalogue/deletion.ts';
import { idArgument, readNames } from '../catalogue/name-form.ts';
import { reorder } from '../catalogue/sorted.ts';
import type { FormRules } from '../form-faults.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';

const SCOPES = ['read', 'write'];
const RULES: FormRules = { delivery_time: [notBlank, maxLength(255)] };
const ID = idArgument('DeliveryTime', 'お届け時間ID', 'ID of the time slot');
const DELIVERY = idArgument('Delivery', '配送方法ID', 'ID of the way to deliver');

const text = (type: string): Argument => ({
  type,
  description: { ja: 'お届け時間（「午前中」など）', en: 'The time slot in words' },
  crosses: [],
});

const VISIBLE: Argument = {
  type: 'Boolean',
  description: { ja: '表示する（true）、しない（false）', en: 'Shown (true) or hidden (false)' },
  crosses: [],
};

const deliveryTimeCreate: Mutation = {
  name: 'deliveryTimeCreate',
  scopes: SCOPES,
  description: {
    ja: 'お届け時間を追加します。配送方法の最後に並びます。',
    en: 'Adds a time slot, last among those of its way to deliver.',
  },
  example: `mutation {
  deliveryTimeCreate(delivery_id: 1, delivery_time: "19時〜21時") {
    delivery_time
    visible
  }
}`,
  args: { delivery_id: DELIVERY, delivery_time: text('String!'), visible: VISIBLE },
  type: 'DeliveryTime',
  run: async (context, args) => {
    const names = readNames(context, RULES, args, true);
    const Delivery = rowId(args.delivery_id as string);
    const [row] = await lockRows(context, 'Delivery', ['id'], { id: Delivery });
    if (!row) throw invalid('delivery_id', 'No Delivery found', 'NOT_FOUND');
    const sort_no = await nextSortNo(context, 'DeliveryTime', { Delivery });
    return addRow(context, 'DeliveryTime', { ...names, visible: args.visible !== false, Delivery, sort_no });
  },
};

const deliveryTimeUpdate: Mutation = {
  name: 'deliveryTimeUpdate',
  scopes: SCOPES,
  description: {
    ja: 'お届け時間の表記と、表示・非表示を変更します。',
    en: 'Renames a time slot, or shows or hides it.',
  },
  example: `mutation {
  deliveryTimeUpdate(id: 1, visible: false) {
    delivery_time
    visible
  }
}`,
  args: { id: ID, delivery_time: text('String'), visible: VISIBLE, ...preconditions('DeliveryTime') },
  type: 'DeliveryTime',
  run: async (context, args) => {
    const names = readNames(context, RULES, args, false);
    const id = rowId(args.id as string);
    const [row] = await lockRows(context, 'DeliveryTime', ['delivery_time', 'visible'], { id });
    if (!row) throw invalid('id', 'No DeliveryTime found', 'NOT_FOUND');
    await judgeUnchanged(context, 'DeliveryTime', id, args as Precondition);
    const shown = typeof args.visible === 'boolean' ? { visible: args.visible } : {};
    await updateRows(
      context,
      'DeliveryTime',
      { id },
      differing(context, 'DeliveryTime', row, { ...names, ...shown }),
    );
    return id;
  },
};

const deliveryTimeDelete: Mutation = {
  name: 'deliveryTimeDelete',
  scopes: SCOPES,
  description: {
    ja: 'お届け時間を削除します。受注に登録済みのお届け時間の表記は残ります。',
    en: 'Deletes a time slot; orders keep the words of theirs.',
  },
  example: `mutation {
  deliveryTimeDelete(id: 2)
}`,
  args: { id: ID },
  type: DELETED_ID,
  run: async (context, args) => {
    const id = rowId(args.id as string);
    if ((await deleteRows(context, 'DeliveryTime', { id })) === 0) {
      throw invalid('id', 'No DeliveryTime found', 'NOT_FOUND');
    }
    return id;
  },
};

const deliveryTimeReorder: Mutation = {
  name: 'deliveryTimeReorder',
  scopes: SCOPES,
  description: {
    ja: '配送方法のお届け時間を並べ替えます。指定したものどうしが、指定した順に入れ替わります。',
    en: 'Puts time slots of one way to deliver in order: those that are named change places among themselves.',
  },
  example: `mutation {
  deliveryTimeReorder(delivery_id: 1, ids: [2, 1]) {
    delivery_time
  }
}`,
  args: {
    delivery_id: DELIVERY,
    ids: {
      type: '[ID!]!',
      description: { ja: '先頭から順に並べたID', en: 'The IDs, the first one first' },
      crosses: ['DeliveryTime'],
    },
  },
  type: '[DeliveryTime!]!',
  run: async (context, args) => {
    const ids = args.ids as string[];
    // The lowest number comes first here.
    await reorder(context, 'DeliveryTime', ids.toReversed(), { Delivery: rowId(args.delivery_id as string) });
    return ids.map(rowId);
  },
};

export const deliveryTimeMutations: readonly Mutation[] = [
  deliveryTimeCreate,
  deliveryTimeUpdate,
  deliveryTimeReorder,
  deliveryTimeDelete,
];
