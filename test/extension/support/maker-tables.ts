/** What the plugin of examples/maker left in a shop's database: a table with two makers, two columns, a table of notes. */

import { join } from 'node:path';
import { sql } from 'kysely';
import type { Store } from '../../../src/database/open.ts';
import { loadExtensions } from '../../../src/extension/load.ts';
import { buildRegistry, coreEntities } from '../../../src/shop/registry.ts';
import { createStatements } from '../../../src/shop/store/ddl.ts';

const LIST = join(import.meta.dirname, '../../../examples/maker/plugins.yaml');

export async function makerTables({ db, kit }: Store): Promise<void> {
  const { entities } = await loadExtensions([LIST], coreEntities, '0.1.0');
  const registry = buildRegistry(entities);
  for (const statement of createStatements(registry.entity('Maker'), registry, kit))
    await statement.execute(db);
  await sql`alter table dtb_product add column maker_url varchar(255)`.execute(db);
  await sql`alter table dtb_product add column maker_id integer`.execute(db);
  await sql`create table plg_product_maker_note (id integer primary key, product_id integer)`.execute(db);
  const at = kit.dateText(1_775_001_600);
  for (const [id, name, commission] of [
    [1, '手形製作所', '12.50'],
    [2, '割符工房', null],
  ]) {
    await sql`insert into plg_maker (id, name, sort_no, commission, create_date, update_date, discriminator_type)
      values (${id}, ${name}, ${id}, ${commission}, ${at}, ${at}, 'maker')`.execute(db);
  }
  await sql`update dtb_product set maker_id = 1, maker_url = 'https://maker.example/' where id in (1, 2)`.execute(
    db,
  );
}
