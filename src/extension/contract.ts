/**
 * What a module named in `TEGATA_EXTENSIONS` may give; its default export is one of these (types only, nothing to call).
 * A file of data (.json, .yaml; see allow-list.ts) gives the same, as far as it needs no code. Example: examples/maker.
 *
 * The names used here are the contract: while `tegata` of an extension matches this program's version, they keep their
 * meaning. How values are handed over is said where each type is declared.
 */

import type { FeedSource } from '../database/feed-sources.ts';
import type { Db } from '../database/open.ts';
import type { ChangeTopic, EntityRoot, OpeningScope, Query } from '../graphql/extension-parts.ts';
import type { Mutation } from '../graphql/mutation.ts';
import type { Column, Entity, Relation } from '../shop/entity.ts';

/**
 * What is added to an entity that the core or another extension has. The shop's database may lack it: then it is left out of
 * the API, and `tegata doctor` names it.
 */
export type EntityAddition = {
  /** Field name in the API → column. A name that the entity has already is a fault at the start. */
  readonly columns?: Readonly<Record<string, Column>>;
  /** Field name in the API → the entity it leads to and the column that holds the key. */
  readonly relations?: Readonly<Record<string, Relation>>;
};

/** A check of what the extension depends on. `/ready` runs it at every request and `tegata doctor` once, so it is to be cheap. */
export type Probe = {
  /** How `/ready` and `doctor` name it. */
  readonly name: string;
  /**
   * Resolves when all is in order and rejects when it is not. The message is for the log and `doctor`; no caller sees it.
   *
   * @param context.db the shop's database, without a transaction.
   */
  check(context: { readonly db: Db }): Promise<void>;
};

export type Extension = {
  /** How faults and notes name it. */
  readonly name: string;
  /**
   * The versions of Tegata that it was written for, as npm writes ranges (`^0.1.0`, node-semver). A program of another
   * version does not start with it.
   */
  readonly tegata: string;
  /** Tables that the core does not know. What the shop's database lacks of them is left out, with a note in `doctor`. */
  readonly entities?: readonly Entity[];
  /** Entity name → columns and relations that a plugin added to its table. */
  readonly additions?: Readonly<Record<string, EntityAddition>>;
  /** Entities that a query finds at its root: one by its key, many by search, or both. */
  readonly roots?: readonly EntityRoot[];
  /** Fields of the root whose values come from a function. */
  readonly queries?: readonly Query[];
  /** Each runs in one transaction; what it throws with `invalid` is the caller's to read, anything else is logged. */
  readonly mutations?: readonly Mutation[];
  /** Scopes (RFC 6749 §3.3), the core's or new ones, and the types, queries and mutations that each opens. */
  readonly scopes?: readonly OpeningScope[];
  /** Things that have changes of their own. */
  readonly topics?: readonly ChangeTopic[];
  /** Further tables whose changes are told as changes of a product, an order, a customer, or a thing of `topics`. */
  readonly feed?: readonly FeedSource[];
  /** Checks that must hold for `/ready` to answer 200. */
  readonly probes?: readonly Probe[];
};
