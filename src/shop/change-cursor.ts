/** The place in the change feed as callers hold it: opaque, so that no one counts on its making. */

const FORM = /^change:(0|[1-9]\d{0,15})$/;

export const changeCursor = (position: number): string =>
  Buffer.from(`change:${position}`).toString('base64url');

/** The position behind a cursor; undefined for what is none. */
export function readChangeCursor(cursor: string): number | undefined {
  const digits = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  const position = digits === undefined ? Number.NaN : Number(digits);
  return Number.isSafeInteger(position) && changeCursor(position) === cursor ? position : undefined;
}
