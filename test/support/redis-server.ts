/** The real Redis (or Valkey, which speaks the same), in memory and for one test file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, hasProgram } from '../../scripts/programs.ts';
import { freePort } from './free-port.ts';

export type RedisServer = {
  readonly url: string;
  /** It answers no more, and its connections stay open. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
};

/** Why Redis cannot run here. */
export const lackingRedis = (): string | undefined =>
  hasProgram('redis-server') ? undefined : 'redis-server is not installed';

export async function startRedis(port?: number): Promise<RedisServer> {
  const at = port ?? (await freePort());
  const args = ['--port', String(at), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(findProgram('redis-server'), args, { stdio: 'ignore' });
  const ended = once(server, 'exit');
  while (!(await listens(at))) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}`);
    await sleep(20);
  }
  return {
    url: `redis://127.0.0.1:${at}`,
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    stop: async () => {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
