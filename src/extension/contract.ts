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

/** What is added to an entity that is already there. */
export type EntityAddition = {
  readonly columns?: Readonly<Record<string, Column>>;
  readonly relations?: Readonly<Record<string, Relation>>;
};

/** Whether what the extension depends on is in order: /ready and `doctor` run it. */
export type Probe = {
  readonly name: string;
  /** Rejects when it is not; the message is for the log and `doctor`, never for the world. */
  check(context: { readonly db: Db }): Promise<void>;
};

export type Extension = {
  /** How faults and notes name it. */
  readonly name: string;
  /** The versions of Tegata that it was written for, as npm writes ranges: `^0.1.0`. */
  readonly tegata: string;
  /** Tables that the core does not know. What the shop's database lacks of them is left out, with a note in `doctor`. */
  readonly entities?: readonly Entity[];
  /** Entity name → columns and relations that a plugin added to its table. */
  readonly additions?: Readonly<Record<string, EntityAddition>>;
  /** Entities that can be asked for at the root. */
  readonly roots?: readonly EntityRoot[];
  readonly queries?: readonly Query[];
  readonly mutations?: readonly Mutation[];
  readonly scopes?: readonly OpeningScope[];
  /** Things that have changes of their own. */
  readonly topics?: readonly ChangeTopic[];
  /** Further tables whose changes are told as changes of a product, an order, a customer, or a thing of `topics`. */
  readonly feed?: readonly FeedSource[];
  readonly probes?: readonly Probe[];
};
