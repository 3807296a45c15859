/**
 * The state of a row as a short opaque text, the same while none of its own columns has changed: what a caller that read a
 * row gives back, so that it does not overwrite what others wrote since. `update_date` alone has whole seconds, in which
 * two changes fit. Rows that hang on it have versions of their own. It is keyed: who may read the version and not the row
 * (read:orders:minimal) cannot find out by trying what the row holds.
 */
import { hmacBase64url } from '../../base/bytes.ts';
import { type ColumnType, columnName, type Entity } from '../entity.ts';
import { foreignKey } from './select.ts';
import type { Row } from './statement.ts';

/** The field under which the API shows it. */
export const VERSION_FIELD = 'version';

const LENGTH = 32; // hexadecimal digits, 128 bits

/** The columns that a version is made of; its foreign keys come beside them. */
export const versionColumns = (entity: Entity): string[] =>
  Object.entries(entity.columns).flatMap(([field, { hidden }]) => (hidden ? [] : [field]));

/** A field for each foreign key that a row holds. */
export function versionKeys(entity: Entity): string[] {
  const fields = new Map<string, string>();
  for (const [field, relation] of Object.entries(entity.relations)) {
    if (relation.kind === 'one' && !fields.has(relation.column)) fields.set(relation.column, field);
  }
  return [...fields.values()];
}

/** Of a row as `rows.ts` reads it, with the columns and all foreign keys. */
export const versionOfRead = (key: Uint8Array, entity: Entity, row: Row): string =>
  versionOf(key, entity, (field) => {
    const relation = entity.relations[field];
    return row[relation?.kind === 'one' ? foreignKey(relation.column) : field];
  });

/** Of a row as `write.ts` reads it: the foreign keys stand under the names of their relations. */
export const versionOfLocked = (key: Uint8Array, entity: Entity, row: Row): string =>
  versionOf(key, entity, (field) => row[field]);

function versionOf(key: Uint8Array, entity: Entity, value: (field: string) => unknown): string {
  const columns = versionColumns(entity).map((field): [string, unknown] => {
    const column = entity.columns[field];
    return [column ? columnName(field, column) : field, canonicalValue(column?.type, value(field))];
  });
  const keys = versionKeys(entity).map((field): [string, unknown] => {
    const relation = entity.relations[field];
    return [relation?.kind === 'one' ? relation.column : field, canonicalValue('integer', value(field))];
  });
  const all = [...columns, ...keys].sort(([a], [b]) => (a < b ? -1 : 1));
  const mark = hmacBase64url(key, JSON.stringify([entity.name, all]));
  return Buffer.from(mark, 'base64url').toString('hex').slice(0, LENGTH);
}

/** Databases, and ways of reading them, write the same value differently. */
function canonicalValue(type: ColumnType | undefined, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return value === true || value === 1 || value === '1';
  if (type === 'datetimetz') return String(value).slice(0, 19).replace('T', ' ');
  const text = String(value);
  return type === 'decimal' && text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
