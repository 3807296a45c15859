/** What a mutation says that deletes a row, and what it says when other rows depend on it. */
import { formMessages } from '../../../shop/forms/messages.ts';
import { hasRow, type RowMatch } from '../../../shop/rows/write.ts';
import { InvalidArgument } from '../../errors.ts';
import type { MutationContext } from '../../mutation.ts';
import { faultAt } from '../form-faults.ts';

/** The key of the row that is gone. */
export const DELETED_ID = 'ID!';

/**
 * Throws IN_USE when a row of `entity` equals `where`. Lock the row that is to go first: then no other can begin to depend
 * on it. SQLite shops have no foreign keys, so this is asked and not left to the database.
 */
export async function refuseInUse(
  context: MutationContext,
  name: string,
  entity: string,
  where: RowMatch,
  place = 'id',
): Promise<void> {
  if (!(await isUsed(context, entity, where))) return;
  throw new InvalidArgument([faultAt(place, formMessages.inUse(name)[context.locale], 'IN_USE')]);
}

async function isUsed(context: MutationContext, entity: string, where: RowMatch): Promise<boolean> {
  const isKnown = context.registry.entities.some((one) => one.name === entity);
  return isKnown && hasRow(context, entity, where);
}
