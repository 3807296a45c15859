/**
 * `npm run bench -- write [rates | memory] [sqlite | URL of an empty database]…`: products and SKUs a second by each way of writing them, and the
 * memory of a server during a job of 100 MB, a CSV file of 100 MB and an export of 100,000 orders with all that hangs on them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { openStore } from '../src/database/open.ts';
import { givenWords } from './support/given.ts';
import { cpuMs } from './support/measure.ts';
import { forgetPeak, peakMemory } from './support/memory.ts';
import { WritingShop } from './support/writing-shop.ts';

const BY_MUTATION = 400; // products
const BY_JOB = 3_000;
const CLASSES = 3; // of a product
const LINE_BYTES = 24 * 1024;
const JOB_BYTES = 99 * 1024 * 1024;
const ORDERS = 100_000;
const CONNECTIONS = 8;
const IDLE_MS = 5_000;

const PRODUCT_SET = 'mutation ($input: ProductSetInput!) { productSet(input: $input) { id } }';
const BULK = 'mutation ($items: [ProductSetInput!]!) { bulkProductSet(items: $items) { ok } }';
const EXPORT = `{ orders { nodes { id order_no name01 name02 total payment_total order_date
  OrderItems { id product_name quantity price tax } Shippings { id addr01 addr02 tracking_number } Customer { id email } } } }`;

type Row = readonly (string | number)[];

export async function benchWrite(): Promise<void> {
  const given = givenWords();
  const urls = given.filter((one) => one !== 'rates' && one !== 'memory');
  const [rated, measured] = [!given.includes('memory'), !given.includes('rates')];
  for (const url of urls.length > 0 ? urls : ['sqlite']) {
    const shop = await WritingShop.open(url);
    try {
      console.log(`\n${new URL(shop.databaseUrl).protocol.slice(0, -1)}\n`);
      if (rated) print(['way', 'products / s', 'SKUs / s', 'CPU ms / product'], await rates(shop));
      if (measured)
        print(['what', 'idle peak MiB', 'peak MiB', 'above idle MiB', 'took s'], await memories(shop));
    } finally {
      await shop.close();
    }
  }
}

const productMaker = async (shop: WritingShop): Promise<(n: number, more?: object) => object> => {
  const axis = await shop.ask<{ it: { id: string } }>(
    'mutation { it: classNameCreate(name: "寸法") { id } }',
  );
  const sizes: string[] = [];
  for (const name of ['S', 'M', 'L']) {
    const made = await shop.ask<{ it: { id: string } }>(
      'mutation ($axis: ID!, $name: String!) { it: classCategoryCreate(class_name_id: $axis, name: $name) { id } }',
      { axis: axis.it.id, name },
    );
    sizes.push(made.it.id);
  }
  const images = await shop.upload(8);
  return (n, more = {}) => ({
    external_id: `bench-${n}`,
    name: `商品 ${n}`,
    product_status_id: '1',
    description_detail: '<p>手で織った<b>木綿</b>です。</p>',
    search_word: `木綿 ${n}`,
    category_ids: ['5'],
    tag_ids: ['1'],
    images: [images[n % 8]],
    classes: sizes.map((id, i) => ({
      class_category_id1: id,
      code: `B-${n}-${i}`,
      price02: String(1000 + i),
      stock: 10 + i,
    })),
    ...more,
  });
};

async function rates(shop: WritingShop): Promise<Row[]> {
  const product = await productMaker(shop);
  let next = 0;
  const one = async () => shop.ask(PRODUCT_SET, { input: product(next++) });
  const hundred = async () => shop.ask(BULK, { items: Array.from({ length: 100 }, () => product(next++)) });
  const job = async () => {
    const lines = Array.from({ length: BY_JOB }, () => `${JSON.stringify({ input: product(next++) })}\n`);
    const ended = await shop.until(await shop.begin({ query: PRODUCT_SET, lines }));
    if (ended.succeeded !== BY_JOB) throw new Error(JSON.stringify(ended));
  };
  for (let n = 0; n < 50; n += 1) await one(); // is being compiled
  await hundred();
  return [
    await rate(shop, `productSet, ${CONNECTIONS} connections`, BY_MUTATION, () =>
      Promise.all(
        Array.from({ length: CONNECTIONS }, async () => {
          for (let n = 0; n < BY_MUTATION / CONNECTIONS; n += 1) await one();
        }),
      ),
    ),
    await rate(shop, 'bulkProductSet of 100', 1_000, async () => {
      for (let n = 0; n < 10; n += 1) await hundred();
    }),
    await rate(shop, 'job of productSet', BY_JOB, job),
  ];
}

async function rate(
  { program: { pid } }: WritingShop,
  way: string,
  products: number,
  work: () => Promise<unknown>,
): Promise<Row> {
  const [since, cpu] = [performance.now(), cpuMs(pid)];
  await work();
  const perSecond = (products * 1_000) / (performance.now() - since);
  const each = (cpuMs(pid) - cpu) / products;
  return [way, perSecond.toFixed(0), (perSecond * CLASSES).toFixed(0), each.toFixed(1)];
}

async function memories(shop: WritingShop): Promise<Row[]> {
  await loadOrders(shop.databaseUrl);
  return [
    await memoryOf(shop, '100 MB of productSet, JSON lines', bigJob),
    await memoryOf(shop, '100 MB of 商品CSV', csvJob),
    await memoryOf(shop, `export of ${ORDERS.toLocaleString('en')} orders`, exportJob),
  ];
}

/** A server of its own each time, so that nothing before it has made room. */
async function memoryOf(
  shop: WritingShop,
  what: string,
  work: (shop: WritingShop) => Promise<void>,
): Promise<Row> {
  await shop.program.stop();
  await shop.start();
  await shop.until(await shop.begin({ query: '{ products { nodes { id } } }' }));
  await sleep(IDLE_MS);
  const { pid } = shop.program;
  const idle = peakMemory(pid);
  forgetPeak(pid);
  const since = performance.now();
  await work(shop);
  const [peak, seconds] = [peakMemory(pid), (performance.now() - since) / 1000];
  return [what, ...[idle, peak, peak - idle].map((mib) => mib.toFixed(0)), seconds.toFixed(0)];
}

const paragraph =
  '<p>手で織った<b>木綿</b>です。色は<i>藍</i>、縁は<a href="https://shop.example/a">麻</a>。</p>\n';
const longText = paragraph.repeat(Math.floor(LINE_BYTES / Buffer.byteLength(paragraph)));

function* linesOf(line: (n: number) => string): Generator<string> {
  for (let n = 1, bytes = 0; bytes < JOB_BYTES; n += 1) {
    const text = line(n);
    bytes += Buffer.byteLength(text);
    yield text;
  }
}

async function whole(shop: WritingShop, id: string): Promise<void> {
  const ended = await shop.until(id);
  const bytes = await shop.download(id);
  if (ended.status !== 'completed' || ended.failed > 0) throw new Error(JSON.stringify(ended));
  console.log(`${ended.succeeded} lines, result of ${bytes} bytes`);
}

async function bigJob(shop: WritingShop): Promise<void> {
  const line = (n: number) =>
    `${JSON.stringify({ input: { external_id: `big-${n}`, name: `大 ${n}`, free_area: longText, classes: [{ price02: '100', stock: 1 }] } })}\n`;
  await whole(shop, await shop.begin({ query: PRODUCT_SET, lines: linesOf(line) }));
}

async function csvJob(shop: WritingShop): Promise<void> {
  const head = '公開ステータス(ID),商品名,販売種別(ID),在庫数無制限フラグ,販売価格,フリーエリア\n';
  const text = longText.replaceAll('"', '""');
  const line = (n: number) => `${n === 1 ? head : ''}1,表 ${n},1,1,100,"${text}"\n`;
  await whole(shop, await shop.begin({ query: '', csv: 'products', lines: linesOf(line) }));
}

async function exportJob(shop: WritingShop): Promise<void> {
  const id = await shop.begin({ query: EXPORT });
  await whole(shop, id);
}

/** Copies of one order of the demo shop with its lines and its parcel. */
async function loadOrders(url: string): Promise<void> {
  const store = openStore(url, { poolSize: 1, statementTimeoutSeconds: 600 });
  const { db, kit } = store;
  const [order] = (await sql<{ id: number }>`select min(order_id) as id from dtb_order_item`.execute(db))
    .rows;
  const copy = async (table: string, isOrder: boolean) => {
    const key = isOrder ? 'id' : 'order_id';
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}
      where ${sql.ref(key)} = ${order?.id}`.execute(db);
    const own = isOrder ? ['id', 'order_no', 'pre_order_id'] : ['id', 'order_id', 'shipping_id'];
    const columns = Object.keys(rows[0] ?? {}).filter((name) => !own.includes(name));
    const list = sql.join(columns.map((name) => sql.ref(name)));
    const numbers = sql`with recursive n(i) as (select 1000001 union all select i + 1 from n where i < ${sql.lit(1_000_000 + ORDERS)})`;
    for (const [place, row] of rows.entries()) {
      const into = isOrder
        ? sql`insert into dtb_order (id, ${list})`
        : sql`insert into ${sql.table(table)} (id, order_id, ${list})`;
      const select = isOrder
        ? sql`select n.i, ${list} from n, dtb_order o where o.id = ${row.id}`
        : sql`select n.i * 10 + ${sql.lit(place)}, n.i, ${list} from n, ${sql.table(table)} o where o.id = ${row.id}`;
      const whole =
        kit.name === 'mysql' ? sql`${into} ${numbers} ${select}` : sql`${numbers} ${into} ${select}`;
      await whole.execute(db);
    }
  };
  if (kit.name === 'mysql') await sql`set session max_recursive_iterations = 1000000`.execute(db);
  await copy('dtb_order', true);
  await copy('dtb_shipping', false);
  await copy('dtb_order_item', false);
  await store.close();
}

function print(head: readonly string[], rows: readonly Row[]): void {
  const table = [head, head.map(() => '---'), ...rows];
  console.log(`${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}
