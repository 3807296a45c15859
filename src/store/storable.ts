/** Texts that strangers send, made fit for a column: PostgreSQL refuses NUL, servers refuse what is too long. */

/** The text without NUL and broken Unicode, cut to `length` characters; null stays null. */
export const storable = (text: string | null | undefined, length: number): string | null =>
  text === null || text === undefined ? null : text.replaceAll('\0', '').slice(0, length).toWellFormed();
