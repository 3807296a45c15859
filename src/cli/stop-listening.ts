/**
 * The first step of a stop: no new connections, while those that are open are served on. A proxy that is refused a
 * connection sends the request to another node; one whose connection breaks under a request can only answer 502.
 */
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Without a request for so long, the open connections are taken for idle. */
const QUIET_MS = 250;
/** A proxy under load may never fall silent; each answer asks it to close the connection, so that few are left by then. */
const MOST_MS = 2_000;
const CHECK_MS = 50;
const MOST_TURNS = 1_000;

/** Resolves when the open connections have fallen silent, or `signal` ends the wait. */
export async function stopListening(server: Server, signal: AbortSignal): Promise<void> {
  let quietMs = 0;
  const noteRequest = () => {
    quietMs = 0;
  };
  server.on('request', noteRequest);
  await untilAccepted(server);
  // The server's own `close` would cut connections that look idle but have a request on the way.
  NetServer.prototype.close.call(server);
  for (let ms = 0; ms < MOST_MS && quietMs < QUIET_MS && !signal.aborted; ms += CHECK_MS) {
    if ((await connectionsOf(server)) === 0) break;
    await sleep(CHECK_MS);
    quietMs += CHECK_MS;
  }
  server.off('request', noteRequest);
  await nextTurn(); // what has arrived is read
}

/** Connections that the kernel holds for us would be reset with their requests. */
async function untilAccepted(server: Server): Promise<void> {
  let accepted = true;
  const note = () => {
    accepted = true;
  };
  server.on('connection', note);
  for (let turn = 0; accepted && turn < MOST_TURNS; turn += 1) {
    accepted = false;
    await nextTurn();
    await nextTurn();
  }
  server.off('connection', note);
}

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((_error, count) => resolve(count ?? 0)));
