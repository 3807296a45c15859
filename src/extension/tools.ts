/**
 * `import { … } from 'tegata/extension'`: all that a module may use of Tegata, and the only door to it. The reading and
 * writing of rows keeps EC-CUBE's habits (`update_date`, `creator_id`, `discriminator_type`); see shop/rows/write.ts.
 */

export type { FeedSource } from '../database/feed-sources.ts';
export type {
  ChangeTopic,
  EntityRoot,
  OpeningScope,
  Query,
  QueryContext,
} from '../graphql/extension-parts.ts';
export type { Argument, Mutation, MutationContext, OwnType } from '../graphql/mutation.ts';
export { invalid, rowId } from '../graphql/mutations/arguments.ts';
export type { Column, Entity, Relation } from '../shop/entity.ts';
export { deleteRows, insertRow, lockRows, readRows, updateRows } from '../shop/rows/write.ts';
export type { EntityAddition, Extension, Probe } from './contract.ts';
