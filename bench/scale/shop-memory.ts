/** What one shop more takes in a process as it is today: services on shops of their own, opened side by side, and the heap after each. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseConfig } from '../../src/app/config/config.ts';
import { openServices, type Services } from '../../src/app/services.ts';
import { scratchFolder } from '../../test/support/scratch.ts';

const SHOPS = 8;
const MIB = 1024 * 1024;
/** As clients ask: each shop keeps the documents of its own. */
const QUERY =
  '{ products(limit: 20) { nodes { id name ProductClasses { code stock price02 } } totalCount } }';

/** MiB of heap and of the whole process (RSS) for a shop. */
export async function measureShopMemory(): Promise<{ readonly heap: number; readonly resident: number }> {
  const folder = scratchFolder('tegata-shops-');
  const opened: Services[] = [];
  try {
    const [first] = [await openShop(folder, 0)];
    opened.push(first);
    const before = used();
    for (let shop = 1; shop <= SHOPS; shop += 1) opened.push(await openShop(folder, shop));
    const after = used();
    return {
      heap: (after.heap - before.heap) / SHOPS / MIB,
      resident: (after.resident - before.resident) / SHOPS / MIB,
    };
  } finally {
    for (const services of opened) await services.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openShop(folder: string, shop: number): Promise<Services> {
  const config = parseConfig({
    TEGATA_DATA_DIR: join(folder, String(shop)),
    TEGATA_PASSWORD_COST: '4',
    TEGATA_LOG_LEVEL: 'silent',
  });
  const services = await openServices(config);
  const principal = {
    clientId: 'memory',
    grantId: 'memory',
    scopes: new Set(['read']),
    memberId: null,
    costPerMinute: null,
  };
  const prepared = services.api.prepare(
    { query: QUERY },
    { principal: principal as never, requestId: 'memory' },
  );
  if (prepared.kind !== 'ready') throw new Error(`not ready: ${prepared.kind}`);
  await services.api.run(prepared.args);
  services.api.release(prepared.args);
  return services;
}

function used(): { readonly heap: number; readonly resident: number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, resident: rss };
}
