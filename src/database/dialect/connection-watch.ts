/**
 * Finds connections that a silent network has killed, without waiting until a statement is overdue: while an answer is long
 * in coming, the server is asked on another connection whether it works on it at all. Where it does not, the
 * statement or its answer was lost on the way, and neither will ever come.
 */
import type { Duplex } from 'node:stream';
import { systemClock } from '../../base/clock.ts';
import { NoAnswer } from './limits.ts';

const LOOK_MS = 1_000;
/** Of waiting for an answer; most statements take a hundredth of it. */
const SUSPECT_AFTER_MS = 2_000;
/** For the question itself: to connect, and for each of its statements. */
export const INQUIRY_MS = 2_000;
/** A session whose statement has been over for so long would have been heard of. */
export const OVER_FOR_SECONDS = 1;

export type Suspect = {
  /** What the server calls the session. */
  readonly id: number;
  readonly openedSecondsAgo: number;
};

/** A connection beside the pool's. Whatever fails means that nothing is known. */
export type Inquiry = {
  /** Those whose statement is over at the server, or that are older than the server. */
  over(suspects: readonly Suspect[]): Promise<readonly number[]>;
  /** Ends them at the server, where they may hold locks. */
  end(suspects: readonly Suspect[]): Promise<void>;
  close(): void;
};

type Watched = {
  readonly id: number;
  readonly socket: () => Duplex & { readonly bytesRead?: number };
  readonly openedMs: number;
  /** When its last answer had come. */
  heardMs: number;
  /** When the statement was sent whose answer is awaited. */
  sentMs: number | undefined;
  bytesRead: number;
};

export class ConnectionWatch {
  readonly #open: () => Promise<Inquiry>;
  readonly #all = new Set<Watched>();
  #inquiry: Inquiry | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(open: () => Promise<Inquiry>) {
    this.#open = open;
  }

  /** Until its socket closes. The function it returns is called when a statement is sent; what that returns, when it is answered. */
  add(id: number, socket: Watched['socket']): () => () => void {
    const nowMs = systemClock.monotonicMs();
    const one: Watched = { id, socket, openedMs: nowMs, heardMs: nowMs, sentMs: undefined, bytesRead: 0 };
    this.#all.add(one);
    socket().once('close', () => this.#all.delete(one));
    const answered = () => {
      one.sentMs = undefined;
      one.heardMs = systemClock.monotonicMs();
    };
    return () => {
      one.sentMs = systemClock.monotonicMs();
      this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
      return answered;
    };
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const suspects = this.#suspects();
      if (suspects.length > 0) await this.#ask(suspects);
      else if (this.#waiting().length === 0) this.#rest();
    } catch {
      this.#dropInquiry(); // nothing is known; the next look asks again
    } finally {
      this.#looking = false;
    }
  }

  #waiting(): Watched[] {
    return [...this.#all].filter(({ sentMs }) => sentMs !== undefined);
  }

  /** Those that wait and have heard nothing since the last look. */
  #suspects(): Watched[] {
    const sentBefore = systemClock.monotonicMs() - SUSPECT_AFTER_MS;
    return this.#waiting().filter((one) => {
      const { bytesRead = 0 } = one.socket();
      const silent = bytesRead === one.bytesRead;
      one.bytesRead = bytesRead;
      return silent && one.sentMs !== undefined && one.sentMs <= sentBefore;
    });
  }

  async #ask(suspects: readonly Watched[]): Promise<void> {
    const sent = new Map(suspects.map((one) => [one, one.sentMs]));
    this.#inquiry ??= await this.#open();
    const over = new Set(await this.#inquiry.over(suspects.map(suspectOf)));
    // Meanwhile an answer may have come after all, to a process that had stood still.
    const lost = suspects.filter((one) => over.has(one.id) && one.sentMs === sent.get(one) && isSilent(one));
    if (lost.length === 0) return;
    const sinceMs = Math.min(...lost.map((one) => sent.get(one) ?? Number.POSITIVE_INFINITY));
    // What has not been heard of since then lies on the same dead way.
    const unheard = [...this.#all].filter(({ sentMs, heardMs }) => sentMs === undefined && heardMs < sinceMs);
    const dead = [...lost, ...unheard];
    for (const { socket } of dead) socket().destroy(new NoAnswer('the way to the database was lost'));
    await this.#inquiry.end(dead.map(suspectOf));
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#dropInquiry();
  }

  #dropInquiry(): void {
    this.#inquiry?.close();
    this.#inquiry = undefined;
  }
}

const isSilent = ({ socket, bytesRead }: Watched): boolean => (socket().bytesRead ?? 0) === bytesRead;

const suspectOf = ({ id, openedMs }: Watched): Suspect => ({
  id,
  openedSecondsAgo: (systemClock.monotonicMs() - openedMs) / 1000,
});
