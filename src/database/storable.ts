/** Texts that strangers send, made fit for a column: PostgreSQL refuses NUL, servers refuse what is too long. */

/** Whether a text can stand in a column at all; one that cannot is no one's id. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** The text without NUL and broken Unicode, cut to `length` characters; null stays null. */
export const storable = (text: string | null | undefined, length: number): string | null =>
  text === null || text === undefined ? null : text.replaceAll('\0', '').slice(0, length).toWellFormed();
