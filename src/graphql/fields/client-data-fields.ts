/** `external_id` and `metadata`: what the client that asks has kept about a row. Other clients' are never shown. */
import { type GraphQLFieldConfig, GraphQLString } from 'graphql';
import type { ClientDataEntity } from '../../shop/client-data.ts';
import type { Key, Row } from '../../shop/rows/statement.ts';
import { type ClientData, createdAtOf, readClientData } from '../../shop/store/client-data.ts';
import type { Locale, Text } from '../../shop/text.ts';
import type { KeyedReader, RequestContext } from '../request/context.ts';

type Field = GraphQLFieldConfig<Row, RequestContext>;

const TEXTS = {
  externalId: {
    ja: 'このクライアントが setExternalIds で登録した外部ID',
    en: 'The ID that this client has given it with setExternalIds',
  },
  metadata: {
    ja: 'このクライアントが setMetadata で登録した値（JSON）',
    en: 'The value that this client has kept with setMetadata, as JSON',
  },
} as const satisfies Record<string, Text>;

/** One statement for all rows of a list, whichever of both fields are asked for. */
export function clientDataFields(entity: ClientDataEntity, locale: Locale): Record<string, Field> {
  const reader: KeyedReader<ClientData> = {
    byKeys: async (keys, { store, needs, principal }) => {
      const namespace = { clientId: principal.clientId, entity };
      const deps = { ...store, registry: needs.registry };
      const kept = await readClientData(deps, namespace, { rowIds: keys.map(Number) });
      const byId = new Map(kept.map((one) => [one.rowId, one]));
      return new Map(
        keys.flatMap((key) => {
          const own = byId.get(Number(key));
          return own ? [[key, own] as const] : [];
        }),
      );
    },
  };
  const field = (text: Text, part: 'externalId' | 'metadata'): Field => ({
    type: GraphQLString,
    description: text[locale],
    resolve: async (row, _args, contextValue, { path }) => {
      const kept = await contextValue.gather(reader, row.id as Key);
      const value = kept && kept.createdAt === createdAtOf(row.create_date) ? kept[part] : null;
      contextValue.show(path.key, value);
      return value;
    },
  });
  return {
    external_id: field(TEXTS.externalId, 'externalId'),
    metadata: field(TEXTS.metadata, 'metadata'),
  };
}
