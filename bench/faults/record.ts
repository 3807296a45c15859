/** What the load was told: each answer and refusal with its time, and everything that it has a right to rely on afterwards. */

export type Told = {
  readonly begunMs: number;
  readonly endedMs: number;
  readonly ok: boolean;
  /** What came instead of an answer: the HTTP status, the code of an error of the API, `no answer`. */
  readonly refusal: string;
  /** Where it was sent. */
  readonly to: string;
};

export type Change = {
  readonly reference: string;
  readonly productIds: readonly number[]; // a product's class has the product's id
  /** Of the first attempt: it may have worked, and been told of, though no answer came. */
  readonly begunMs: number;
  acknowledged: boolean;
};

export class Recorder {
  readonly told: Told[] = [];
  acknowledged = 0;
  /** Each with what it was about: an acknowledged thing that turned out unknown. */
  readonly lost: string[] = [];
  readonly doubled: string[] = [];
  readonly revokedButWorking: string[] = [];
  readonly changes: Change[] = [];
  /** Codes that were redeemed, with the refresh token that came of each. */
  readonly redeemed: { readonly body: string; readonly refresh: string; readonly grantId: string }[] = [];
  /** The newest refresh token of each chain. */
  readonly chains = new Set<string>();
  readonly access: string[] = [];
  readonly revoked: string[] = [];

  /** Refusals, most frequent first: `503 ×12`. */
  refusals(): string {
    return counted(this.told.filter(({ ok }) => !ok).map(({ refusal }) => refusal));
  }

  /** Seconds from `endMs` until the last request that was begun after it and failed, or hung, had ended. */
  healedAfter(endMs: number, slowMs: number): number {
    return Math.max(0, ...this.#badAfter(endMs, slowMs).map(({ endedMs }) => endedMs - endMs)) / 1000;
  }

  /** What these requests were told, each with the place. */
  unhealed(endMs: number, slowMs: number): string {
    return counted(
      this.#badAfter(endMs, slowMs).map(({ ok, refusal, to }) => `${ok ? 'slow' : refusal} ${to}`),
    );
  }

  #badAfter(endMs: number, slowMs: number): Told[] {
    return this.told.filter(
      ({ begunMs, endedMs, ok }) => begunMs >= endMs && (!ok || endedMs - begunMs > slowMs),
    );
  }
}

function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => `${name} ×${count}`).join(', ') || 'none';
}
