/** A proxy that sends each request to the next of its nodes: nobody who needs the same one twice gets through. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';

export type RoundRobin = {
  /** How many requests each node was sent. */
  readonly sent: readonly number[];
  close(): Promise<void>;
};

/** `ports`: of nodes on this machine. */
export async function roundRobin(port: number, ports: readonly number[]): Promise<RoundRobin> {
  const sent = ports.map(() => 0);
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const place = turn % ports.length;
    turn += 1;
    sent[place] = (sent[place] ?? 0) + 1;
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: ports[place], method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    sent,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
