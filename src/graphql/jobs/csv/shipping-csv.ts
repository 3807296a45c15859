/** EC-CUBE's 出荷CSV: a row marks a parcel as shipped on a day; without a mail, as its page does. */
import { shopTime } from '../../../shop/shop-time.ts';
import type { CsvFormat, CsvJob, CsvLine, CsvVerdict } from './csv-job.ts';
import { CsvRowReader } from './csv-row-reader.ts';
import { csvTexts } from './csv-texts.ts';

const [ID, NUMBER, DATE] = ['出荷ID', 'お問い合わせ番号', '出荷日'] as const;

const document = `mutation ship($id: ID!, $number: String, $date: DateTime!, $validateOnly: Boolean!) {
  updateShipped(id: $id, tracking_number: $number, shipping_date: $date, validateOnly: $validateOnly) { id }
}`;

function read(job: CsvJob, [first]: CsvLine): CsvVerdict {
  const row = new CsvRowReader(job, first ?? { number: 1, cells: [] });
  const id = row.neededId(ID);
  const number = row.text(NUMBER);
  const day = row.text(DATE) ?? '';
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? shopTime(job.timeZone).startOfDay(day) : undefined;
  if (at === undefined) row.fault(DATE, csvTexts.date);
  if (at === undefined || row.errors.length > 0) return { ok: false, errors: row.errors };
  const date = new Date(at * 1000).toISOString();
  const variables = { id, ...(number !== undefined && { number }), date, validateOnly: job.validateOnly };
  return { ok: true, request: { operationName: 'ship', variables } };
}

export const shippingCsv: CsvFormat = {
  columns: [ID, NUMBER, DATE],
  required: [ID, DATE],
  document,
  operation: 'updateShipped',
  fields: { id: ID, tracking_number: NUMBER, shipping_date: DATE },
  read,
};
