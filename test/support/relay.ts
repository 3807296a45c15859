/** A way to a database server that a test can cut (refused, reset), block (packets vanish) and open again. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import type { TestDatabase } from './databases.ts';
import { freePort } from './free-port.ts';

export type Relay = {
  /** The same database, through the relay. */
  readonly db: TestDatabase;
  /** Ends every connection; new ones are refused. */
  cut(): Promise<void>;
  /** Nothing comes through any more, and nobody is told. */
  block(): void;
  open(): Promise<void>;
};

/** At the top of a group, behind `eachDatabase`; SQLite has no way that could be cut. */
export function useRelay(db: TestDatabase): Relay {
  const sockets = new Set<Socket>();
  let port = 0;
  let blocked = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    if (blocked) socket.pause();
  };
  const server = createServer((near) => {
    const target = new URL(db.url);
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      keep(from);
      from.on('data', (chunk) => blocked || to.write(chunk)).on('close', () => to.destroy());
    }
  });
  const open = async () => {
    blocked = false;
    if (!server.listening) await once(server.listen(port, '127.0.0.1'), 'listening');
  };
  const cut = async () => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };
  beforeAll(async () => {
    port = await freePort();
    await open();
  });
  afterAll(cut);
  const block = () => {
    blocked = true;
  };
  const { name, open: openStore, openMigrated, openShop } = db;
  const through = {
    name,
    open: openStore,
    openMigrated,
    openShop,
    get url() {
      return relayed(db.url, port);
    },
  };
  return { db: through, cut, block, open };
}

function relayed(databaseUrl: string, port: number): string {
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}
