/**
 * The third part of `npm run bench -- api`: an export of some 100 MB of orders, with their lines and parcels, beside the same lines made
 * by PostgreSQL itself (`psql \copy`), by bytes a second; and the memory of the server meanwhile.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findProgram } from '../scripts/programs.ts';
import { makeDatabase } from './support/api-shop.ts';
import { growShop } from './support/growing-shop.ts';
import { cpuMs } from './support/measure.ts';
import { forgetPeak, peakMemory } from './support/memory.ts';
import { WritingShop } from './support/writing-shop.ts';

const ORDERS = Number(process.env.EXPORTED_ORDERS ?? 220_000); // about 100 MB
const MIB = 1024 * 1024;

const QUERY = `{ orders { nodes { id order_no name01 name02 total payment_total order_date
  OrderItems { id product_name quantity price tax } Shippings { id addr01 addr02 tracking_number } Customer { id email } } } }`;

const SAME_LINES =
  `select json_build_object('id', o.id, 'order_no', o.order_no, 'name01', o.name01, 'name02', o.name02,
  'total', o.total, 'payment_total', o.payment_total, 'order_date', o.order_date,
  'OrderItems', (select json_agg(json_build_object('id', i.id, 'product_name', i.product_name, 'quantity', i.quantity,
    'price', i.price, 'tax', i.tax)) from dtb_order_item i where i.order_id = o.id),
  'Shippings', (select json_agg(json_build_object('id', s.id, 'addr01', s.addr01, 'addr02', s.addr02,
    'tracking_number', s.tracking_number)) from dtb_shipping s where s.order_id = o.id),
  'Customer', (select json_build_object('id', c.id, 'email', c.email) from dtb_customer c where c.id = o.customer_id))
  from dtb_order o`.replace(/\s+/g, ' ');

export async function benchExport(serverUrl: string): Promise<void> {
  const url = await makeDatabase(serverUrl, 'exported');
  const shop = await WritingShop.open(url);
  try {
    await growShop(url, 'orders', ORDERS);
    const dumped = await dump(url);
    const exported = await exportOf(shop);
    const ratio = exported.bytesPerSecond / dumped.bytesPerSecond;
    const speed = ({ bytes, bytesPerSecond }: Timed) =>
      `${(bytes / MIB).toFixed(0)} | ${(bytesPerSecond / MIB).toFixed(1)}`;
    console.log(`| export | MiB | MiB / s | server's CPU s | memory before, at most, MiB |
| --- | --- | --- | --- | --- |
| psql \\copy | ${speed(dumped)} | | |
| job, with its download | ${speed(exported)} | ${(exported.cpuMs / 1000).toFixed(1)} | ${exported.idleMib.toFixed(0)}, ${exported.peakMib.toFixed(0)} |
| ratio | | ${ratio.toFixed(2)} × | | |`);
  } finally {
    await shop.close();
  }
}

type Timed = { readonly bytes: number; readonly bytesPerSecond: number };

const timed = (bytes: number, since: number): Timed => ({
  bytes,
  bytesPerSecond: (bytes * 1000) / (performance.now() - since),
});

async function dump(url: string): Promise<Timed> {
  const since = performance.now();
  const child = spawn(findProgram('psql'), [url, '-c', `\\copy (${SAME_LINES}) to stdout`]);
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`psql ended with ${code}`);
  return timed(bytes, since);
}

async function exportOf(shop: WritingShop) {
  const { pid } = shop.program;
  forgetPeak(pid);
  const [idleMib, cpu, since] = [peakMemory(pid), cpuMs(pid), performance.now()];
  const id = await shop.begin({ query: QUERY });
  const ended = await shop.until(id);
  if (ended.status !== 'completed') throw new Error(JSON.stringify(ended));
  const bytes = await shop.download(id);
  return { ...timed(bytes, since), cpuMs: cpuMs(pid) - cpu, idleMib, peakMib: peakMemory(pid) };
}
