/** Rows as aligned columns of text for a terminal. */

/** Characters that take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;

const widthOf = (text: string): number => [...text].length + (text.match(WIDE)?.length ?? 0);

/** Names in a shop's database may hold anything; a terminal obeys control characters. */
export const harmless = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [headings, ...rows].map((cells) => cells.map(harmless));
  // One by one: a long list is too many arguments for one call of Math.max.
  const widths = headings.map((_, column) =>
    lines.reduce((widest, cells) => Math.max(widest, widthOf(cells[column] ?? '')), 0),
  );
  return lines.map((cells) =>
    cells
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** `key  value` lines. */
export const facts = (pairs: Readonly<Record<string, string>>): string[] => {
  const [first, ...rest] = Object.entries(pairs);
  return first ? table(first, rest) : [];
};

/** Epoch seconds as `YYYY-MM-DD HH:MM:SS` in the shop's zone. */
export const timeText = (at: number | null, timeZone: string): string =>
  at === null
    ? '–'
    : new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
        at * 1000,
      );

/** `1 token`, `2 tokens`. */
export const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
