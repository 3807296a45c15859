/** The time that a request to another host may take: one limit for all of it, an earlier one for being connected. */

export type Deadline = {
  /** The earlier limit is over: there is a connection. */
  readonly connected: () => void;
  isLate(): boolean;
  /** Called at once when it is late already. */
  onLate(act: (reason: Error) => void): void;
  /** Settles with `work`, or rejects when the time is over; `work` may then go on unheard. */
  orLate<T>(work: Promise<T>): Promise<T>;
  /** Stops the clocks. */
  end(): void;
};

export function startDeadline(connectMs: number, totalMs: number): Deadline {
  const over = new AbortController();
  const { signal } = over;
  const endAfter = (ms: number, reason: string) => setTimeout(() => over.abort(new Error(reason)), ms);
  const connecting = endAfter(connectMs, 'no connection in time');
  const total = endAfter(totalMs, 'no answer in time');
  const connected = () => clearTimeout(connecting);
  const onLate = (act: (reason: Error) => void) => {
    if (signal.aborted) act(signal.reason);
    else signal.addEventListener('abort', () => act(signal.reason), { once: true });
  };
  return {
    connected,
    isLate: () => signal.aborted,
    onLate,
    orLate: (work) => Promise.race([work, new Promise<never>((_, reject) => onLate(reject))]),
    end: () => {
      connected();
      clearTimeout(total);
    },
  };
}
