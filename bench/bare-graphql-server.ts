/**
 * The bare floor of `npm run bench -- api`: graphql-js, node:http, pg and one fixed statement, written by hand for one
 * question. No token, no limits, no search; the document is parsed and validated once. `node … PORT DATABASE_URL`.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { buildSchema, type DocumentNode, execute, parse, validate } from 'graphql';
import pg from 'pg';

const [port = '', connectionString = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 10 });

const schema = buildSchema(`
  type Query { products(limit: Int): ProductConnection }
  type ProductConnection { nodes: [Product] totalCount: Int! }
  type Product { id: ID! name: String! ProductClasses: [ProductClass] }
  type ProductClass { id: ID! code: String price02: Float! stock: Float }
`);

const STATEMENT = `
  select p.id, p.name,
    (select count(*) from dtb_product where product_status_id in (1, 2)) as total,
    (select coalesce(json_agg(json_build_array(c.id, c.product_code, c.price02, c.stock) order by c.id), '[]')
      from dtb_product_class c where c.product_id = p.id and c.visible) as classes
  from dtb_product p where p.product_status_id in (1, 2)
    and exists (select 1 from dtb_product_class c where c.product_id = p.id and c.visible)
  order by p.update_date desc, p.id desc limit $1`;

type ClassRow = [id: number, code: string | null, price02: number, stock: number | null];
type ProductRow = { id: number; name: string; total: string; classes: ClassRow[] };

const rootValue = {
  products: async ({ limit }: { limit: number }) => {
    const query = { name: 'catalogue', text: STATEMENT, values: [limit] };
    const { rows } = await pool.query<ProductRow>(query);
    return { totalCount: Number(rows[0]?.total ?? 0), nodes: rows.map(productOf) };
  },
};

const productOf = ({ id, name, classes }: ProductRow) => ({
  id,
  name,
  ProductClasses: classes.map(([classId, code, price02, stock]) => ({ id: classId, code, price02, stock })),
});

const documents = new Map<string, DocumentNode>();

function documentOf(query: string): DocumentNode {
  const known = documents.get(query);
  if (known) return known;
  const document = parse(query);
  const [fault] = validate(schema, document);
  if (fault) throw fault;
  documents.set(query, document);
  return document;
}

createServer(async (request, response) => {
  const { query } = JSON.parse(await text(request)) as { query: string };
  const result = await execute({ schema, document: documentOf(query), rootValue });
  const body = JSON.stringify(result);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}).listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
