/** Starts the naive floor of a comparison as a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../test/support/free-port.ts';
import { storageFolder } from './storage-folder.ts';

export type Floor = { readonly url: string; readonly pid: number; stop(): Promise<void> };

/** `bare`: without storage. */
export async function startFloor(storage: 'durable' | 'bare' = 'durable'): Promise<Floor> {
  const port = await freePort();
  const folder = storageFolder('tegata-floor-');
  const child = fork(join(import.meta.dirname, '../floor-server.ts'), [String(port), folder, storage]);
  await once(child, 'message');
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, pid: child.pid!, stop };
}
