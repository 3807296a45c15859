/** Reads the cells of one row by their columns, and keeps what is wrong with them. */
import { halfWidth } from '../../../shop/forms/prepare.ts';
import type { Text } from '../../../shop/text.ts';
import type { CsvError, CsvJob, CsvRow } from './csv-job.ts';
import { csvTexts, quoted, rowMessage, shortRow } from './csv-texts.ts';

const HIGHEST = 2_147_483_647;
/** Of one row: a cell with a list of ids may hold half a million that are none. */
const MOST_FAULTS = 20;
/** Ids go up to what a column of ids holds. */
const ID = /^\d{1,10}$/;

export class CsvRowReader {
  readonly errors: CsvError[] = [];
  readonly #job: CsvJob;
  readonly #row: CsvRow;
  /** Nothing in its cells is sure. */
  #isBroken = false;

  constructor(job: CsvJob, row: CsvRow) {
    this.#job = job;
    this.#row = row;
    if (row.cells.length === job.columns.length) return;
    this.fault(undefined, shortRow);
    this.#isBroken = true;
  }

  fault(column: string | undefined, text: Text, code: CsvError['extensions']['code'] = 'INVALID'): undefined {
    if (this.#isBroken || this.errors.length >= MOST_FAULTS) return;
    const { number: line } = this.#row;
    const message = rowMessage(this.#job.locale, line, column, text);
    const extensions = { category: 'Invalid argument', code, line };
    this.errors.push({ message, extensions: { ...extensions, ...(column !== undefined && { column }) } });
  }

  /** undefined: the file has no such column, or the shop does not use it. */
  text(column: string): string | undefined {
    const { columns, unread } = this.#job;
    const place = columns.indexOf(column);
    return place < 0 || unread.includes(column) ? undefined : (this.#row.cells[place] ?? '').trim();
  }

  /** '' is null. */
  nullable(column: string): string | null | undefined {
    const text = this.text(column);
    return text === '' ? null : text;
  }

  needed(column: string): string | undefined {
    const text = this.text(column);
    return text ? text : this.fault(column, csvTexts.missing);
  }

  /** An id; '' is null. */
  id(column: string): string | null | undefined {
    const text = this.nullable(column);
    if (text === null || text === undefined) return text;
    return ID.test(text) ? text : this.fault(column, csvTexts.unknown, 'NOT_FOUND');
  }

  neededId(column: string): string | undefined {
    return this.needed(column) === undefined ? undefined : (this.id(column) ?? undefined);
  }

  /** Ids between commas. */
  ids(column: string): string[] | undefined {
    const ids = this.list(column);
    for (const id of ids ?? []) {
      if (!ID.test(id)) this.fault(column, quoted(id, csvTexts.unknown), 'NOT_FOUND');
    }
    return ids;
  }

  list(column: string): string[] | undefined {
    return this.text(column)
      ?.split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  }

  /** A whole number of 0 or more, with commas and full-width digits as people type them; '' is null. */
  whole(column: string): number | null | undefined {
    const text = this.nullable(column);
    if (text === null || text === undefined) return text;
    const plain = halfWidth(text).replaceAll(',', '');
    const value = /^\d{1,10}(\.\d+)?$/.test(plain) ? Number(plain) : -1;
    if (value < 0 || value > HIGHEST) return this.fault(column, csvTexts.negative);
    return Number.isInteger(value) ? value : this.fault(column, csvTexts.whole);
  }

  /** Amounts go on as text; what is no amount at all is said here. */
  amount(column: string): string | null | undefined {
    const text = this.nullable(column);
    if (text === null || text === undefined) return text;
    return /^[\d.,]+$/.test(halfWidth(text)) ? text : this.fault(column, csvTexts.negative);
  }

  is(column: string): boolean {
    return this.text(column) === '1';
  }
}
