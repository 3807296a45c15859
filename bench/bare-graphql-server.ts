/**
 * The bare floor of `npm run bench -- api`: graphql-js, node:http, pg and one fixed statement a question, written by hand for these
 * questions. No token, no limits, no search; documents are parsed and validated once. `node … PORT DATABASE_URL`.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { buildSchema, type DocumentNode, execute, parse, validate } from 'graphql';
import pg from 'pg';

const [port = '', connectionString = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString, max: 10 });

const schema = buildSchema(`
  type Query { products(limit: Int): ProductConnection  orders(limit: Int): OrderConnection }
  type ProductConnection { nodes: [Product] totalCount: Int! }
  type Product { id: ID! name: String! ProductClasses: [ProductClass] }
  type ProductClass { id: ID! code: String price02: Float! stock: Float }
  type OrderConnection { nodes: [Order] totalCount: Int! }
  type Order { id: ID! order_no: String order_date: String name01: String! name02: String! payment_total: Float!
    OrderItems: [OrderItem] Shippings: [Shipping] MailHistories: [MailHistory] Customer: Customer Country: Master Pref: Master
    Sex: Master Job: Master Payment: Payment DeviceType: Master CustomerOrderStatus: Master OrderStatusColor: Master
    OrderStatus: Master }
  type OrderItem { id: ID! product_name: String! quantity: Float! price: Float! }
  type Shipping { id: ID! name01: String! tracking_number: String }
  type MailHistory { id: ID! mail_subject: String }
  type Customer { id: ID! email: String! }
  type Payment { id: ID! method: String }
  type Master { id: ID! name: String! }
`);

const CATALOGUE = `
  select p.id, p.name,
    (select count(*) from dtb_product where product_status_id in (1, 2)) as total,
    (select coalesce(json_agg(json_build_array(c.id, c.product_code, c.price02, c.stock) order by c.id), '[]')
      from dtb_product_class c where c.product_id = p.id and c.visible) as classes
  from dtb_product p where p.product_status_id in (1, 2)
    and exists (select 1 from dtb_product_class c where c.product_id = p.id and c.visible)
  order by p.update_date desc, p.id desc limit $1`;

type ClassRow = [id: number, code: string | null, price02: number, stock: number | null];
type ProductRow = { id: number; name: string; total: string; classes: ClassRow[] };

const productOf = ({ id, name, classes }: ProductRow) => ({
  id,
  name,
  ProductClasses: classes.map(([classId, code, price02, stock]) => ({ id: classId, code, price02, stock })),
});

const MASTERS = ['Country', 'Pref', 'Sex', 'Job', 'DeviceType'] as const;
const STATUSES = ['CustomerOrderStatus', 'OrderStatusColor', 'OrderStatus'] as const;
const snake = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase();
const named = (name: string, column: string): string =>
  `(select json_build_object('id', m.id, 'name', m.name) from mtb_${snake(name)} m where m.id = o.${column}) as "${name}"`;
const listed = (columns: string, rest: string): string =>
  `(select coalesce(json_agg(json_build_object(${columns})${rest}), '[]')`;

const ORDERS = `
  select o.id, o.order_no, o.order_date::text, o.name01, o.name02, o.payment_total,
    (select count(*) from dtb_order where order_status_id not in (7, 8)) as total,
    ${listed("'id', i.id, 'product_name', i.product_name, 'quantity', i.quantity, 'price', i.price", ' order by i.id')}
      from dtb_order_item i where i.order_id = o.id) as "OrderItems",
    ${listed("'id', s.id, 'name01', s.name01, 'tracking_number', s.tracking_number", ' order by s.name01, s.name02')}
      from dtb_shipping s where s.order_id = o.id) as "Shippings",
    ${listed("'id', m.id, 'mail_subject', m.mail_subject", ' order by m.send_date desc')}
      from dtb_mail_history m where m.order_id = o.id) as "MailHistories",
    (select json_build_object('id', c.id, 'email', c.email) from dtb_customer c where c.id = o.customer_id) as "Customer",
    (select json_build_object('id', p.id, 'method', p.payment_method) from dtb_payment p where p.id = o.payment_id) as "Payment",
    ${MASTERS.map((name) => named(name, `${snake(name)}_id`)).join(', ')},
    ${STATUSES.map((name) => named(name, 'order_status_id')).join(', ')}
  from dtb_order o where o.order_status_id not in (7, 8)
    and exists (select 1 from dtb_shipping s where s.order_id = o.id)
  order by o.update_date desc, o.id desc limit $1`;

async function ask<T extends { total: string }>(name: string, statement: string, limit: number) {
  const { rows } = await pool.query<T>({ name, text: statement, values: [limit] });
  return { totalCount: Number(rows[0]?.total ?? 0), rows };
}

const rootValue = {
  products: async ({ limit }: { limit: number }) => {
    const { totalCount, rows } = await ask<ProductRow>('catalogue', CATALOGUE, limit);
    return { totalCount, nodes: rows.map(productOf) };
  },
  orders: async ({ limit }: { limit: number }) => {
    const { totalCount, rows } = await ask<{ total: string }>('orders', ORDERS, limit);
    return { totalCount, nodes: rows };
  },
};

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
