/** The page of bulk jobs takes long files at both of its addresses. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { onSqlite } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';

const STRETCH_MS = 30_000;
const BYTES = 400_000; // more than a stretch has to bring
const HEAD = 'Host: x\r\nContent-Type: multipart/form-data; boundary=b';
const END = '\r\n--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nproducts\r\n--b--\r\n';

onSqlite((db) => {
  const server = useOAuthServer(db, { PUBLIC_URL: 'https://shop.example', TEGATA_PATH: '/tegata' });
  afterEach(() => vi.restoreAllMocks());

  /** The first line of the answer to a body whose end comes after a stretch, the clock of which the test moves. */
  async function told(path: string): Promise<string> {
    const looks: (() => void)[] = [];
    const begin = globalThis.setInterval;
    vi.spyOn(globalThis, 'setInterval').mockImplementation(((look: () => void, ms?: number) => {
      if (ms === STRETCH_MS) looks.push(look);
      return begin(look, ms);
    }) as typeof setInterval);
    let taken: Socket | undefined;
    const onSocket = (message: unknown) => {
      taken = (message as { socket: Socket }).socket;
    };
    subscribe('net.server.socket', onSocket);
    const socket = connect(Number(new URL(server.it.url).port), '127.0.0.1');
    socket.on('error', () => {});
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const length = BYTES + END.length;
    socket.write(
      `POST ${path} HTTP/1.1\r\n${HEAD}\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`,
    );
    await expect.poll(() => looks).toHaveLength(1);
    unsubscribe('net.server.socket', onSocket);
    socket.write('x'.repeat(BYTES));
    await expect.poll(() => taken?.bytesRead).toBeGreaterThan(BYTES);
    for (const look of looks) look();
    if (socket.writable) socket.write(END);
    if (!socket.closed) await once(socket, 'close');
    return answer.split('\r\n')[0] ?? '';
  }

  test.each(['/tegata/api/job/new', '/admin/api/job/new'])('%s', async (path) => {
    expect(await told(path)).toBe('HTTP/1.1 403 Forbidden');
  });
});
