/** Gives back the memory that the start alone has needed; V8 would keep it for requests that may never come in such numbers. */

const AFTER_MS = 1_000; // by then who waited for the start has been answered

export function giveBackStart(): void {
  setTimeout(() => globalThis.gc?.({ type: 'major', flavor: 'last-resort' }), AFTER_MS).unref();
}
