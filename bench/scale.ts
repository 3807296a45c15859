/**
 * `npm run bench -- scale [--write]`: from one shop to a hundred thousand on shared processes, simulated; `--write` puts the tables into
 * docs/scale.md in both languages. `--memory` measures what one shop more takes in a process.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beside, growth, noise, type Rows } from './scale/report.ts';
import { measureShopMemory } from './scale/shop-memory.ts';
import { isGiven } from './support/given.ts';

const DOCUMENTS = ['docs/scale.md', 'docs/ja/scale.md'].map((path) => join(import.meta.dirname, '..', path));

export async function benchScale(): Promise<void> {
  if (isGiven('memory')) {
    const { heap, resident } = await measureShopMemory();
    console.log(`one shop more: ${heap.toFixed(1)} MiB of heap, ${resident.toFixed(1)} MiB of the process`);
    return;
  }
  const tables: Record<string, Rows> = {};
  for (const [name, simulated] of Object.entries({ noise, beside, growth })) {
    tables[name] = simulated();
    console.log(`${name}\n${linesOf(tables[name])}`);
  }
  if (!isGiven('write')) return;
  for (const file of DOCUMENTS) {
    const text = Object.entries(tables).reduce(withTable, readFileSync(file, 'utf8'));
    writeFileSync(file, text);
  }
}

const linesOf = (rows: Rows): string => rows.map((row) => `| ${row.join(' | ')} |\n`).join('');

/** Behind the heads of the table that stand below `<!-- simulated: NAME -->`, until the next empty line. */
function withTable(text: string, [name, rows]: [string, Rows]): string {
  const table = new RegExp(`(<!-- simulated: ${name} -->\\n\\n(?:\\|.*\\n){2})(?:\\|.*\\n)*`);
  if (!table.test(text)) throw new Error(`no place for the table ${name}`);
  return text.replace(table, (_, heads: string) => `${heads}${linesOf(rows)}`);
}
