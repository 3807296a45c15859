/**
 * Every recorded operation of EC-CUBE with its counterpart, and how many of them are replayed: the same rows, other rows with a
 * reason, or no counterpart. Told by the tests and in docs/eccube/differences.md.
 */
import type { TestDatabase } from '../support/databases.ts';
import { catalogueCounterpart } from './counterparts/catalogue.ts';
import type { Counterpart, CounterpartOf } from './counterparts/counterpart.ts';
import { customerCounterpart } from './counterparts/customers.ts';
import { masterCounterpart } from './counterparts/masters.ts';
import { orderEditCounterpart } from './counterparts/order-edits.ts';
import { orderCounterpart } from './counterparts/orders.ts';
import { productCounterpart } from './counterparts/products.ts';
import { shipmentCounterpart } from './counterparts/shipments.ts';
import type { ShopCounterpartOf } from './counterparts/shop-counterpart.ts';
import { stockCounterpart } from './counterparts/stock.ts';
import { CSV_DIFFERENCES } from './csv-differences.ts';
import { DIFFERENCES } from './differences.ts';
import { SHOP_DIFFERENCES } from './product-differences.ts';
import { type EccubeRecord, recordsOf } from './records.ts';
import { type ShopRecord, shopRecords } from './shop-records.ts';

const FAMILIES: Readonly<Record<string, CounterpartOf>> = {
  orders: orderCounterpart,
  'order-edits': orderEditCounterpart,
  shipments: shipmentCounterpart,
  stock: stockCounterpart,
};

const SHOP_FAMILIES: Readonly<Record<string, ShopCounterpartOf>> = {
  catalogue: catalogueCounterpart,
  products: productCounterpart,
  customers: customerCounterpart,
  masters: masterCounterpart,
};

export const orderReplays = Object.entries(FAMILIES).flatMap(([family, counterpartOf]) =>
  recordsOf(family).map((record) => ({ record, counterpart: counterpartOf(record) })),
);

export const shopReplays = Object.entries(SHOP_FAMILIES).flatMap(([family, counterpartOf]) =>
  shopRecords(family).map((record) => ({ record, counterpart: counterpartOf(record) })),
);

export const csvReplays = shopRecords('csv') as (ShopRecord & {
  readonly csv: string;
  readonly encoding?: string;
})[];

export const shippingCsvReplays = recordsOf('shipments').filter(({ csv }) => csv !== undefined);

type Recorded = Pick<EccubeRecord, 'record' | 'database'>;

export type ReplayCount = {
  readonly database: TestDatabase['name'];
  readonly same: number;
  readonly listed: number;
  readonly without: number;
};

/** By the database that a record was made on; a record that is replayed in two ways counts once. */
export function replayCounts(): ReplayCount[] {
  const byApi: { readonly record: Recorded; readonly counterpart: string | Counterpart | object }[] = [
    ...orderReplays,
    ...shopReplays,
  ];
  const all = new Map<string, Recorded & { readonly isReplayed: boolean }>();
  for (const { record, counterpart } of byApi) {
    all.set(record.record, { ...record, isReplayed: typeof counterpart !== 'string' });
  }
  for (const record of [...csvReplays, ...shippingCsvReplays]) {
    all.set(record.record, { ...record, isReplayed: true });
  }
  const listed = new Set(
    [...DIFFERENCES.filter(({ replayed }) => replayed), ...SHOP_DIFFERENCES, ...CSV_DIFFERENCES].flatMap(
      ({ records }) => records,
    ),
  );
  return (['postgres', 'sqlite', 'mysql'] as const).map((database) => {
    const own = [...all.values()].filter((one) => one.database === database);
    const replayed = own.filter(({ isReplayed }) => isReplayed);
    const different = replayed.filter(({ record }) => listed.has(record)).length;
    return {
      database,
      same: replayed.length - different,
      listed: different,
      without: own.length - replayed.length,
    };
  });
}
