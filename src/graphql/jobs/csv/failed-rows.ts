/** The rows of a job that came to nothing, as a CSV file with a message to each: to be put right and sent again. */
import type { PublicError } from '../../request/execute.ts';
import type { CsvJob, CsvLine } from './csv-job.ts';

/** Passed over when the file comes back. */
export const MESSAGE_COLUMN = 'エラー';

const BOM = '\ufeff';
/** What a spreadsheet would run. A number is none. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+([.,]\d+)*$/;

/** A line of the result as run-lines.ts writes it. */
type ResultLine = {
  readonly errors?: readonly Pick<PublicError, 'message' | 'extensions'>[];
  readonly rows?: CsvLine;
};

export async function* failedRows(
  { columns }: Pick<CsvJob, 'columns'>,
  results: AsyncIterable<string>,
): AsyncGenerator<string> {
  const own = columns.filter((name) => name !== MESSAGE_COLUMN);
  yield `${BOM}${record([...own, MESSAGE_COLUMN])}`;
  for await (const part of results) {
    const text = part
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => rowsOf(columns, JSON.parse(line) as ResultLine))
      .join('');
    if (text !== '') yield text;
  }
}

function rowsOf(columns: readonly string[], { errors, rows }: ResultLine): string[] {
  if (!errors || !rows) return [];
  return rows.map(({ number, cells }, i) => {
    const told = errors.filter(({ extensions }) => {
      const { line } = extensions as { readonly line?: number };
      return line === undefined ? i === 0 : line === number;
    });
    const own = columns.flatMap((name, place) => (name === MESSAGE_COLUMN ? [] : [cells[place] ?? '']));
    return record([...own, told.map(({ message }) => message).join(' / ')]);
  });
}

const record = (cells: readonly string[]): string => `${cells.map(written).join(',')}\r\n`;

function written(cell: string): string {
  const safe = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
