/** Probes of the shop's indexes: what is advised and missing, with the statement that makes it. Tegata never runs it. */
import type { Store } from '../../database/open.ts';
import { adviceSql } from '../../shop/index-advice.ts';
import type { Registry } from '../../shop/registry.ts';
import { advisedIndexes } from '../../shop/store/indexes.ts';
import { type Finding, ok, warning } from './finding.ts';

export async function indexFindings(store: Store, registry: Registry): Promise<Finding[]> {
  const missing = await advisedIndexes(store, registry);
  if (missing.length === 0) return [ok('indexes', 'every list, relation and look-up of the API has one')];
  return missing.map((advice) =>
    warning(
      'indexes',
      `slow in a large shop: ${advice.why}`,
      `let who administers the database run: ${adviceSql(advice, store.kit)};`,
    ),
  );
}
