/** The address book of a customer: other places that parcels go to. */
import { addRow, deleteRows, lockRows, readRows, updateRows } from '../../../shop/rows/write.ts';
import type { Argument, Mutation, MutationContext, OwnType } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { DELETED_ID } from '../catalogue/deletion.ts';
import { throwFaults } from '../form-faults.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { differingFrom } from './differing-from.ts';
import {
  CUSTOMER_PERSON,
  type Given,
  joinForms,
  PERSON_FIELDS,
  PREFECTURE,
  type ReadForm,
  readChosen,
  readTexts,
} from './person-form.ts';

const MOST_ADDRESSES = 20; // eccube_deliv_addr_max
const SCOPES = ['read', 'write'];

const ADDRESS: OwnType = {
  kind: 'input',
  name: 'CustomerAddressInput',
  description: { ja: 'お届け先1件分', en: 'An address' },
  fields: PERSON_FIELDS,
};

const INPUT: Argument = {
  type: 'CustomerAddressInput!',
  description: { ja: 'お届け先', en: 'The address' },
  crosses: ['CustomerAddress'],
};

const ID: Argument = {
  type: 'ID!',
  description: { ja: 'お届け先ID', en: 'ID of the address' },
  crosses: ['CustomerAddress'],
};

const readAddress = async (context: MutationContext, given: Given, isNew: boolean): Promise<ReadForm> =>
  joinForms(
    readTexts(context, CUSTOMER_PERSON, given, isNew, 'input'),
    await readChosen(context, PREFECTURE, given, isNew, 'input'),
  );

const customerAddressCreate: Mutation = {
  name: 'customerAddressCreate',
  scopes: SCOPES,
  description: {
    ja: `会員のお届け先を追加します（${MOST_ADDRESSES}件まで）。`,
    en: `Adds an address to a customer’s address book (at most ${MOST_ADDRESSES}).`,
  },
  example: `mutation {
  customerAddressCreate(
    customer_id: 1
    input: {
      name01: "実家"
      name02: "太郎"
      kana01: "ジッカ"
      kana02: "タロウ"
      postal_code: "0600001"
      pref_id: 1
      addr01: "札幌市中央区"
      addr02: "北1条"
      phone_number: "0112345678"
    }
  ) {
    id
    addr01
  }
}`,
  types: [ADDRESS],
  args: {
    customer_id: {
      type: 'ID!',
      description: { ja: '会員ID', en: 'ID of the customer' },
      crosses: ['Customer'],
    },
    input: INPUT,
  },
  type: 'CustomerAddress',
  run: async (context, args) => {
    const { values, faults } = await readAddress(context, args.input as Given, true);
    throwFaults(faults);
    const Customer = rowId(args.customer_id as string);
    const [row] = await lockRows(context, 'Customer', ['id'], { id: Customer });
    if (!row) throw invalid('customer_id', 'No Customer found', 'NOT_FOUND');
    const present = await readRows(context, 'CustomerAddress', ['id'], { Customer });
    if (present.length >= MOST_ADDRESSES) {
      throw invalid('customer_id', `A customer has at most ${MOST_ADDRESSES} addresses`, 'LIMIT');
    }
    return addRow(context, 'CustomerAddress', { ...values, Customer });
  },
};

const customerAddressUpdate: Mutation = {
  name: 'customerAddressUpdate',
  scopes: SCOPES,
  description: {
    ja: '会員のお届け先を更新します。指定した項目だけが変わります。',
    en: 'Changes an address; only what is given changes.',
  },
  example: `mutation {
  customerAddressUpdate(id: 1, input: { addr02: "北2条" }) {
    addr02
  }
}`,
  types: [ADDRESS],
  args: { id: ID, input: INPUT, ...preconditions('CustomerAddress') },
  type: 'CustomerAddress',
  run: async (context, args) => {
    const { values, faults } = await readAddress(context, args.input as Given, false);
    throwFaults(faults);
    const id = rowId(args.id as string);
    const [row] = await lockRows(context, 'CustomerAddress', ['id', ...Object.keys(values)], { id });
    if (!row) throw invalid('id', 'No CustomerAddress found', 'NOT_FOUND');
    await judgeUnchanged(context, 'CustomerAddress', id, args as Precondition);
    await updateRows(
      context,
      'CustomerAddress',
      { id },
      differingFrom(context, 'CustomerAddress', row, values),
    );
    return id;
  },
};

const customerAddressDelete: Mutation = {
  name: 'customerAddressDelete',
  scopes: SCOPES,
  description: { ja: '会員のお届け先を削除します。', en: 'Deletes an address.' },
  example: `mutation {
  customerAddressDelete(id: 2)
}`,
  args: { id: ID },
  type: DELETED_ID,
  run: async (context, args) => {
    const id = rowId(args.id as string);
    if ((await deleteRows(context, 'CustomerAddress', { id })) === 0) {
      throw invalid('id', 'No CustomerAddress found', 'NOT_FOUND');
    }
    return id;
  },
};

export const addressMutations: readonly Mutation[] = [
  customerAddressCreate,
  customerAddressUpdate,
  customerAddressDelete,
];
