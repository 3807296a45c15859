/** What a piece of a backup must look like: the file was sealed by someone who knows its passphrase, which need not be us. */
import { type DumpedValue, isDumpedValue } from '../../database/dump/read-rows.ts';
import type { Manifest } from './manifest.ts';

/** The bytes are none of a backup. */
export class FrameError extends Error {}

type Head =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'rows'; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'end' };

type Members = Readonly<Record<string, unknown>>;

// They are shown to the one who runs the command, on a terminal that obeys control characters.
const NAME = /^[\w.+-]{1,100}$/;
const COLUMN = /^[a-z][a-z0-9_]{0,62}$/;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (value: unknown): value is string => typeof value === 'string' && NAME.test(value);
const isListOf = (value: unknown, fits: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(fits);

const FITS: Readonly<Record<Head['kind'], (head: Members) => boolean>> = {
  manifest: ({ manifest }) => isMembers(manifest) && isManifest(manifest),
  file: ({ name }) => typeof name === 'string',
  rows: ({ table, columns }) => isName(table) && isListOf(columns, isColumn) && isSet(columns as string[]),
  bytes: () => true,
  end: () => true,
};

const isColumn = (name: unknown): boolean => typeof name === 'string' && COLUMN.test(name);
const isSet = (columns: readonly string[]): boolean =>
  columns.length > 0 && new Set(columns).size === columns.length;

/** A later format may say other things of itself; every format says which one it is. */
function isManifest({ format, form, madeAt, version, database, embedded, ...more }: Members): boolean {
  if (typeof format === 'number' && format !== 1) return true;
  return (
    format === 1 &&
    (form === 'backup' || form === 'export') &&
    Number.isSafeInteger(madeAt) &&
    isName(version) &&
    isName(database) &&
    typeof embedded === 'boolean' &&
    isListOf(more.migrations, isName) &&
    (more.migrations as string[]).length > 0 &&
    typeof more.keyFolder === 'string'
  );
}

/** @throws FrameError */
export function judgedHead(head: unknown): Head {
  const kind = isMembers(head) ? (head.kind as Head['kind']) : undefined;
  if (kind === undefined || !Object.hasOwn(FITS, kind) || !FITS[kind](head as Members))
    throw new FrameError('a piece is none of a backup');
  return head as Head;
}

/** @throws FrameError */
export function judgedValues(values: unknown, count: number): readonly DumpedValue[] {
  if (!Array.isArray(values) || values.length !== count || !values.every(isDumpedValue))
    throw new FrameError('a row is none of a backup');
  return values;
}
