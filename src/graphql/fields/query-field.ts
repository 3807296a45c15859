/** Queries of extensions as GraphQL fields; the rows whose keys they hand back are read with the fields asked for. */
import { type GraphQLFieldConfig, type GraphQLOutputType, parseType } from 'graphql';
import type { Query } from '../extension-parts.ts';
import type { RequestContext } from '../request/context.ts';
import { argumentsOf, type MutationDeps, shown, typeFrom } from './mutation-field.ts';

export function queryField(query: Query, needs: MutationDeps): GraphQLFieldConfig<unknown, RequestContext> {
  const { clock, timeZone, locale, currency } = needs;
  const type = typeFrom(needs, parseType(query.type)) as GraphQLOutputType;
  return {
    type,
    ...(query.description && { description: query.description[locale] }),
    args: argumentsOf(query.args, needs),
    resolve: async (_root, args: Record<string, unknown>, contextValue, info) => {
      const { store, registry } = contextValue.needs;
      const { principal, requestId } = contextValue;
      const base = { principal, requestId, timeZone, locale, currency, registry, now: clock.now() };
      contextValue.estimate(rowsAsked(args, contextValue));
      const result = await contextValue.read(() =>
        query.run({ ...base, db: store.db, kit: store.kit }, args),
      );
      if (!Array.isArray(result) || result.length === 0) contextValue.count(1);
      return shown(needs, type, result, contextValue, info);
    },
  };
}

/** As far as its arguments tell; at least the one thing that is asked for. */
const rowsAsked = ({ first }: Record<string, unknown>, { needs }: RequestContext): number =>
  typeof first === 'number' ? Math.max(1, Math.min(first, needs.limits.pageSize)) : 1;
