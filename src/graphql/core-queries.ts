/** Queries of the core that are no search of an entity, in the order of the printed schema. */
import type { Query } from './extension-parts.ts';
import { stockChanges } from './queries/stock-changes.ts';

export const CORE_QUERIES: readonly Query[] = [stockChanges];
