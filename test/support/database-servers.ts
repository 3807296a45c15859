/** Statements to the two servers that `npm test` starts, as their administrator. */

const SERVERS = { postgres: 'TEGATA_TEST_POSTGRES_URL', mysql: 'TEGATA_TEST_MYSQL_URL' } as const;

type Row = Record<string, unknown>;

/** Which of the two has the database at this URL, reached as its administrator; undefined for neither. */
export const serverOf = (url: string): keyof typeof SERVERS | undefined =>
  (['postgres', 'mysql'] as const).find((name) => urlOn(name, databaseOf(url)) === url);

export const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

/** The URL of a database on a server; undefined where that is not there. */
export function urlOn(name: keyof typeof SERVERS, database: string): string | undefined {
  const server = process.env[SERVERS[name]];
  if (!server) return undefined;
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** `url`: a database of the server; left out, the administrator's. */
export async function onPostgres(
  statement: string,
  url = process.env.TEGATA_TEST_POSTGRES_URL,
): Promise<Row[]> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** The same; several statements at once are allowed. */
export async function onMysql(
  statement: string,
  url = process.env.TEGATA_TEST_MYSQL_URL ?? '',
): Promise<Row[]> {
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({ uri: url, multipleStatements: true });
  try {
    const [rows] = await connection.query(statement);
    return rows as Row[];
  } finally {
    await connection.end();
  }
}
