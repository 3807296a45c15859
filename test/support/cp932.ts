/** A text in what Windows calls Shift_JIS (CP932), by the other direction of the platform's decoder. */
let known: ReadonlyMap<string, readonly number[]> | undefined;

function letters(): ReadonlyMap<string, readonly number[]> {
  if (known) return known;
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  const found = new Map<string, readonly number[]>();
  const note = (...bytes: number[]): void => {
    try {
      const letter = decoder.decode(Uint8Array.from(bytes));
      if ([...letter].length === 1 && !found.has(letter)) found.set(letter, bytes);
    } catch {
      // These bytes are no letter.
    }
  };
  for (let byte = 0; byte < 0xe0; byte += 1) if (byte < 0x80 || byte > 0xa0) note(byte);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (lead >= 0xa0 && lead < 0xe0) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) note(lead, trail);
  }
  known = found;
  return found;
}

export const cp932 = (text: string): Buffer<ArrayBuffer> =>
  Buffer.from(
    [...text].flatMap((letter) => {
      const bytes = letters().get(letter);
      if (!bytes) throw new Error(`CP932 has no ${letter}`);
      return [...bytes];
    }),
  );
