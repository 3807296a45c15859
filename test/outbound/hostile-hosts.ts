/** Hosts that answer a request in every way but the right one. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export type Host = { readonly port: number; readonly connections: () => number; close(): Promise<void> };

/** Does `answer` with each connection that has sent something, or with each at once when `unasked`. */
export async function startHost(answer: (socket: Socket) => void, unasked = false): Promise<Host> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    if (unasked) answer(socket);
    else socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const again = (socket: Socket, everyMs: number, text: string): void => {
  const timer = setInterval(() => socket.writable && socket.write(text), everyMs);
  socket.on('close', () => clearInterval(timer));
};

const OK = 'HTTP/1.1 200 OK\r\n';

/** No answer comes of these. */
export const WITHOUT_ANSWER: Readonly<Record<string, (socket: Socket) => void>> = {
  silence: () => {},
  'a connection closed at once': (socket) => socket.destroy(),
  'a connection half closed': (socket) => socket.end(),
  'half a status line': (socket) => socket.write('HTTP/1.1 2'),
  'a head that drips': (socket) => again(socket, 20, 'x'),
  'header lines that drip': (socket) => {
    socket.write(OK);
    again(socket, 20, 'x-more: 1\r\n');
  },
  'header lines without end': (socket) => {
    socket.write(OK);
    again(socket, 1, `x-more: ${'y'.repeat(4_000)}\r\n`);
  },
  '1xx without end': (socket) => again(socket, 1, 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20)),
  '100 that drips': (socket) => again(socket, 20, 'HTTP/1.1 100 Continue\r\n\r\n'),
  'what is no HTTP': (socket) => socket.write('220 mail.example ESMTP\r\n'),
};

/** The head has come: its status counts. */
export const WITH_ANSWER: Readonly<Record<string, (socket: Socket) => void>> = {
  'a whole body': (socket) => socket.write(`${OK}content-length: 2\r\n\r\nok`),
  '100 and 103 before it': (socket) =>
    socket.write(
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n${OK}content-length: 2\r\n\r\nok`,
    ),
  'a body that stalls': (socket) => socket.write(`${OK}content-length: 20\r\n\r\nok`),
  'chunks that stall': (socket) => socket.write(`${OK}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n`),
  'a body that drips': (socket) => {
    socket.write(`${OK}content-length: 2000000\r\n\r\nok`);
    again(socket, 20, '.');
  },
  'a body without end': (socket) => {
    socket.write(`${OK}\r\nok`);
    again(socket, 1, '.'.repeat(10_000));
  },
  'a body cut short': (socket) => socket.end(`${OK}content-length: 20\r\n\r\nok`),
  'a body that is no chunk': (socket) =>
    socket.write(`${OK}transfer-encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n`),
};

export const SWITCHES = (socket: Socket): void => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n');
};
