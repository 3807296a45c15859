/** What befalls the nodes: killed, stalled, flooded, their clocks set, restarted behind a proxy. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { clockFile } from './clock-file.ts';
import type { End, Fault } from './faults.ts';
import { flood } from './flood.ts';
import { nginxBefore } from './nginx.ts';
import type { Node } from './nodes.ts';
import { signalFamily } from './processes.ts';
import { repeat } from './repeat.ts';
import type { World } from './world.ts';

const ALL = ['sqlite', 'postgres', 'mariadb'] as const;
const CLOCK_STEPS = [90, -120, 3_600, -30, 0]; // seconds

export const nodeFaults: readonly Fault[] = [
  {
    name: 'killed-nodes',
    title: 'one node or the other killed (-9) each second',
    on: ALL,
    begin: killEachSecond,
  },
  {
    name: 'stalled',
    title: 'a node’s event loop stands still (SIGSTOP)',
    on: ALL,
    begin: async ({ both: [node] }) => {
      signalFamily(node.pid(), 'SIGSTOP');
      return async () => signalFamily(node.pid(), 'SIGCONT');
    },
  },
  {
    name: 'flooded',
    title: 'far more requests than the nodes can answer',
    on: ALL,
    begin: (world) => flood(world),
  },
  {
    name: 'clock',
    title: 'a node’s clock set forth and back by up to an hour',
    on: ALL,
    begin: stepClock,
  },
  {
    name: 'rolling',
    title: 'both nodes restarted in turn behind nginx',
    on: ALL,
    lacking: () => (existsSync('/usr/sbin/nginx') ? undefined : 'nginx is not installed'),
    before: nginxBefore,
    begin: restartInTurn,
  },
];

async function killEachSecond({ both }: World): Promise<End> {
  let turn = 0;
  const revive = async (node: Node) => node.start().catch(() => undefined); // killed before it was ready
  const starting = new Map<Node, Promise<void>>();
  const stop = repeat(async () => {
    turn += 1;
    const node = both[turn % 2]!;
    await starting.get(node);
    node.kill();
    starting.set(node, revive(node));
    await sleep(1_000);
  });
  return async () => {
    await stop();
    await Promise.all(starting.values());
  };
}

/** Of the first node: the other one, and the database, know the right time. */
async function stepClock({ both: [node], nodes }: World): Promise<End> {
  const { env, set } = clockFile(nodes.dataDir);
  await node.stop();
  await node.start(env);
  let step = 0;
  const stop = repeat(async () => {
    set(CLOCK_STEPS[step % CLOCK_STEPS.length]!);
    step += 1;
    await sleep(2_000);
  });
  return async () => {
    await stop();
    set(0);
  };
}

async function restartInTurn({ both }: World): Promise<End> {
  return repeat(async () => {
    for (const node of both) {
      await node.stop();
      await node.start();
      await sleep(500);
    }
  });
}
