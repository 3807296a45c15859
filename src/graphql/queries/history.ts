/** What queries of a history have in common: rows of Tegata's own, newest first, a page at a time behind a cursor. */
import type { Text } from '../../shop/text.ts';
import { type Fault, InvalidArgument } from '../errors.ts';
import type { QueryContext } from '../extension-parts.ts';
import type { Argument, OwnType } from '../mutation.ts';

const MOST_FIRST = 1000;
const DEFAULT_FIRST = 100;

export type HistoryArgs = { first?: number | null; after?: string | null };

/** For `args`, behind those of the query itself. */
export const HISTORY_ARGUMENTS: Readonly<Record<string, Argument>> = {
  first: {
    type: 'Int',
    default: DEFAULT_FIRST,
    description: { ja: `取得する件数（${MOST_FIRST}件まで）`, en: `How many (at most ${MOST_FIRST})` },
    crosses: [],
  },
  after: {
    type: 'String',
    description: { ja: 'このカーソルより後を取得', en: 'Behind this cursor' },
    crosses: [],
  },
};

/** The types `…PageInfo` and `…Connection` around the type of one row. */
export function historyTypes(row: string, texts: { whole: Text; nodes: Text }): OwnType[] {
  const more: Text = { ja: '続きの有無', en: 'Whether there is more' };
  return [
    {
      kind: 'object',
      name: `${row}PageInfo`,
      description: more,
      fields: {
        hasNextPage: { type: 'Boolean!', description: { ja: '続きがあるか', en: 'Whether there is more' } },
        endCursor: { type: 'String', description: { ja: '続きを取得するカーソル', en: 'Where to go on' } },
      },
    },
    {
      kind: 'object',
      name: `${row}Connection`,
      description: texts.whole,
      fields: {
        nodes: { type: `[${row}!]!`, description: texts.nodes },
        pageInfo: { type: `${row}PageInfo!`, description: more },
      },
    },
  ];
}

const FIRST: Text = {
  ja: `1以上${MOST_FIRST}以下の値を入力してください。`,
  en: `Give a number from 1 to ${MOST_FIRST}.`,
};
const CURSOR: Text = {
  ja: 'この一覧のカーソルではありません。',
  en: 'This is no cursor of this list.',
};

/**
 * One page. `read` gets how many rows to read, one more than are shown, and the id of the row that ends the page before.
 * @throws InvalidArgument for a number or a cursor that cannot be
 */
export async function historyPage<R extends { readonly id: string }, N>(
  { locale }: QueryContext,
  args: HistoryArgs,
  read: (limit: number, before: string | undefined) => Promise<readonly R[]>,
  nodeOf: (row: R) => N,
) {
  const first = args.first ?? DEFAULT_FIRST;
  const faults: Fault[] = [];
  if (first < 1 || first > MOST_FIRST) faults.push({ argument: 'first', text: FIRST[locale], code: 'LIMIT' });
  if (args.after && !/^\d{1,15}$/.test(args.after)) faults.push({ argument: 'after', text: CURSOR[locale] });
  if (faults.length > 0) throw new InvalidArgument(faults);
  const rows = await read(first + 1, args.after || undefined);
  const shown = rows.slice(0, first);
  return {
    nodes: shown.map(nodeOf),
    pageInfo: { hasNextPage: rows.length > first, endCursor: shown.at(-1)?.id ?? args.after ?? null },
  };
}
