/** Far more at once than two nodes can answer; what comes of it is counted apart from the load. */
import { Agent, request } from 'node:http';
import type { End } from './faults.ts';
import type { World } from './world.ts';

const CONNECTIONS = 700; // to each node
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export async function flood({ both, client }: Pick<World, 'both' | 'client'>): Promise<End> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...client }).toString();
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  let ended = false;
  const counts = new Map<number, number>();
  const post = (url: string) =>
    new Promise<number>((resolve) => {
      const headers = { ...FORM, 'content-length': Buffer.byteLength(body) };
      const sent = request(`${url}/token`, { method: 'POST', agent, headers }, (answer) => {
        answer.resume().on('close', () => resolve(answer.statusCode ?? 0));
      });
      sent.on('error', () => resolve(0)).end(body);
    });
  const lane = async (url: string) => {
    while (!ended) {
      const status = await post(url);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
  };
  const lanes = both.flatMap(({ url }) => Array.from({ length: CONNECTIONS }, () => lane(url)));
  return async () => {
    ended = true;
    await Promise.all(lanes);
    agent.destroy();
    console.log(
      `  the flood was answered: ${[...counts].map(([status, n]) => `${status} ×${n}`).join(', ')}`,
    );
  };
}
