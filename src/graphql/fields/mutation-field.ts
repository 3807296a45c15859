/**
 * Mutations as GraphQL fields. Each field runs in a transaction of its own; what it changed is read after the commit,
 * so that a response shows what the database holds. With `validateOnly` it is read inside, and then rolled back.
 */
import {
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLType,
  getNamedType,
  isListType,
  isObjectType,
  Kind,
  parseType,
  type TypeNode,
} from 'graphql';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/open.ts';
import type { Key } from '../../shop/rows/statement.ts';
import type { Locale } from '../../shop/text.ts';
import { InvalidArgument } from '../errors.ts';
import type { Argument, Mutation, MutationContext, OwnType } from '../mutation.ts';
import { DELETED_ID } from '../mutations/catalogue/deletion.ts';
import type { RequestContext } from '../request/context.ts';
import { openDryRun } from '../request/dry-run.ts';
import type { NameUse } from '../request/first-results.ts';

export type TypeDeps = {
  readonly locale: Locale;
  /** Every type that a mutation may name: scalars, entities and those that mutations bring along. */
  readonly types: Map<string, GraphQLNamedType>;
  /** Names of the types that are entities. */
  readonly entities: ReadonlySet<string>;
};

export type MutationDeps = TypeDeps & {
  readonly clock: Clock;
  readonly timeZone: string;
  readonly currency: string;
};

type Field = GraphQLFieldConfig<unknown, RequestContext>;

export function mutationField(mutation: Mutation, needs: MutationDeps): Field {
  const type = typeFrom(needs, parseType(mutation.type)) as GraphQLOutputType;
  return {
    type,
    ...(mutation.description && { description: mutation.description[needs.locale] }),
    args: argumentsOf(mutation.args, needs),
    ...(mutation.prepare && { extensions: { prepare: prepareOf(mutation, needs) } }),
    resolve: async (_root, { validateOnly, ...args }: Record<string, unknown>, contextValue, info) => {
      const name = info.path.key;
      await contextValue.closeDryRun();
      contextValue.begin(name);
      const nameUse = contextValue.firstResults.at(String(name));
      const isDry = validateOnly === true;
      const run = inTransaction(mutation, needs, args, contextValue, nameUse, isDry);
      const { result, deeds } = await run.catch((error: unknown) => {
        contextValue.mutations.delete(name);
        throw error;
      });
      if (isDry) contextValue.mutations.delete(name);
      else {
        contextValue.mutations.set(name, 'DONE');
        for (const deed of deeds) await contextValue.afterCommit(deed);
      }
      return shown(needs, type, result, contextValue, info);
    },
  };
}

/** For who runs it in a transaction that is open already: it is handed back as `Within.prepared`. */
const prepareOf =
  (mutation: Mutation, { locale, clock }: MutationDeps) =>
  async (args: Record<string, unknown>): Promise<string | undefined> =>
    mutation.prepare?.({ locale, now: clock.now() }, args);

/** Makes the types that a field brings along; call it for all before any of the fields is made. */
export function ownTypes(declared: Pick<Mutation, 'types'>, needs: TypeDeps): void {
  for (const own of declared.types ?? []) {
    const known = needs.types.get(own.name);
    if (known && known.extensions.declared !== own) throw new Error(`two types would be called ${own.name}`);
    if (!known) needs.types.set(own.name, ownType(own, needs));
  }
}

type Deed = () => Promise<void>;

/** `deeds`: what is to follow the commit. */
type Committed = { readonly result: unknown; readonly deeds: readonly Deed[] };

async function inTransaction(
  mutation: Mutation,
  { clock, timeZone, locale, currency }: MutationDeps,
  args: Record<string, unknown>,
  contextValue: RequestContext,
  nameUse: NameUse,
  validateOnly: boolean,
): Promise<Committed> {
  const { needs, principal, requestId } = contextValue;
  const { store, registry } = needs;
  const { memberId } = principal;
  const base: Omit<MutationContext, 'db' | 'afterCommit'> = {
    kit: store.kit,
    registry,
    now: clock.now(),
    memberId,
    currency,
    principal,
    timeZone,
    locale,
    requestId,
    prepared: contextValue.prepared ?? (await mutation.prepare?.({ locale, now: clock.now() }, args)),
    versionKey: needs.versionKey,
    nameUse,
    validateOnly,
  };
  const run = (db: Db): Promise<Committed> =>
    store.kit.feed.asOrigin(db, principal.clientId, async () => {
      // Of an attempt that ended in a deadlock nothing follows.
      const deeds: Deed[] = [];
      const afterCommit = (deed: Deed): void => void deeds.push(deed);
      return { result: await mutation.run({ ...base, db, afterCommit }, args), deeds };
    });
  const running = validateOnly ? tried(contextValue, run) : contextValue.transact(run);
  return running.catch((error: unknown) => {
    if (store.kit.isBrokenReference(error)) throw overtaken(mutation, args);
    throw (store.kit.isTextTooWide(error) && tooWide(args)) || error;
  });
}

/** Somebody else was faster, between what was judged and what was written; or rows of a plugin lead to what was to go. */
function overtaken({ type }: Mutation, args: Record<string, unknown>): InvalidArgument {
  const [argument = 'id'] = Object.keys(args);
  if (type === DELETED_ID)
    return new InvalidArgument([{ argument, text: 'Other rows depend on it', code: 'IN_USE' }]);
  const text = 'What this leads to has been deleted in the meantime';
  return new InvalidArgument([{ argument, text, code: 'CONFLICT' }]);
}

async function tried(contextValue: RequestContext, run: (db: Db) => Promise<Committed>): Promise<Committed> {
  const { result, dryRun } = await openDryRun(contextValue.transact, run);
  await contextValue.keepDryRun(dryRun);
  return result;
}

/** The arguments with a character of four bytes in UTF-8, which a shop of EC-CUBE 4.0 on MySQL may be unable to store. */
function tooWide(args: Record<string, unknown>): InvalidArgument | undefined {
  const named = Object.keys(args).filter((name) =>
    /[\u{10000}-\u{10FFFF}]/u.test(JSON.stringify(args[name]) ?? ''),
  );
  const text = 'The shop’s database cannot store one of its characters';
  return named.length > 0 ? new InvalidArgument(named.map((argument) => ({ argument, text }))) : undefined;
}

function ownType(own: OwnType, needs: TypeDeps): GraphQLNamedType {
  const extensions = { declared: own };
  const head = {
    name: own.name,
    extensions,
    ...(own.description && { description: own.description[needs.locale] }),
  };
  if (own.kind === 'enum') {
    const values = Object.entries(own.values).map(
      ([name, text]) => [name, { description: text[needs.locale] }] as const,
    );
    return new GraphQLEnumType({ ...head, values: Object.fromEntries(values) });
  }
  if (own.kind === 'input') {
    return new GraphQLInputObjectType({ ...head, fields: () => argumentsOf(own.fields, needs) });
  }
  const fields = (): Record<string, GraphQLFieldConfig<Record<string, unknown>, RequestContext>> =>
    Object.fromEntries(
      Object.entries(own.fields).map(([name, { type: notation, description }]) => {
        const type = typeFrom(needs, parseType(notation)) as GraphQLOutputType;
        const field: GraphQLFieldConfig<Record<string, unknown>, RequestContext> = {
          type,
          ...(description && { description: description[needs.locale] }),
          resolve: (source, _args, contextValue, info) => {
            contextValue.show(info.path.key, source[name]);
            return shown(needs, type, source[name], contextValue, info);
          },
        };
        return [name, field];
      }),
    );
  return new GraphQLObjectType({ ...head, fields });
}

/** Keys become rows where the type is an entity; everything else is what it is. */
export function shown(
  needs: TypeDeps,
  type: GraphQLType,
  value: unknown,
  contextValue: RequestContext,
  info: GraphQLResolveInfo,
): unknown {
  const named = getNamedType(type);
  const { name } = named;
  if (value === null || value === undefined) return null;
  if (!needs.entities.has(name)) {
    // Objects in a list are what rows are elsewhere.
    if (Array.isArray(value) && isObjectType(named)) contextValue.count(value.length);
    return value;
  }
  if (isList(type) && Array.isArray(value))
    return value.map((key: Key) => contextValue.load(info, name, key));
  return contextValue.load(info, name, value as Key);
}

const isList = (type: GraphQLType): boolean =>
  isListType(type) || (type instanceof GraphQLNonNull && isList(type.ofType));

export function argumentsOf(
  args: Readonly<Record<string, Argument>>,
  needs: TypeDeps,
): GraphQLFieldConfigArgumentMap {
  const configs = Object.entries(args).map(([name, argument]) => [
    name,
    {
      type: typeFrom(needs, parseType(argument.type)) as GraphQLInputType,
      ...(argument.description && { description: argument.description[needs.locale] }),
      ...('default' in argument && { default: { value: argument.default } }),
      extensions: { longest: argument.longest, crosses: argument.crosses },
    },
  ]);
  return Object.fromEntries(configs) as GraphQLFieldConfigArgumentMap;
}

export function typeFrom(needs: TypeDeps, node: TypeNode): GraphQLType {
  if (node.kind === Kind.NON_NULL_TYPE) return new GraphQLNonNull(typeFrom(needs, node.type) as never);
  if (node.kind === Kind.LIST_TYPE) return new GraphQLList(typeFrom(needs, node.type));
  const type = needs.types.get(node.name.value);
  if (!type) throw new Error(`there is no GraphQL type ${node.name.value}`);
  return type;
}
