/** How far a long deed is, on the terminal of the person who waits for it; nowhere else. */

const EVERY_MS = 200;

type ShownProgress = {
  /** `text` takes the place of the one before. */
  say(text: string): void;
  end(): void;
};

export function progress(): ShownProgress {
  const shown = process.stderr.isTTY === true;
  let saidAt = 0;
  return {
    say: (text) => {
      const now = performance.now();
      if (!shown || now - saidAt < EVERY_MS) return;
      saidAt = now;
      process.stderr.write(`\r\u001b[K${text}`);
    },
    end: () => {
      if (shown && saidAt > 0) process.stderr.write('\r\u001b[K');
    },
  };
}

export const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
