/**
 * What a caller expects of the row that it changes: the `update_date` or the `version` that it read. Judged on the locked row,
 * so that of two who read the same state one is refused and told the present one.
 */

import { VERSION_FIELD, versionColumns, versionKeys, versionOfLocked } from '../../shop/rows/version.ts';
import { lockRows } from '../../shop/rows/write.ts';
import { parseDatabaseDate, shopTime } from '../../shop/shop-time.ts';
import { InvalidArgument } from '../errors.ts';
import type { Argument, MutationContext } from '../mutation.ts';

export type Precondition = {
  /** Epoch seconds. */
  readonly ifUpdateDate?: number | null;
  readonly ifVersion?: string | null;
};

/** The arguments, to be spread into those of a mutation that changes a row of this entity. */
export const preconditions = (entity: string): Readonly<Record<string, Argument>> => ({
  ifUpdateDate: {
    type: 'DateTime',
    description: {
      ja: '読み取ったときの update_date。異なる場合は更新せず、CONFLICT を返します',
      en: 'The update_date that you read; if it is another now, nothing is changed (CONFLICT)',
    },
    crosses: [entity],
  },
  ifVersion: {
    type: 'String',
    description: {
      ja: '読み取ったときの version。異なる場合は更新せず、CONFLICT を返します',
      en: 'The version that you read; if it is another now, nothing is changed (CONFLICT)',
    },
    crosses: [entity],
  },
});

/**
 * Call it where the row is locked, or may be: it locks the row itself. A row that there is not is left to the caller. `place`:
 * the path of the input object that holds the precondition, `items[3]`.
 */
export async function judgeUnchanged(
  context: MutationContext,
  entityName: string,
  id: number,
  { ifUpdateDate, ifVersion }: Precondition,
  place?: string,
): Promise<void> {
  const expectsDate = typeof ifUpdateDate === 'number';
  const expectsVersion = typeof ifVersion === 'string';
  if (!expectsDate && !expectsVersion) return;
  const entity = context.registry.entity(entityName);
  const fields = [...versionColumns(entity), ...versionKeys(entity)];
  const [row] = await lockRows(context, entityName, fields, { id });
  if (!row) return;
  const version = versionOfLocked(context.versionKey, entity, row);
  const date =
    row.update_date === null || row.update_date === undefined ? undefined : String(row.update_date);
  const isOther = expectsDate && (date === undefined || parseDatabaseDate(date) !== ifUpdateDate);
  if (!isOther && !(expectsVersion && ifVersion !== version)) return;
  const argument = isOther ? 'ifUpdateDate' : 'ifVersion';
  throw new InvalidArgument([
    {
      argument,
      text: 'The row has changed in the meantime',
      code: 'CONFLICT',
      field: place === undefined ? argument : `${place}.${argument}`,
      current: {
        update_date: date === undefined ? null : shopTime(context.timeZone).write(date),
        [VERSION_FIELD]: version,
      },
    },
  ]);
}
