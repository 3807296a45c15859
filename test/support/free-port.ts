/**
 * A TCP port on 127.0.0.1 that nobody listens on. Drawn below the kernel's ephemeral range (32768 and up on Linux),
 * so that no outgoing connection of a test running beside this one can take it before the server does.
 */
import { createServer } from 'node:net';

const FIRST_PORT = 20_000;
const PORTS = 12_000;

export async function freePort(): Promise<number> {
  const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
  return (await isFree(port)) ? port : freePort();
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
