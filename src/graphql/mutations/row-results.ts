/** Mutations of many rows: what becomes of each, and of the others when one cannot be honoured. */
import { inSavepoint } from '../../database/savepoint.ts';
import { type ErrorCode, type Fault, InvalidArgument } from '../errors.ts';
import type { Argument, MutationContext, OwnType } from '../mutation.ts';
import { verdictByRows } from './argument-verdict.ts';
import { fieldPath } from './form-faults.ts';

export type RowResult = {
  readonly ok: boolean;
  readonly message: string | null;
  readonly code: ErrorCode | null;
  readonly field: string | null;
};

/** The fields of a result, to be spread into those of its type. */
export const ROW_RESULT: Readonly<Record<string, Argument>> = {
  ok: { type: 'Boolean!', description: { ja: '更新できたか', en: 'Whether the row is saved' } },
  message: {
    type: 'String',
    description: { ja: '更新できなかった理由', en: 'Why it is not; null when it is' },
  },
  code: {
    type: 'String',
    description: {
      ja: '理由のコード（extensions.code と同じ）',
      en: 'The reason as a code, as extensions.code',
    },
  },
  field: {
    type: 'String',
    description: { ja: '原因の項目（例: items[3].stock）', en: 'Where the fault is, e.g. items[3].stock' },
  },
};

export const SAVED_ROW: RowResult = { ok: true, message: null, code: null, field: null };

/** `place`: the path of the row, `items[3]`. */
export function rejectedRow({ message, faults }: InvalidArgument, place: string): RowResult {
  const [first] = faults;
  return { ok: false, message, code: first?.code ?? 'INVALID', field: first ? fieldAt(first, place) : place };
}

/** A path that begins at the row's own is whole; a name is one of the row's fields, or the list itself. */
function fieldAt({ argument, field }: Fault, place: string): string {
  const named = field ?? argument;
  if (named.startsWith(place)) return named;
  return place.startsWith(`${named}[`) ? place : fieldPath(place, named);
}

export type ErrorPolicy = 'REJECT_ALL' | 'REJECT_ROWS';

/** For `types`, beside an argument `errorPolicy`. */
export const ERROR_POLICY: OwnType = {
  kind: 'enum',
  name: 'ErrorPolicy',
  description: {
    ja: '更新できない行があるときの扱い',
    en: 'What becomes of the other rows when one cannot be saved',
  },
  values: {
    REJECT_ALL: { ja: '1行でも更新できなければ、どの行も保存しません', en: 'None is saved' },
    REJECT_ROWS: { ja: '更新できない行だけを除いて保存します', en: 'They are saved' },
  },
};

export const ERROR_POLICY_ARGUMENT: Argument = {
  type: 'ErrorPolicy!',
  default: 'REJECT_ALL',
  description: {
    ja: '更新できない行があるとき、すべてを取り消す（REJECT_ALL）か、その行だけを除く（REJECT_ROWS）か',
    en: 'REJECT_ALL: one row that cannot be saved takes all back; REJECT_ROWS: the others are saved',
  },
  crosses: [],
};

export type RanRow<R> = { readonly result: RowResult; readonly value: R | undefined };

/**
 * Runs each row by itself: what a rejected one has written is taken back, and its locks stay until the end. All rows are
 * judged either way, so that a caller hears of every fault at once.
 * @throws InvalidArgument of all faults, when any row is rejected and `errorPolicy` is REJECT_ALL
 */
export async function runRows<I, R>(
  context: MutationContext,
  { argument, rows, errorPolicy }: { argument: string; rows: readonly I[]; errorPolicy: ErrorPolicy },
  run: (row: I, place: string) => Promise<R>,
): Promise<RanRow<R>[]> {
  const ran: RanRow<R>[] = [];
  const faults: Fault[] = [];
  for (const [index, row] of rows.entries()) {
    const place = `${argument}[${index}]`;
    const one = await verdictByRows(() => inSavepoint(context.db, () => run(row, place)));
    if (one.ok) ran.push({ result: SAVED_ROW, value: one.value });
    else {
      faults.push(...one.error.faults.map((fault) => placed(fault, place)));
      ran.push({ result: rejectedRow(one.error, place), value: undefined });
    }
  }
  if (errorPolicy === 'REJECT_ALL' && faults.length > 0) throw new InvalidArgument(faults);
  return ran;
}

function placed(fault: Fault, place: string): Fault {
  const field = fieldAt(fault, place);
  return { ...fault, argument: field, field };
}
