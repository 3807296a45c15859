/** The look-ups of the core beside the searches, in the order of the printed schema. */
import type { Registry } from '../shop/registry.ts';
import type { Query } from './extension-parts.ts';
import { jobQuery, jobsQuery } from './queries/jobs.ts';
import { newsQuery } from './queries/news.ts';
import { pointChanges } from './queries/point-changes.ts';
import { productClasses } from './queries/product-classes.ts';
import { salesByDay } from './queries/sales-by-day.ts';
import { SETTING_LISTS } from './queries/setting-lists.ts';
import { shopQuery } from './queries/shop.ts';
import { stockChanges } from './queries/stock-changes.ts';
import { isServed } from './served.ts';

/** They read no rows of the shop. */
export const OWN_QUERIES: readonly Query[] = [jobQuery, jobsQuery];

const QUERIES: readonly Query[] = [
  productClasses,
  shopQuery,
  ...SETTING_LISTS,
  newsQuery,
  salesByDay,
  stockChanges,
  pointChanges,
  ...OWN_QUERIES,
];

/** Without lists of things that the shop lacks. */
export const coreQueries = (registry: Registry): readonly Query[] => QUERIES.filter(isServed(registry));
