/** Ways to pay and to deliver, shown to customers or hidden, as the switches of their lists do. */
import { lockRows, updateRows } from '../../../shop/rows/write.ts';
import type { Mutation } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { idArgument } from '../catalogue/name-form.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';

type Kind = {
  readonly name: string;
  readonly entity: 'Payment' | 'Delivery';
  readonly label: string;
  readonly ja: string;
  readonly en: string;
};

const KINDS: readonly Kind[] = [
  { name: 'paymentVisibility', entity: 'Payment', label: 'method', ja: '支払方法', en: 'way to pay' },
  { name: 'deliveryVisibility', entity: 'Delivery', label: 'name', ja: '配送方法', en: 'way to deliver' },
];

export const visibilityMutations: readonly Mutation[] = KINDS.map(visibilityMutation);

function visibilityMutation({ name, entity, label, ja, en }: Kind): Mutation {
  return {
    name,
    scopes: ['read', 'write'],
    description: {
      ja: `${ja}を表示または非表示にします。非表示の${ja}は、購入時に選べません。`,
      en: `Shows or hides a ${en}; a hidden one cannot be chosen at the checkout.`,
    },
    example: `mutation {
  ${name}(id: 1, visible: false) {
    ${label}
    visible
  }
}`,
    args: {
      id: idArgument(entity, `${ja}ID`, `ID of the ${en}`),
      visible: {
        type: 'Boolean!',
        description: { ja: '表示する（true）、しない（false）', en: 'Shown (true) or hidden (false)' },
        crosses: [],
      },
      ...preconditions(entity),
    },
    type: entity,
    run: async (context, args) => {
      const id = rowId(args.id as string);
      const [row] = await lockRows(context, entity, ['visible'], { id });
      if (!row) throw invalid('id', `No ${entity} found`, 'NOT_FOUND');
      await judgeUnchanged(context, entity, id, args as Precondition);
      const { visible } = args as { visible: boolean };
      if (Boolean(row.visible) !== visible) await updateRows(context, entity, { id }, { visible });
      return id;
    },
  };
}
