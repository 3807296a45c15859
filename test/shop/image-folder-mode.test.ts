/** An image is read by the shop's web server, another account, under whatever umask Tegata runs. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { imageFolder } from '../../src/app/image-folder.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('tegata-images-mode-');
const umask = process.umask();
afterAll(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(process.platform === 'win32')(
  'others may read it under the umask of the systemd unit',
  async () => {
    process.umask(0o077);
    await imageFolder(folder).save('a.png', Buffer.from('x'));
    expect(statSync(join(folder, 'a.png')).mode & 0o777).toBe(0o644);
  },
);
