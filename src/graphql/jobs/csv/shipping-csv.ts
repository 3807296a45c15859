/**
 * EC-CUBE's 出荷CSV: a row marks a parcel as shipped on a day; without a mail, as its page does. A file that EC-CUBE has exported
 * (配送CSV) is taken too: its 発送日 and 出荷伝票番号 are read.
 */
import { shopTime } from '../../../shop/shop-time.ts';
import { type CsvFormat, type CsvJob, type CsvLine, type CsvVerdict, columnIn } from './csv-job.ts';
import { CsvRowReader } from './csv-row-reader.ts';
import { csvTexts } from './csv-texts.ts';
import { EXPORTED_SHIPPING_COLUMNS, repeatedParcels } from './exported-shippings.ts';

const [ID, NUMBER, DATE] = ['出荷ID', 'お問い合わせ番号', '出荷日'] as const;
const EXPORTED_AS = { [NUMBER]: '出荷伝票番号', [DATE]: '発送日' } as const;
const inFile = (columns: readonly string[], column: string): string =>
  columnIn({ exportedAs: EXPORTED_AS }, columns, column);

const document = `mutation ship($id: ID!, $number: String, $date: DateTime!, $validateOnly: Boolean!) {
  updateShipped(id: $id, tracking_number: $number, shipping_date: $date, validateOnly: $validateOnly) { id }
}`;

function read(job: CsvJob, [first]: CsvLine): CsvVerdict {
  const row = new CsvRowReader(job, first ?? { number: 1, cells: [] });
  const id = row.neededId(ID);
  const number = row.text(inFile(job.columns, NUMBER));
  const at = dateOf(job, row);
  if (at === undefined || row.errors.length > 0) return { ok: false, errors: row.errors };
  const date = new Date(at * 1000).toISOString();
  const variables = { id, ...(number !== undefined && { number }), date, validateOnly: job.validateOnly };
  return { ok: true, request: { operationName: 'ship', variables } };
}

/** A day, and in an export its time too, which a spreadsheet may have rewritten (`2026/12/1 9:05`). */
function dateOf({ columns, timeZone }: CsvJob, row: CsvRowReader): number | undefined {
  const column = inFile(columns, DATE);
  const isExport = column !== DATE;
  const text = isExport ? row.needed(column) : row.text(column);
  if (text === undefined) return undefined;
  const form = isExport
    ? /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?: (\d\d?):(\d\d)(?::(\d\d))?)?$/
    : /^(\d{4})-(\d\d)-(\d\d)$/;
  const [, year, month = '', day = '', hour = '0', minute = '0', second = '0'] = form.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const midnight = year === undefined ? undefined : shopTime(timeZone).startOfDay(date);
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (midnight === undefined || !isTime) return row.fault(column, csvTexts.date);
  return midnight + Number(hour) * 3600 + Number(minute) * 60 + Number(second);
}

export const shippingCsv: CsvFormat = {
  columns: [ID, NUMBER, DATE],
  required: [ID, DATE],
  exportedToo: EXPORTED_SHIPPING_COLUMNS,
  exportedAs: EXPORTED_AS,
  document,
  operation: 'updateShipped',
  fields: { id: ID, tracking_number: NUMBER, shipping_date: DATE },
  read,
  repeats: (columns) => repeatedParcels(columns, ID, [inFile(columns, NUMBER), inFile(columns, DATE)]),
};
