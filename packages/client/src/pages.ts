/** All rows of a list, page after page by its cursor. */
import type { Client, RunOptions } from './client.ts';
import type { Operation } from './operation.ts';

/** What a page has to tell so that the next one can be asked for. */
export const PAGE_INFO = { hasNextPage: true, endCursor: true } as const;

type Page<Row> = {
  readonly nodes: readonly (Row | null)[] | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } | null;
};

/**
 * `for await (const order of rows(client, (after) => orders({ first: 100, after }, { nodes: { id: true }, pageInfo: PAGE_INFO })))`.
 * A cursor stays right while rows come and go.
 */
export async function* rows<Row>(
  client: Client,
  page: (after: string | undefined) => Operation<Page<Row> | null>,
  options?: RunOptions,
): AsyncGenerator<Row, void, undefined> {
  let after: string | undefined;
  for (;;) {
    const found = await client.run(page(after), options);
    for (const row of found?.nodes ?? []) if (row !== null) yield row;
    const next = found?.pageInfo;
    if (!next?.hasNextPage || next.endCursor === null || next.endCursor === after) return;
    after = next.endCursor;
  }
}
