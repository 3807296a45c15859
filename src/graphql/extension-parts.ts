/**
 * What an extension adds to the API, as the builders of the schema take it. The whole of what an extension may give is
 * in extension/contract.ts; this is its part on this floor.
 */

import type { DialectKit } from '../database/dialect/kit.ts';
import type { Db } from '../database/open.ts';
import type { Principal } from '../oauth/rules/scope.ts';
import type { Registry } from '../shop/registry.ts';
import type { Locale, Text } from '../shop/text.ts';
import type { Argument, Mutation, OwnType } from './mutation.ts';

/** Root fields for an entity: one row by `id`, and a list with pages and cursors. */
export type EntityRoot = {
  readonly entity: string;
  /** e.g. `maker` */
  readonly one?: string;
  /** e.g. `makers` */
  readonly many?: string;
};

export type QueryContext = {
  readonly db: Db;
  readonly kit: DialectKit;
  readonly registry: Registry;
  readonly principal: Principal;
  readonly timeZone: string;
  readonly locale: Locale;
  readonly currency: string;
  /** Epoch seconds. */
  readonly now: number;
  readonly requestId: string;
};

/**
 * A root field that reads. Wherever `type`, or a field of one of `types`, names a shop entity, `run` hands back the row's
 * primary key (a number, null, or a list of them), and the fields that the caller asked for are read with it. Wrong
 * input: throw `InvalidArgument`.
 */
export type Query = {
  readonly name: string;
  readonly description?: Text;
  /** A document that works; the documentation shows it. */
  readonly example?: string;
  readonly args: Readonly<Record<string, Argument>>;
  readonly type: string;
  readonly types?: readonly OwnType[];
  run(context: QueryContext, args: Readonly<Record<string, unknown>>): Promise<unknown>;
};

/**
 * A scope and what it opens, by the names of types, queries and mutations. `read`, and `read` with `write`, open everything
 * without being named here. A scope that the core does not know needs a description; it may then be given to clients.
 */
export type OpeningScope = {
  readonly name: string;
  /** What an app may do with it, as in “read products”. */
  readonly description?: Text;
  readonly opens: readonly string[];
};

/**
 * A thing of a plugin's whose changes are told under a name of its own, as those of products, orders and customers are: to
 * endpoints, in `changes` and in /api/changes. Each row of `table` is one such thing.
 */
export type ChangeTopic = {
  /** The name on the wire: `maker` makes `maker.created`, `maker.updated`, `maker.deleted`. */
  readonly entity: string;
  /** What staff call it in WebHook管理. */
  readonly label: Text;
  readonly table: string;
  /** The key, a whole number; `id` when left out. */
  readonly column?: string;
  /** Scopes that let an app hear of it, beside `read`. */
  readonly scopes?: readonly string[];
};

export type ApiExtension = {
  readonly roots: readonly EntityRoot[];
  readonly queries: readonly Query[];
  readonly mutations: readonly Mutation[];
  readonly scopes: readonly OpeningScope[];
  readonly topics: readonly ChangeTopic[];
};

export const NO_EXTENSION: ApiExtension = { roots: [], queries: [], mutations: [], scopes: [], topics: [] };
