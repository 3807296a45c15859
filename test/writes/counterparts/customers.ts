/** The pages of a customer and of their addresses. */
import type { ShopRecord } from '../shop-records.ts';
import type { Counterpart } from './counterpart.ts';
import { deletion, idsIn, refusal, type ShopCounterpartOf, textOf } from './shop-counterpart.ts';

const CREATE = 'mutation($input: CustomerInput!) { customerCreate(input: $input) { id } }';
const UPDATE = 'mutation($id: ID!, $input: CustomerInput!) { customerUpdate(id: $id, input: $input) { id } }';
const WITH_POINTS = `mutation($id: ID!, $input: CustomerInput!, $delta: Int!) {
  customerUpdate(id: $id, input: $input) { id }
  customerPointChange(id: $id, delta: $delta, reason: "調整") { id } }`;
const ADD_ADDRESS = `mutation($id: ID!, $input: CustomerAddressInput!) {
  customerAddressCreate(customer_id: $id, input: $input) { id } }`;
const CHANGE_ADDRESS = `mutation($id: ID!, $input: CustomerAddressInput!) {
  customerAddressUpdate(id: $id, input: $input) { id } }`;

const POINTS = 'points are no field of a customer: they are given with a reason (customerPointChange)';

const WITHOUT: Readonly<Record<string, string>> = {
  'customer-checks/pwmismatch': 'a password is sent once',
  'customer-checks/pointneg': POINTS,
  'customer-checks/pointalpha': POINTS,
  'customer-checks/pointdec': POINTS,
  'customer-checks/point11': POINTS,
};

/** Other codes than a refused form has. */
const REFUSED: Readonly<Record<string, string>> = { 'customeraddress-create-21st': 'LIMIT' };

export const customerCounterpart: ShopCounterpartOf = (record) => {
  const why = WITHOUT[record.record];
  if (why !== undefined) return why;
  const { path } = record;
  const ids = idsIn(path);
  const refused = REFUSED[record.record];
  const outcome = refused === undefined ? refusal(record) : { refused };
  if (path.includes('/delivery/')) {
    if (path.endsWith('/delete')) return deletion(record, 'customerAddressDelete');
    const isNew = path.endsWith('/new');
    const document = isNew ? ADD_ADDRESS : CHANGE_ADDRESS;
    return {
      document,
      variables: { id: ids[isNew ? 0 : 1], input: record.status === 404 ? PLACE : person(record) },
      ...outcome,
    };
  }
  if (path.endsWith('/delete')) return deletion(record, 'customerDelete');
  if (path.endsWith('/new')) return { document: CREATE, variables: { input: customer(record) }, ...outcome };
  return update(record, ids[0] ?? '');
};

function update(record: ShopRecord, id: string): Counterpart {
  const before = record.changed.find(({ table }) => table === 'dtb_customer')?.before;
  const delta = Number(record.fields.point ?? 0) - Number(before?.point ?? 0);
  const variables = { id, input: customer(record), delta };
  const hasPoints = before !== undefined && delta !== 0;
  return { document: hasPoints ? WITH_POINTS : UPDATE, variables, ...refusal(record) };
}

/** What is posted to a form that is not shown. */
const PLACE = {
  name01: '別宅',
  name02: '太郎',
  kana01: 'ベッタク',
  kana02: 'タロウ',
  postal_code: '0600001',
  pref_id: '1',
  addr01: '札幌市中央区',
  addr02: '北2条',
  phone_number: '0112345678',
};

const PERSON: Readonly<Record<string, string>> = {
  name01: 'name.name01',
  name02: 'name.name02',
  kana01: 'kana.kana01',
  kana02: 'kana.kana02',
  company_name: 'company_name',
  postal_code: 'postal_code',
  pref_id: 'address.pref',
  addr01: 'address.addr01',
  addr02: 'address.addr02',
  phone_number: 'phone_number',
};

const CUSTOMER: Readonly<Record<string, string>> = {
  ...PERSON,
  email: 'email',
  birth: 'birth',
  sex_id: 'sex',
  job_id: 'job',
  customer_status_id: 'status',
  note: 'note',
};

const named = (record: ShopRecord, names: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(names)
      .map(([name, field]) => [name, textOf(record, field)] as const)
      .filter(([, value]) => value !== undefined),
  );

const person = (record: ShopRecord) => named(record, PERSON);

/** The page of a customer shows asterisks for the password that there is. */
function customer(record: ShopRecord) {
  const { customer_status_id: status, ...rest } = named(record, CUSTOMER);
  const password = textOf(record, 'plain_password.first');
  const isNew = typeof password === 'string' && !password.includes('**');
  return { ...rest, ...(status !== undefined && { customer_status_id: status }), ...(isNew && { password }) };
}
