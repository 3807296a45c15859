/** Tracking numbers of the order list, the shipping page, and the shipping CSV. */
import type { EccubeRecord } from '../records.ts';
import { type CounterpartOf, idIn } from './counterpart.ts';

const UPDATE = `mutation($id: ID!, $number: String, $delivery: ID, $date: DateTime, $time: ID, $note: String) {
  updateShipping(id: $id, tracking_number: $number, delivery_id: $delivery, shipping_delivery_date: $date,
    time_id: $time, note: $note) { id } }`;
const NUMBER =
  'mutation($id: ID!, $number: String) { updateShipping(id: $id, tracking_number: $number) { id } }';
const SHIP = `mutation($id: ID!, $number: String, $date: DateTime) {
  updateShipped(id: $id, tracking_number: $number, shipping_date: $date) { id } }`;

const MAIL_AGAIN = 'a shipping mail is sent with updateShipped, not by itself';
const DESTINATIONS = 'destinations of an order are not added or removed by the API';
const NO_LINES = 'lines of an order are not written by the API';
const WHOLE_FILE = 'a fault of the file itself: the API takes no CSV';

const WITHOUT: Readonly<Record<string, string>> = {
  'shipping-notify-mail': MAIL_AGAIN,
  'shipping-preview-notify-mail': MAIL_AGAIN,
  'shipping-add-second-shipping': DESTINATIONS,
  'shipping-remove-second-shipping': DESTINATIONS,
  'shipping-edit-checks/overstock': NO_LINES,
  'shipping-edit-checks/noitems': NO_LINES,
  'shipping-csv-checks/noheader': WHOLE_FILE,
  'shipping-csv-checks/norows': WHOLE_FILE,
  'shipping-csv-checks/one-bad-row':
    'a list of parcels is no file that is taken as a whole (bulkUpdateShipped)',
  'shipping-csv-checks/dateslash': 'a date that is none is refused by GraphQL itself',
  'shipping-csv-checks/date-0231': 'a date that is none is refused by GraphQL itself',
  'shipping-csv-checks/dateempty': 'no date means now, as the plugin has it',
};

const CSV_REFUSED: Readonly<Record<string, string>> = {
  'shipping-csv-checks/trackingbad': 'BAD_TRACKING_NUMBER',
  'shipping-csv-checks/id99999': 'NOT_FOUND',
  'shipping-csv-checks/idalpha': 'NOT_FOUND',
  'shipping-csv-checks/already-delivered': 'BAD_TRANSITION',
};

export const shipmentCounterpart: CounterpartOf = (record) => {
  const why = WITHOUT[record.record];
  if (why !== undefined) return why;
  if (record.csv !== undefined) return csvCounterpart(record, record.csv);
  if (record.path.endsWith('/tracking_number')) return numberCounterpart(record);
  return pageCounterpart(record);
};

function numberCounterpart({ path, fields, changed }: EccubeRecord) {
  const refused = changed.length === 0 && { refused: 'BAD_TRACKING_NUMBER' };
  return { document: NUMBER, variables: { id: idIn(path), number: fields.tracking_number }, ...refused };
}

function csvCounterpart({ record }: EccubeRecord, csv: string) {
  const [, id, number, date] = /\r\n([^,]*),([^,]*),([^,]*)\r\n/.exec(csv) ?? [];
  const refused = CSV_REFUSED[record];
  return {
    document: SHIP,
    variables: { id, number, date: `${date}T00:00:00+09:00` },
    ...(refused !== undefined && { refused }),
  };
}

/** The page posts everything; an empty field is null. */
function pageCounterpart(record: EccubeRecord) {
  const { fields, changed, path, around } = record;
  const text = (value: unknown) => (value === '' || value === undefined ? null : String(value));
  const rows = [
    ...changed.map(({ table, before }) => ({ table, row: before })),
    ...around.map(({ table, row }) => ({ table, row })),
  ];
  const shipping = rows.find(({ table }) => table === 'dtb_shipping')?.row;
  const date = text(fields.shipping_delivery_date);
  return {
    document: UPDATE,
    variables: {
      id: String(shipping?.id ?? idIn(path)),
      number: text(fields.tracking_number),
      delivery: text(fields.Delivery),
      date: date && `${date}T00:00:00+09:00`,
      time: text(fields.DeliveryTime),
      note: text(fields.note),
    },
    ...(changed.length === 0 && { refused: 'BAD_TRACKING_NUMBER' }),
  };
}
