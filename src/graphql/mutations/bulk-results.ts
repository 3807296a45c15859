/** How a mutation of many rows says of one of them why it failed: as a mutation of one row says it in `extensions`. */
import type { InvalidArgument } from '../errors.ts';
import type { Argument } from '../mutation.ts';

export type Failure = {
  readonly message: string | null;
  readonly code: string | null;
  readonly field: string | null;
};

export const RESULT_FIELDS: Readonly<Record<keyof Failure, Argument>> = {
  message: {
    type: 'String',
    description: { ja: '更新できなかった理由', en: 'Why it failed; null when it did not' },
  },
  code: {
    type: 'String',
    description: {
      ja: '更新できなかった理由のコード（extensions.code と同じ）',
      en: 'Why, as one of the values of extensions.code',
    },
  },
  field: {
    type: 'String',
    description: {
      ja: '原因となった引数の位置（例：items[3].stock）',
      en: 'Where the fault is, e.g. items[3].stock',
    },
  },
};

/** The first fault of the row at `place`. */
export function failureOf(error: InvalidArgument, place: number): Failure {
  const [fault] = error.faults;
  const within = fault?.field ?? fault?.argument.replace(/^\[(.*)\]$/, '$1') ?? '';
  return {
    message: error.message,
    code: fault?.code ?? 'INVALID',
    field: `items[${place}]${within && `.${within}`}`,
  };
}
