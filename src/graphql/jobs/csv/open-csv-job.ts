/** A CSV file that is sent for a job: what its rows are run by, and the rows as they come. */
import { readShopRow } from '../../../shop/store/shop-row.ts';
import type { JobDeps } from '../job-deps.ts';
import type { JobDocument } from '../job-document.ts';
import type { JobLine } from '../job-lines.ts';
import type { Charset } from './csv-charset.ts';
import type { CsvJob, CsvKind, CsvLine } from './csv-job.ts';
import { openCsv } from './csv-rows.ts';
import { csvFormat } from './run-row.ts';

export type CsvRequest = {
  readonly csv: CsvKind;
  /** undefined: told by the file. */
  readonly charset?: Charset | undefined;
  /** Every row is tried and none is kept. */
  readonly validateOnly: boolean;
  readonly lines: AsyncIterable<Buffer>;
};

export function csvDocument(kind: CsvKind): JobDocument {
  const { document, operation } = csvFormat(kind);
  return { kind: 'mutation', operation, text: document, key: operation };
}

/** @throws JobRefused */
export async function openCsvJob(
  deps: JobDeps,
  { csv: kind, charset, validateOnly, lines }: CsvRequest,
): Promise<{ readonly csv: CsvJob; readonly lines: AsyncIterable<JobLine> }> {
  const { limits, locale, timeZone } = deps;
  const file = await openCsv(csvFormat(kind), { chunks: lines, charset, limits, locale });
  const unread = kind === 'products' ? await switchedOff(deps) : [];
  const csv = { kind, columns: file.columns, unread, validateOnly, locale, timeZone };
  return { csv, lines: stored(file.lines) };
}

async function* stored(lines: AsyncIterable<CsvLine>): AsyncGenerator<JobLine> {
  for await (const line of lines) yield { number: line[0]?.number ?? 0, text: JSON.stringify(line) };
}

/** EC-CUBE's CSV passes over what its product form does not show. */
async function switchedOff({ store, registry }: JobDeps): Promise<string[]> {
  const reading = { db: store.db, kit: store.kit, registry };
  const shop = await readShopRow(reading, ['option_product_delivery_fee', 'option_product_tax_rule']);
  return [
    ...(shop?.option_product_delivery_fee === true ? [] : ['送料']),
    ...(shop?.option_product_tax_rule === true ? [] : ['税率']),
  ];
}
