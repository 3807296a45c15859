/** What a job of CSV rows is: whose columns it has, and what is kept of a row until its turn comes. */
import type { Locale } from '../../../shop/text.ts';
import type { ApiRequest, PublicError } from '../../request/execute.ts';

export const CSV_KINDS = ['products', 'categories', 'shippings'] as const;
export type CsvKind = (typeof CSV_KINDS)[number];

export const isCsvKind = (text: string): text is CsvKind => (CSV_KINDS as readonly string[]).includes(text);

export type CsvJob = {
  readonly kind: CsvKind;
  /** The header, in the order of the file. */
  readonly columns: readonly string[];
  /** Columns of the file whose option the shop has switched off; EC-CUBE passes over them too. */
  readonly unread: readonly string[];
  readonly validateOnly: boolean;
  readonly locale: Locale;
  readonly timeZone: string;
};

export type CsvRow = {
  /** As a spreadsheet counts: the header is 1. */
  readonly number: number;
  readonly cells: readonly string[];
};

/** What is done in one go: one row, or the rows of a new product with several classes. */
export type CsvLine = readonly CsvRow[];

export type CsvError = Pick<PublicError, 'message'> & {
  readonly extensions: PublicError['extensions'] & { readonly line: number; readonly column?: string };
};

export type CsvVerdict =
  | { readonly ok: true; readonly request: Pick<ApiRequest, 'operationName' | 'variables'> }
  | { readonly ok: false; readonly errors: readonly CsvError[] };

/** What a kind of CSV file is read by. */
export type CsvFormat = {
  /** As EC-CUBE's own file has them. */
  readonly columns: readonly string[];
  readonly required: readonly string[];
  /** What EC-CUBE's own export has beside them; passed over, as by EC-CUBE. */
  readonly exportedToo?: readonly string[];
  /** Column → what EC-CUBE's own export calls it. */
  readonly exportedAs?: Readonly<Record<string, string>>;
  /** A mutation for each thing that a row may ask for. */
  readonly document: string;
  /** What the list of jobs calls it. */
  readonly operation: string;
  /** Field of a mutation → column. */
  readonly fields: Readonly<Record<string, string>>;
  read(job: CsvJob, line: CsvLine): CsvVerdict;
  /** Whether a row belongs to the rows before it. */
  joins?(job: Pick<CsvJob, 'columns'>, line: CsvLine, row: CsvRow): boolean;
  /** For the rows of one file in their order: which of them say nothing that is not said already. */
  repeats?(columns: readonly string[]): (row: CsvRow) => boolean;
};

/** What the file calls a column. */
export function columnIn(
  { exportedAs }: Pick<CsvFormat, 'exportedAs'>,
  columns: readonly string[],
  column: string,
): string {
  const exported = exportedAs?.[column];
  return exported !== undefined && columns.includes(exported) ? exported : column;
}
