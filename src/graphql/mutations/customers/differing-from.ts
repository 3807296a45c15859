/** What a caller may learn of a row that a person is behind, by what its change would write. */
import { differing } from '../../../shop/rows/differing.ts';
import type { FieldValue, FieldValues } from '../../../shop/rows/write.ts';
import type { MutationContext } from '../../mutation.ts';

const OPENERS = {
  Customer: 'read:customers',
  CustomerAddress: 'read:customers',
  Order: 'read:orders',
  Shipping: 'read:orders',
} as const;

/**
 * As `differing`; but in a dry run of a token that may not read the row, everything given counts as a change: that nothing
 * would be written would tell that a guess was right, again and again.
 */
export function differingFrom(
  context: MutationContext,
  entityName: keyof typeof OPENERS,
  row: Readonly<Record<string, FieldValue>>,
  wanted: FieldValues,
): FieldValues {
  const { validateOnly, principal } = context;
  const mayRead = principal.scopes.has('read') || principal.scopes.has(OPENERS[entityName]);
  return validateOnly && !mayRead ? wanted : differing(context, entityName, row, wanted);
}
