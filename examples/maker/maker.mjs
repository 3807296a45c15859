/**
 * An extension module: what data cannot say. Adds a query, a mutation, a scope of its own and a probe, and lets changes of
 * a plugin's table be told as changes of the product. Needs plugins.yaml beside it:
 *
 *   TEGATA_EXTENSIONS=examples/maker/plugins.yaml,examples/maker/maker.mjs
 */
import { invalid, lockRows, readRows, rowId, updateRows } from 'tegata/extension';

/** @type {import('tegata/extension').Query} */
const makerByName = {
  name: 'makerByName',
  description: { ja: '名前が一致するメーカーを返します', en: 'The maker of exactly this name' },
  example: '{ makerByName(name: "手形製作所") { id name Products { name } } }',
  // A narrow scope opens this query, so its arguments say whose rows they look at.
  args: { name: { type: 'String!', description: { ja: 'メーカー名', en: 'Name' }, crosses: ['Maker'] } },
  type: 'Maker',
  run: async (context, { name }) => {
    const [row] = await readRows(context, 'Maker', ['id'], { name });
    return row?.id ?? null; // a key: the fields that were asked for are read for us
  },
};

/** @type {import('tegata/extension').Mutation} */
const renameMaker = {
  name: 'renameMaker',
  scopes: ['read', 'write'],
  description: { ja: 'メーカーの名前を変更します', en: 'Gives a maker another name' },
  example: 'mutation { renameMaker(id: 1, name: "新手形製作所") { id name } }',
  args: {
    id: { type: 'ID!', description: { ja: 'メーカーID', en: 'ID of the maker' }, crosses: ['Maker'] },
    name: { type: 'String!', description: { ja: '新しい名前', en: 'The new name' }, crosses: [] },
  },
  type: 'Maker',
  run: async (context, args) => {
    const id = rowId(args.id);
    const name = args.name.trim();
    if (name === '') throw invalid('name', 'The name must not be blank');
    const [row] = await lockRows(context, 'Maker', ['name'], { id });
    if (!row) throw invalid('id', 'No Maker found');
    if (row.name !== name) await updateRows(context, 'Maker', { id }, { name });
    return id;
  },
};

/** @type {import('tegata/extension').Extension} */
export default {
  name: 'maker',
  tegata: '>=0.1.0 <0.3.0',
  queries: [makerByName],
  mutations: [renameMaker],
  scopes: [
    { name: 'read:products', opens: ['makerByName'] },
    {
      name: 'write:makers',
      description: { ja: 'メーカーの名前の変更', en: 'rename makers' },
      opens: ['renameMaker', 'Maker'],
    },
  ],
  feed: [{ table: 'plg_product_maker_note', entity: 'product', column: 'product_id' }],
  probes: [
    {
      name: 'makers',
      check: async ({ db }) => void (await db.selectFrom('plg_maker').select('id').limit(1).execute()),
    },
  ],
};
