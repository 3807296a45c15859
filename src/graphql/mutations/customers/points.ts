/** Points given or taken by hand, with the reason kept in Tegata's own history: EC-CUBE's form only stores the sum. */
import { lockRows, updateRows } from '../../../shop/rows/write.ts';
import { keepPointChange } from '../../../shop/store/point-changes.ts';
import type { Mutation } from '../../mutation.ts';
import { invalid, rowId, tooLong, withoutNul } from '../arguments.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';

const MOST_POINTS = 2_147_483_647;
const MOST_CHARACTERS = 255;

export const customerPointChange: Mutation = {
  name: 'customerPointChange',
  scopes: ['read', 'write'],
  description: {
    ja: '会員のポイントを増減します。理由は履歴に残ります。0 を下回る変更はできません。',
    en: 'Gives points to a customer, or takes some away, with a reason that is kept. They never fall below 0 by it.',
  },
  example: `mutation {
  customerPointChange(id: 1, delta: 100, reason: "キャンペーン") {
    point
  }
}`,
  args: {
    id: {
      type: 'ID!',
      description: { ja: '会員ID', en: 'ID of the customer' },
      crosses: ['Customer'],
    },
    delta: {
      type: 'Int!',
      description: { ja: '増減するポイント（減らすときは負の数）', en: 'Points to give; negative to take' },
      crosses: [],
    },
    reason: {
      type: 'String!',
      description: { ja: '理由（255文字まで）', en: 'Reason (at most 255 characters)' },
      crosses: [],
    },
    reference: {
      type: 'String',
      description: {
        ja: '連携元の番号など（255文字まで）',
        en: 'A reference of your own (at most 255 characters)',
      },
      crosses: [],
    },
    ...preconditions('Customer'),
  },
  type: 'Customer',
  run: async (context, args) => {
    const { delta } = args as { delta: number };
    const [reason, reference] = [bounded('reason', args.reason), bounded('reference', args.reference)];
    if (reason === null) throw invalid('reason', 'This value should not be blank.');
    const id = rowId(args.id as string);
    const [row] = await lockRows(context, 'Customer', ['point'], { id });
    if (!row) throw invalid('id', 'No Customer found', 'NOT_FOUND');
    await judgeUnchanged(context, 'Customer', id, args as Precondition);
    const before = Number(row.point);
    const after = before + delta;
    if (after > MOST_POINTS || (after < 0 && delta < 0)) {
      throw invalid('delta', `The customer has ${before} points`);
    }
    if (delta === 0) return id;
    await updateRows(context, 'Customer', { id }, { point: after });
    const { clientId } = context.principal;
    const { memberId, now } = context;
    await keepPointChange(context.db, {
      customerId: id,
      before,
      after,
      reason,
      reference,
      clientId,
      memberId,
      at: now,
    });
    return id;
  },
};

function bounded(argument: string, given: unknown): string | null {
  const text = withoutNul(String(given ?? '')).trim();
  const fault = tooLong(text, MOST_CHARACTERS);
  if (fault) throw invalid(argument, fault);
  return text === '' ? null : text;
}
