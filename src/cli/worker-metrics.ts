/**
 * `/metrics` of all workers as one: the worker that is asked asks the first process, which asks all that serve. Who does not
 * answer in time is left out.
 */
import cluster, { type Worker } from 'node:cluster';
import {
  AggregatorRegistry,
  type MetricObjectWithValues,
  type MetricValue,
  type Registry,
} from 'prom-client';
import { randomHex } from '../base/bytes.ts';

const ANSWER_MS = 2_000;
const SUM_MS = 2_500; // of the 3 seconds that a scraper may give

type Values = readonly MetricObjectWithValues<MetricValue<string>>[];
/** What goes between the processes; `id` is of one scrape. */
type Message =
  | { readonly tegata: 'metrics'; readonly id: string; readonly ask: 'sum' | 'values' }
  | { readonly tegata: 'metrics'; readonly id: string; readonly values: Values }
  | { readonly tegata: 'metrics'; readonly id: string; readonly text: string };

const isOurs = (message: unknown): message is Message =>
  typeof message === 'object' && message !== null && (message as Message).tegata === 'metrics';

/** In a worker: the metrics of all of them; its own when the first process does not answer. */
export function metricsOfWorkers(registry: Registry): () => Promise<string> {
  const waiting = new Map<string, (text: string) => void>();
  process.on('message', (message) => {
    if (!isOurs(message)) return;
    if ('text' in message) waiting.get(message.id)?.(message.text);
    if ('ask' in message) void answer(registry, message.id);
  });
  return async () => {
    const id = randomHex(8);
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    waiting.set(id, resolve);
    const late = setTimeout(resolve, SUM_MS, undefined);
    try {
      say({ tegata: 'metrics', id, ask: 'sum' });
      return (await promise) ?? (await registry.metrics());
    } finally {
      clearTimeout(late);
      waiting.delete(id);
    }
  };
}

async function answer(registry: Registry, id: string): Promise<void> {
  say({ tegata: 'metrics', id, values: await registry.getMetricsAsJSON() });
}

/** The first process may be gone: what is said then is heard by no one, and is no error. */
const say = (message: Message): void => void process.send?.(message, () => {});

/** In the first process: answers for all workers that serve. */
export function sumWorkerMetrics(serving: ReadonlySet<Worker>): void {
  const rounds = new Map<
    string,
    { readonly values: Values[]; readonly due: number; readonly end: () => void }
  >();
  cluster.on('message', (worker, message: unknown) => {
    if (!isOurs(message)) return;
    if ('ask' in message) void sum(worker, message.id);
    if (!('values' in message)) return;
    const round = rounds.get(message.id);
    round?.values.push(message.values);
    if (round && round.values.length >= round.due) round.end();
  });
  const sum = async (asker: Worker, id: string): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const values: Values[] = [];
    rounds.set(id, { values, due: serving.size, end: resolve });
    const late = setTimeout(resolve, ANSWER_MS);
    for (const worker of serving) worker.send({ tegata: 'metrics', id, ask: 'values' }, () => {});
    await promise;
    clearTimeout(late);
    rounds.delete(id);
    const text = await AggregatorRegistry.aggregate([...values]).metrics();
    asker.send({ tegata: 'metrics', id, text }, () => {});
  };
}
