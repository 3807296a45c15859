/** A listener to server-sent events by plain fetch: it reads as a browser does and reconnects for nobody. */

export type StreamEvent = { readonly id: string; readonly event: string; readonly data: string };

export type EventStream = {
  readonly response: Response;
  readonly events: readonly StreamEvent[];
  /** The id that a browser would send when it came back. */
  lastEventId(): string;
  /** All that came so far, comments included. */
  text(): string;
  /** Resolves when `holds` does, fails when the stream ends before. */
  until(holds: (stream: EventStream) => boolean): Promise<void>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  leave(): void;
};

export async function openEventStream(url: string, headers: Record<string, string>): Promise<EventStream> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers, signal: leaving.signal });
  const events: StreamEvent[] = [];
  const waiting = new Set<() => void>();
  let [text, lastId, over] = ['', '', false];
  const read = async (): Promise<void> => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const decoded = decoder.decode(chunk, { stream: true });
      text += decoded;
      const blocks = (rest + decoded).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const one = parseBlock(block);
        lastId = one.id === '' ? lastId : one.id;
        if (one.data !== '') events.push(one);
      }
      for (const look of waiting) look();
    }
  };
  const ended = read()
    .catch(() => {}) // left, or cut off
    .finally(() => {
      over = true;
      for (const look of waiting) look();
    });
  const stream: EventStream = {
    response,
    events,
    lastEventId: () => lastId,
    text: () => text,
    ended,
    leave: () => leaving.abort(),
    until: (holds) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (holds(stream)) resolve();
          else if (over) reject(new Error(`the stream ended before:\n${text}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
  };
  return stream;
}

function parseBlock(block: string): StreamEvent {
  const one = { id: '', event: 'message', data: '' };
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
    if (field === 'id' || field === 'event' || field === 'data') one[field] = value;
  }
  return one;
}
