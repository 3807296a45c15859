/**
 * The network between a node and its database, which can go silent: packets are dropped both ways, nothing is closed,
 * and who connects hears nothing. Afterwards new connections work; those from before stay dead, as behind a NAT that forgot them.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type SilentNetwork = {
  /** The URL of the database, by way of this network. */
  readonly url: string;
  /** Drops everything from now on. */
  silence(): void;
  /** Lets everything through until a statement that begins so: it arrives, but nothing comes back on that connection. */
  loseAnswerTo(statement: string): void;
  /** Lets new connections through again. */
  heal(): void;
  stop(): Promise<void>;
};

export async function silentNetwork(databaseUrl: string, defaultPort: number): Promise<SilentNetwork> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let silent = false;
  let lost: string | undefined;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (silent) return near.pause();
    const far = connect(Number(target.port) || defaultPort, target.hostname);
    keep(far);
    near.on('data', (chunk: Buffer) => {
      if (lost && chunk.toString('latin1').toLowerCase().includes(lost)) far.unpipe(near).pause();
    });
    near.pipe(far);
    far.pipe(near);
    // An end that is killed resets its connection, and the other is told: unless the network is silent.
    near.on('close', () => silent || far.destroy());
    far.on('close', () => silent || near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    silence: () => {
      silent = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    loseAnswerTo: (statement) => {
      lost = statement;
    },
    heal: () => {
      silent = false;
      lost = undefined;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
