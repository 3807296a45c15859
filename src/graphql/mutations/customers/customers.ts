/** Customers made, changed and deleted as EC-CUBE's customer form does. No mail goes out, as there. */
import { randomToken } from '../../../base/bytes.ts';
import { formMessages } from '../../../shop/forms/messages.ts';
import {
  addRow,
  deleteRows,
  type FieldValues,
  lockRows,
  readRows,
  updateRows,
} from '../../../shop/rows/write.ts';
import { takeShopTurn } from '../../../shop/store/shop-row.ts';
import { hashPassword } from '../../../staff/rules/password.ts';
import type { Argument, Mutation, MutationContext, PreparationContext } from '../../mutation.ts';
import { invalid, rowId } from '../arguments.ts';
import { DELETED_ID, refuseInUse } from '../catalogue/deletion.ts';
import { faultAt, fieldPath, throwFaults } from '../form-faults.ts';
import { judgeUnchanged, type Precondition, preconditions } from '../precondition.ts';
import { CUSTOMER_VALUES, passwordFaults, readCustomer, WITHDRAWN } from './customer-form.ts';
import { differingFrom } from './differing-from.ts';
import type { Given } from './person-form.ts';

export type CustomerDeps = {
  /** bcrypt's, of new passwords. */
  readonly passwordCost: number;
};

const REGULAR = 2; // 本会員
const REGISTERED = [1, 2]; // 仮会員, 本会員: their addresses are taken
const UNKNOWN_COST = 4; // of a password of 256 random bits that is kept nowhere
const SECRET_KEY_BYTES = 24; // 32 characters
const WITHDRAWN_BYTES = 45; // 60 characters
const SCOPES = ['read', 'write'];

const ID: Argument = {
  type: 'ID!',
  description: { ja: '会員ID', en: 'ID of the customer' },
  crosses: ['Customer'],
};

const INPUT: Argument = {
  type: 'CustomerInput!',
  description: { ja: '会員', en: 'The customer' },
  crosses: ['Customer'],
};

/** The slow hash is made before the transaction, so that no row is locked meanwhile. */
const prepare =
  ({ passwordCost }: CustomerDeps) =>
  async (
    { locale }: PreparationContext,
    args: Readonly<Record<string, unknown>>,
  ): Promise<string | undefined> => {
    const given = args.input as Given;
    throwFaults(passwordFaults(locale, given, 'input'));
    return given.password === undefined ? undefined : hashPassword(String(given.password), passwordCost);
  };

const customerCreate = (deps: CustomerDeps): Mutation => ({
  name: 'customerCreate',
  scopes: SCOPES,
  description: {
    ja: '会員を登録します。EC-CUBE の会員登録画面と同じく、メールは送信されません。',
    en: 'Adds a customer. As in EC-CUBE’s admin, no mail goes out.',
  },
  example: `mutation {
  customerCreate(
    input: {
      name01: "手形"
      name02: "花子"
      kana01: "テガタ"
      kana02: "ハナコ"
      postal_code: "530-0001"
      pref_id: 27
      addr01: "大阪市北区"
      addr02: "梅田1-1-1"
      phone_number: "06-1234-5678"
      email: "hanako.tegata@example.com"
    }
  ) {
    id
    name01
    Status {
      name
    }
  }
}`,
  types: [CUSTOMER_VALUES],
  args: { input: INPUT },
  type: 'Customer',
  prepare: prepare(deps),
  run: async (context, args) => {
    const { values, faults } = await readCustomer(context, args.input as Given, true, 'input');
    throwFaults(faults);
    await refuseTaken(context, values, undefined);
    return addRow(context, 'Customer', {
      Status: REGULAR,
      point: 0,
      buy_times: 0,
      buy_total: 0,
      ...withdrawn(values),
      password: context.prepared ?? (await hashPassword(randomToken(), UNKNOWN_COST)),
      secret_key: randomToken(SECRET_KEY_BYTES),
    });
  },
});

const customerUpdate = (deps: CustomerDeps): Mutation => ({
  name: 'customerUpdate',
  scopes: SCOPES,
  description: {
    ja: '会員の情報を更新します。指定した項目だけが変わります。ポイントは customerPointChange で変更します。',
    en: 'Changes a customer; only what is given changes. Points are changed by customerPointChange.',
  },
  example: `mutation {
  customerUpdate(id: 1, input: { company_name: "手形工房", note: "卸の担当" }) {
    company_name
    note
    version
  }
}`,
  types: [CUSTOMER_VALUES],
  args: { id: ID, input: INPUT, ...preconditions('Customer') },
  type: 'Customer',
  prepare: prepare(deps),
  run: async (context, args) => {
    const { values, faults } = await readCustomer(context, args.input as Given, false, 'input');
    throwFaults(faults);
    const id = rowId(args.id as string);
    const [row] = await lockRows(context, 'Customer', ['id', 'Status', 'email', ...Object.keys(values)], {
      id,
    });
    if (!row) throw invalid('id', 'No Customer found', 'NOT_FOUND');
    await judgeUnchanged(context, 'Customer', id, args as Precondition);
    const leaves = values.Status === WITHDRAWN && Number(row.Status) !== WITHDRAWN;
    const wanted = leaves ? withdrawn(values) : values;
    const { Status = null, email = null } = row;
    await refuseTaken(context, { Status, email, ...wanted }, id);
    const password = context.prepared === undefined ? {} : { password: context.prepared };
    await updateRows(
      context,
      'Customer',
      { id },
      { ...differingFrom(context, 'Customer', row, wanted), ...password },
    );
    return id;
  },
});

/** EC-CUBE erases the address, and nothing else. */
const withdrawn = (values: FieldValues): FieldValues =>
  values.Status === WITHDRAWN ? { ...values, email: `${randomToken(WITHDRAWN_BYTES)}@dummy.dummy` } : values;

/** An address belongs to one customer who has not withdrawn. The shop's row is the turn of those who ask at once. */
async function refuseTaken(
  context: MutationContext,
  values: FieldValues,
  own: number | undefined,
): Promise<void> {
  const { email, Status = REGULAR } = values;
  if (typeof email !== 'string' || Status === WITHDRAWN) return;
  await takeShopTurn(context);
  const rows = await readRows(context, 'Customer', ['id', 'email'], { email, Status: REGISTERED });
  const isTaken = rows.some((row) => row.email === email && Number(row.id) !== own);
  if (isTaken) throwFaults([faultAt(fieldPath('input', 'email'), formMessages.emailTaken[context.locale])]);
}

const customerDelete: Mutation = {
  name: 'customerDelete',
  scopes: SCOPES,
  description: {
    ja: '会員をお届け先・お気に入りごと削除します。受注やカートがある会員は削除できません（退会にはできます）。',
    en: 'Deletes a customer with addresses and favourites; refused while there are orders or a cart, which leaves withdrawing.',
  },
  example: `mutation {
  customerDelete(id: 7)
}`,
  args: { id: ID, ...preconditions('Customer') },
  type: DELETED_ID,
  run: async (context, args) => {
    const id = rowId(args.id as string);
    const [row] = await lockRows(context, 'Customer', ['name01', 'name02'], { id });
    if (!row) throw invalid('id', 'No Customer found', 'NOT_FOUND');
    await judgeUnchanged(context, 'Customer', id, args as Precondition);
    // A token that only writes customers is not told who they are.
    const maySeeNames = ['read', 'read:customers'].some((scope) => context.principal.scopes.has(scope));
    const name = maySeeNames ? `${String(row.name01)} ${String(row.name02)}` : String(id);
    for (const entity of ['Order', 'Cart']) await refuseInUse(context, name, entity, { Customer: id });
    for (const entity of ['CustomerAddress', 'CustomerFavoriteProduct']) {
      await deleteRows(context, entity, { Customer: id });
    }
    await deleteRows(context, 'Customer', { id });
    return id;
  },
};

export const customerMutations = (deps: CustomerDeps): readonly Mutation[] => [
  customerCreate(deps),
  customerUpdate(deps),
  customerDelete,
];
