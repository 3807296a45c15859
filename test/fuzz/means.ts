/** What a request may cost, whatever is asked: generous, so that only what grows out of hand is found. */
import { expectThat } from './answers.ts';

const MOST_CPU_MS = 150; // a request, on average over those that are on their way together
const MOST_MEMORY = 512 * 1024 * 1024; // bytes that all of them together may leave behind before the collector comes

/** Runs `size` requests and looks at the CPU time and the memory that went by. */
export async function withinMeans(size: number, run: () => Promise<void>): Promise<void> {
  const [cpu, memory] = [process.cpuUsage(), process.memoryUsage()];
  await run();
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1000 / size;
  expectThat(cpuMs < MOST_CPU_MS, `${Math.round(cpuMs)} ms of CPU a request`);
  const grown = process.memoryUsage().rss - memory.rss;
  expectThat(grown < MOST_MEMORY, `${Math.round(grown / 1024 / 1024)} MiB more for ${size} requests`);
}
