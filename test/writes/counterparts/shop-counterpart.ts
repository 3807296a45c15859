/** What the counterparts of forms have in common: how a form's fields are read, and how a refusal is told. */
import type { ShopRecord } from '../shop-records.ts';
import type { Counterpart } from './counterpart.ts';

export type ShopCounterpartOf = (record: ShopRecord) => Counterpart | string;

const ONE_ID = /\/(\d+)(?=\/|$)/g;

/** All ids in a path. */
export const idsIn = (path: string): string[] => [...path.matchAll(ONE_ID)].map(([, id]) => id ?? '');

/** '' is an empty field. */
export const textOf = ({ fields }: ShopRecord, name: string): string | null | undefined => {
  const value = fields[name];
  return value === '' ? null : (value as string | undefined);
};

export const listOf = ({ fields }: ShopRecord, name: string): readonly string[] =>
  [fields[name] ?? []].flat() as string[];

/** The fields of a list: those whose name begins with a number. */
export const rowsOf = ({ fields }: ShopRecord, prefix = ''): Record<string, string>[] => {
  const rows: Record<string, string>[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const [, place, field] = new RegExp(`^${prefix}(\\d+)\\.(\\w+)$`).exec(name) ?? [];
    if (place === undefined || field === undefined) continue;
    rows[Number(place)] = { ...rows[Number(place)], [field]: String(value) };
  }
  return rows.filter((row) => row !== undefined);
};

const IS_DONE = /しました。?$|適用されました$/;

/** The code of our refusal where EC-CUBE's page refused. */
export function refusal({ says, status, changed }: ShopRecord): { refused?: string } {
  if (changed.length > 0) return {};
  const text = says.join('\n');
  if (text.includes('関連するデータ')) return { refused: 'IN_USE' };
  if (status === 404 || /既に削除|選択した値は無効|画像のパス/.test(text)) return { refused: 'NOT_FOUND' };
  return says.length > 0 && says.every((one) => IS_DONE.test(one)) ? {} : { refused: 'INVALID' };
}

const NAMED = 'mutation($id: ID!';
export const deletion = (record: ShopRecord, mutation: string): Counterpart => ({
  document: `${NAMED}) { ${mutation}(id: $id) }`,
  variables: { id: idsIn(record.path).at(-1) },
  ...refusal(record),
});
