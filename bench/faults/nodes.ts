/** Two nodes of Tegata on one database: real processes that are killed, stalled and started again, each on its own port. */
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/support/free-port.ts';
import { type Program, startProgram } from '../../test/support/program.ts';
import { scratchFolder } from '../../test/support/scratch.ts';
import { isAlive, signalFamily } from './processes.ts';

const GONE_MS = 20_000;

export type Node = {
  readonly url: string;
  pid(): number;
  kill(): void;
  /** Asks it to end and waits until it has; its exit code. */
  stop(): Promise<number | null>;
  /** `env`: beside what every node is given. */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  /** What it has written since its last start. */
  output(): string;
};

export type Nodes = { readonly all: readonly [Node, Node]; readonly dataDir: string; stop(): Promise<void> };

export async function startNodes(databaseUrl: string): Promise<Nodes> {
  const dataDir = scratchFolder('tegata-faults-data-');
  const ports = [await freePort(), await freePort()] as const;
  const env = {
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: `http://localhost:${ports[0]}`,
    TEGATA_WEBHOOK_ALLOW: '127.0.0.0/8',
    TEGATA_LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
  };
  const [first, second] = ports.map((port) => makeNode(port, dataDir, env)) as [Node, Node];
  await first.start();
  await second.start();
  const stop = async () => {
    await Promise.all([first.stop(), second.stop()]);
  };
  return { all: [first, second], dataDir, stop };
}

function makeNode(port: number, dataDir: string, env: Readonly<Record<string, string>>): Node {
  let program: Program | undefined;
  const running = (): Program => {
    if (!program) throw new Error('the node has not been started');
    return program;
  };
  const node: Node = {
    url: `http://127.0.0.1:${port}`,
    pid: () => running().pid,
    kill: () => signalFamily(running().pid, 'SIGKILL'),
    stop: () => running().stop(),
    start: async (more = {}) => {
      if (program) await untilGone(program.pid);
      program = await startProgram({ dataDir, env: { ...env, ...more, PORT: String(port) } });
    },
    output: () => running().output(),
  };
  return node;
}

async function untilGone(pid: number): Promise<void> {
  for (const deadline = Date.now() + GONE_MS; isAlive(pid) && Date.now() < deadline; ) await sleep(10);
}
