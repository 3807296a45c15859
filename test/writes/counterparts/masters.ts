/** The pages of news, and the switches of payments and deliveries with their time slots. */
import type { ShopRecord } from '../shop-records.ts';
import type { Counterpart } from './counterpart.ts';
import { deletion, idsIn, refusal, rowsOf, type ShopCounterpartOf, textOf } from './shop-counterpart.ts';

const BY_TYPE = 'a date that is none is refused by GraphQL itself';
const WITHOUT: Readonly<Record<string, string>> = { 'news-checks/date1': BY_TYPE };

export const masterCounterpart: ShopCounterpartOf = (record) => {
  const { path } = record;
  const why = WITHOUT[record.record];
  if (why !== undefined) return why;
  if (path.includes('/news/'))
    return path.endsWith('/delete') ? deletion(record, 'newsDelete') : news(record);
  const entity = path.includes('/payment/') ? 'payment' : 'delivery';
  if (/\/visib(le|ility)$/.test(path)) {
    const visible = record.changed[0]?.after?.visible;
    return {
      document: `mutation($id: ID!, $visible: Boolean!) { ${entity}Visibility(id: $id, visible: $visible) { id } }`,
      variables: { id: idsIn(path)[0], visible },
    };
  }
  return times(record);
};

const DAY = '2026-12-02T00:00';

function news(record: ShopRecord): Counterpart {
  const [id] = idsIn(record.path);
  const declared = `$title: String!, $date: DateTime!, $url: String, $description: String, $blank: Boolean, $visible: Boolean`;
  const args = `title: $title, publish_date: $date, url: $url, description: $description,
    link_method: $blank, visible: $visible`;
  const isNew = record.path.endsWith('/new');
  const date = (textOf(record, 'publish_date') ?? DAY).slice(0, 16);
  return {
    document: isNew
      ? `mutation(${declared}) { newsCreate(${args}) { id } }`
      : `mutation($id: ID!, ${declared}) { newsUpdate(id: $id, ${args}) { id } }`,
    variables: {
      ...(!isNew && { id }),
      title: textOf(record, 'title') ?? '',
      date: `${date}:00+09:00`,
      url: textOf(record, 'url'),
      description: textOf(record, 'description'),
      blank: record.fields.link_method === '1',
      visible: record.fields.visible === '1',
    },
    ...(record.record === 'news-checks/desc99999' ? { refused: 'LIMIT' } : refusal(record)),
  };
}

/** The page posts all time slots: one that is new, or one that is shown again. */
function times(record: ShopRecord): Counterpart {
  const [id] = idsIn(record.path);
  const added = record.changed.find(({ table, before }) => table === 'dtb_delivery_time' && !before)?.after;
  if (added) {
    const posted = rowsOf(record, 'delivery_times\\.').find(
      ({ delivery_time }) => delivery_time === added.delivery_time,
    );
    return {
      document: `mutation($id: ID!, $time: String!) {
        deliveryTimeCreate(delivery_id: $id, delivery_time: $time) { id } }`,
      variables: { id, time: posted?.delivery_time },
    };
  }
  const shown = record.changed.find(({ after }) => after?.visible === true)?.before;
  return {
    document: 'mutation($id: ID!) { deliveryTimeUpdate(id: $id, visible: true) { id } }',
    variables: { id: shown?.id },
  };
}
