/**
 * A CSV file as it comes → its header, judged at once, and its rows, each read when it is asked for (RFC 4180). A row that has
 * too few cells is a matter of that row; quotes that do not close are one of the whole file, since nothing behind them is sure.
 */
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Text } from '../../../shop/text.ts';
import type { JobRefused } from '../job-refused.ts';
import { type CsvSource, textOf } from './csv-charset.ts';
import { type CsvFormat, type CsvLine, type CsvRow, columnIn } from './csv-job.ts';
import {
  columnsTwice,
  fileRefused,
  fileTexts,
  LINE,
  missingColumns,
  ONE_PRODUCT,
  tooLarge,
  tooManyRows,
  unknownColumns,
} from './csv-texts.ts';
import { MESSAGE_COLUMN } from './failed-rows.ts';

const NAMED_AT_MOST = 20; // columns of a refusal
const HEADER = 1;
/** What is done in one go is kept in one piece, which a database takes up to a size. */
const LINES_OF_ONE = 8;

export type CsvFile = {
  readonly columns: readonly string[];
  /** What is done in one go. @throws JobRefused */
  readonly lines: AsyncIterable<CsvLine>;
};

/** @throws JobRefused */
export async function openCsv(format: CsvFormat, source: CsvSource): Promise<CsvFile> {
  const rows = rowsOf(source);
  const first = await rows.next();
  if (first.done) throw fileRefused(source.locale, fileTexts.empty);
  const columns = first.value.cells.map((name) => name.trim());
  const wrong = headerFault(format, columns);
  if (wrong !== undefined) {
    await rows.return(undefined);
    throw fileRefused(source.locale, wrong, HEADER);
  }
  return { columns, lines: linesOfRows(format, columns, { rows, source }) };
}

function headerFault(format: CsvFormat, columns: readonly string[]): Text | undefined {
  const { columns: known, required, exportedToo = [], exportedAs = {} } = format;
  const read = [...known, ...Object.values(exportedAs)];
  const taken = new Set([...read, ...exportedToo, MESSAGE_COLUMN]);
  const unknown = columns.filter((name) => !taken.has(name));
  if (unknown.length > 0) return unknownColumns(listed(unknown), known.join(', '));
  const missing = required.filter((name) => !columns.includes(columnIn(format, columns, name)));
  if (missing.length > 0) return missingColumns(missing.join(', '));
  // Only now: all of them are known, so that the first of each is soon found, however many there are.
  const own = columns.filter((name) => read.includes(name) || name === MESSAGE_COLUMN);
  const twice = own.filter((name, i) => own.indexOf(name) !== i);
  twice.push(...own.filter((name) => exportedAs[name] !== undefined && own.includes(exportedAs[name])));
  return twice.length > 0 ? columnsTwice(listed(twice)) : undefined;
}

const listed = (names: readonly string[]): string =>
  names
    .slice(0, NAMED_AT_MOST)
    .map((name) => (name === '' ? '(no name)' : [...name].slice(0, 50).join('')))
    .join(', ');

async function* linesOfRows(
  { joins, repeats }: CsvFormat,
  columns: readonly string[],
  { rows, source }: { readonly rows: AsyncIterable<CsvRow>; readonly source: CsvSource },
): AsyncGenerator<CsvLine> {
  const most = LINES_OF_ONE * source.limits.lineBytes;
  const isRepeated = repeats?.(columns);
  let [line, bytes]: [CsvRow[], number] = [[], 0];
  for await (const row of rows) {
    if (isRepeated?.(row)) continue;
    if (line.length > 0 && !joins?.({ columns }, line, row)) {
      yield line;
      [line, bytes] = [[], 0];
    }
    line.push(row);
    bytes += row.cells.reduce((sum, cell) => sum + Buffer.byteLength(cell), 0);
    if (bytes > most) throw fileRefused(source.locale, tooLarge(ONE_PRODUCT, most), row.number, 'LIMIT');
  }
  if (line.length > 0) yield line;
}

/** Rows that hold something, with the place that a spreadsheet gives them. */
async function* rowsOf(file: CsvSource): AsyncGenerator<CsvRow, undefined> {
  const { limits, locale } = file;
  const source = Readable.from(textOf(file), { highWaterMark: 1 });
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: limits.lineBytes,
  });
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      if (number > limits.lines + 1) {
        throw fileRefused(locale, tooManyRows(limits.lines), undefined, 'LIMIT');
      }
      if (number === HEADER || record.some((cell) => cell.trim() !== '')) {
        yield { number, cells: record.map(withoutGuard) };
      }
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenAt(error, file) : error;
  } finally {
    source.destroy();
  }
  return undefined;
}

/** The mark that keeps a spreadsheet from running a cell (failed-rows.ts) is no part of it. */
const withoutGuard = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r])/, '');

function brokenAt(error: CsvError, { limits, locale }: CsvSource): JobRefused {
  const { code } = error;
  const line = Number(error.records) + 1;
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return fileRefused(locale, tooLarge(LINE, limits.lineBytes), line, 'LIMIT');
  }
  const text = code === 'CSV_QUOTE_NOT_CLOSED' ? fileTexts.openQuote : fileTexts.strayQuote;
  return fileRefused(locale, text, line);
}
