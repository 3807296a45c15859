/** A stored line of CSV rows → what is asked of the API, and what the API says → messages to rows and columns. */
import type { PublicError } from '../../request/execute.ts';
import { categoryCsv } from './category-csv.ts';
import {
  type CsvError,
  type CsvFormat,
  type CsvJob,
  type CsvKind,
  type CsvLine,
  columnIn,
} from './csv-job.ts';
import { csvTexts, rowMessage, toldMessage } from './csv-texts.ts';
import { productCsv } from './product-csv.ts';
import { shippingCsv } from './shipping-csv.ts';

const FORMATS: Readonly<Record<CsvKind, CsvFormat>> = {
  products: productCsv,
  categories: categoryCsv,
  shippings: shippingCsv,
};

export const csvFormat = (kind: CsvKind): CsvFormat => FORMATS[kind];

type Extensions = PublicError['extensions'] & {
  readonly faults?: readonly (PublicError['extensions'] & { readonly message: string })[];
};

/** What a mutation said, a message for each fault. */
export function rowErrors(job: CsvJob, line: CsvLine, errors: readonly PublicError[]): readonly CsvError[] {
  return errors.flatMap(({ message, extensions: { faults, ...only } }: Told) => {
    const all = faults ?? [{ ...only, message: bare(message, only.field) }];
    return all.map(({ message: text, ...extensions }) => errorOf(job, line, text, extensions));
  });
}

type Told = { readonly message: string; readonly extensions: Extensions };

/** Without the path before it and the semicolon behind it. */
function bare(message: string, field: string | undefined): string {
  const before = [`${field}: `, `[${field}]: `].find((start) => message.startsWith(start));
  return before === undefined ? message : message.slice(before.length).replace(/;$/, '');
}

function errorOf(job: CsvJob, line: CsvLine, text: string, extensions: Extensions): CsvError {
  const [, name] = /(\w+)(?:\[\d+\])?$/.exec(extensions.field ?? '') ?? [];
  const format = csvFormat(job.kind);
  const own = format.fields[name ?? ''];
  const column = own === undefined ? undefined : columnIn(format, job.columns, own);
  const [, place = '0'] = /\bclasses\[(\d+)\]/.exec(extensions.field ?? '') ?? [];
  const number = (line[Number(place)] ?? line[0])?.number ?? 0;
  const known = column === undefined ? undefined : KNOWN[extensions.code];
  return {
    message: known
      ? rowMessage(job.locale, number, column, known)
      : toldMessage(job.locale, number, column, text),
    extensions: { ...extensions, line: number, ...(column !== undefined && { column }) },
  };
}

const KNOWN: Partial<Record<PublicError['extensions']['code'], (typeof csvTexts)[keyof typeof csvTexts]>> = {
  NOT_FOUND: csvTexts.unknown,
  BAD_TRACKING_NUMBER: csvTexts.form,
};
