/** `sslmode` as libpq means it, and `ssl-mode` as MySQL's client does, on servers with TLS and without. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasProgram } from '../../scripts/programs.ts';
import { startMariadb } from '../../scripts/servers/mariadb.ts';
import { startPostgres } from '../../scripts/servers/postgres.ts';
import { serverOwner } from '../../scripts/servers/server.ts';
import { ConfigError, parseConfig } from '../../src/app/config/config.ts';
import { openStore } from '../../src/database/open.ts';
import { describeUnless } from '../support/left-out.ts';

const START_MS = 90_000;

const folder = mkdtempSync(join(tmpdir(), 'tegata-db-tls-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A certificate that signs itself. */
function certificate(name: string, user: string, subject: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject.split(' '), '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  const { uid, gid } = serverOwner(user);
  chmodSync(key, 0o600);
  if (uid !== undefined && gid !== undefined) chownSync(key, uid, gid);
  return { cert, key };
}

/** Whether the connection is encrypted, or why there is none. */
async function outcome(url: string): Promise<'encrypted' | 'plain' | Error> {
  const complaints = vi.spyOn(process, 'emitWarning');
  const store = openStore(url, { poolSize: 2, statementTimeoutSeconds: 30 });
  const asked = url.startsWith('mysql')
    ? sql<{ on: unknown }>`select variable_value <> '' as ${sql.id('on')}
        from information_schema.session_status where variable_name = 'Ssl_cipher'`
    : sql<{ on: unknown }>`select ssl as ${sql.id('on')} from pg_stat_ssl where pid = pg_backend_pid()`;
  try {
    const seen = await Promise.all([asked.execute(store.db), asked.execute(store.db)]);
    expect(complaints).not.toHaveBeenCalled();
    return seen.every(({ rows }) => Boolean(Number(rows[0]?.on))) ? 'encrypted' : 'plain';
  } catch (error) {
    return error as Error;
  } finally {
    complaints.mockRestore();
    await store.close();
  }
}

const outcomes = async (url: string, queries: readonly string[]): Promise<Record<string, string>> => {
  const seen: Record<string, string> = {};
  for (const query of queries) {
    const one = await outcome(`${url}?serverVersion=14&charset=utf8&${query}`);
    seen[query] = typeof one === 'string' ? one : 'refused';
  }
  return seen;
};

const refusalOf = (url: string): string => {
  try {
    parseConfig({ DATABASE_URL: url });
    return 'none';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
};

describeUnless(hasProgram('initdb') ? undefined : 'initdb is not installed', 'postgres', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let files: { cert: string; key: string };
  let foreign: string;
  let client: { cert: string; key: string };
  let hba: string;
  const reload = async (lines: string) => {
    writeFileSync(hba, lines);
    const store = openStore(server.url);
    await sql`select pg_reload_conf()`.execute(store.db);
    await sql`select pg_sleep(0.3)`.execute(store.db);
    await store.close();
  };
  beforeAll(async () => {
    files = certificate('pg', 'postgres', '-subj /CN=x -addext subjectAltName=DNS:db.shop.example');
    foreign = certificate('other', 'postgres', '-subj /CN=other').cert;
    client = certificate('client', 'postgres', '-subj /CN=postgres');
    hba = join(folder, 'pg_hba.conf');
    writeFileSync(hba, 'host all all 127.0.0.1/32 trust\n');
    chmodSync(hba, 0o644);
    server = await startPostgres(folder, {
      ssl: 'on',
      ssl_cert_file: files.cert,
      ssl_key_file: files.key,
      ssl_ca_file: client.cert,
      hba_file: hba,
    });
  }, START_MS);
  afterAll(() => server?.stop(), START_MS);

  test('a server with a certificate that signs itself, for another name', async () => {
    expect(
      await outcomes(server.url, [
        '',
        'sslmode=disable',
        'sslmode=allow',
        'sslmode=prefer',
        'sslmode=require',
        'sslmode=no-verify',
        `sslmode=require&sslrootcert=${files.cert}`,
        `sslmode=require&sslrootcert=${foreign}`,
        `sslmode=verify-ca&sslrootcert=${files.cert}`,
        `sslmode=verify-ca&sslrootcert=${foreign}`,
        `sslmode=verify-full&sslrootcert=${files.cert}`,
        'sslmode=verify-full',
        'sslmode=verify-full&sslrootcert=system',
      ]),
    ).toEqual({
      '': 'encrypted',
      'sslmode=disable': 'plain',
      'sslmode=allow': 'plain',
      'sslmode=prefer': 'encrypted',
      'sslmode=require': 'encrypted',
      'sslmode=no-verify': 'encrypted',
      [`sslmode=require&sslrootcert=${files.cert}`]: 'encrypted',
      [`sslmode=require&sslrootcert=${foreign}`]: 'refused',
      [`sslmode=verify-ca&sslrootcert=${files.cert}`]: 'encrypted',
      [`sslmode=verify-ca&sslrootcert=${foreign}`]: 'refused',
      [`sslmode=verify-full&sslrootcert=${files.cert}`]: 'refused',
      'sslmode=verify-full': 'refused',
      'sslmode=verify-full&sslrootcert=system': 'refused',
    });
  });

  test('a server that lets nobody in without TLS, then nobody with it', async () => {
    const modes = ['', 'sslmode=disable', 'sslmode=allow', 'sslmode=prefer', 'sslmode=require'];
    await reload('hostssl all all 127.0.0.1/32 trust\n');
    expect(Object.values(await outcomes(server.url, modes))).toEqual([
      'encrypted',
      'refused',
      'encrypted',
      'encrypted',
      'encrypted',
    ]);
    await reload('hostnossl all all 127.0.0.1/32 trust\n');
    expect(Object.values(await outcomes(server.url, modes))).toEqual([
      'plain',
      'plain',
      'plain',
      'plain',
      'refused',
    ]);
  });

  test('a client certificate', async () => {
    await reload('hostssl all all 127.0.0.1/32 cert\n');
    const own = `sslmode=require&sslcert=${client.cert}&sslkey=${client.key}`;
    expect(await outcomes(server.url, [own, 'sslmode=require'])).toEqual({
      [own]: 'encrypted',
      'sslmode=require': 'refused',
    });
  });
});

describeUnless(
  process.env.TEGATA_TEST_POSTGRES_URL ? undefined : 'TEGATA_TEST_POSTGRES_URL is not set',
  'a postgres without TLS',
  () => {
    test('what insists on TLS is refused, the rest goes without', async () => {
      const modes = ['', 'sslmode=disable', 'sslmode=allow', 'sslmode=prefer', 'sslmode=require'];
      const seen = await outcomes(process.env.TEGATA_TEST_POSTGRES_URL ?? '', modes);
      expect(Object.values(seen)).toEqual(['plain', 'plain', 'plain', 'plain', 'refused']);
    });
  },
);

describeUnless(hasProgram('mariadbd') ? undefined : 'mariadbd is not installed', 'mysql', () => {
  let server: Awaited<ReturnType<typeof startMariadb>>;
  let files: { cert: string; key: string };
  beforeAll(async () => {
    files = certificate('my', 'mysql', '-subj /CN=db.shop.example');
    server = await startMariadb(folder, [`--ssl-cert=${files.cert}`, `--ssl-key=${files.key}`]);
  }, START_MS);
  afterAll(() => server?.stop(), START_MS);

  test('a server with a certificate that signs itself, for another name', async () => {
    const expected = {
      '': 'plain',
      'ssl-mode=DISABLED': 'plain',
      'ssl-mode=PREFERRED': 'encrypted',
      'sslmode=required': 'encrypted',
      [`ssl_ca=${files.cert}`]: 'encrypted',
      'ssl-mode=VERIFY_CA': 'refused',
      [`ssl-mode=VERIFY_CA&ssl_ca=${files.cert}`]: 'encrypted',
      [`ssl-mode=VERIFY_IDENTITY&ssl_ca=${files.cert}`]: 'refused',
      'ssl={"rejectUnauthorized":false}': 'encrypted',
      'ssl={}': 'refused',
    };
    expect(await outcomes(server.url, Object.keys(expected))).toEqual(expected);
  });
});

describeUnless(
  process.env.TEGATA_TEST_MYSQL_URL ? undefined : 'TEGATA_TEST_MYSQL_URL is not set',
  'a mysql without TLS',
  () => {
    test('PREFERRED goes without, REQUIRED does not', async () => {
      const url = process.env.TEGATA_TEST_MYSQL_URL ?? '';
      const modes = ['', 'ssl-mode=PREFERRED', 'ssl-mode=REQUIRED'];
      expect(Object.values(await outcomes(url, modes))).toEqual(['plain', 'plain', 'refused']);
    });
  },
);

describe('what cannot be followed is refused with the settings', () => {
  test.each([
    ['postgresql://localhost/shop?sslmode=verify', 'verify-full'],
    ['postgresql://localhost/shop?sslmode=verify-ca', 'sslrootcert'],
    ['postgresql://localhost/shop?channel_binding=require', 'channel_binding'],
    ['mysql://localhost/shop?ssl-mode=maybe', 'VERIFY_IDENTITY'],
    ['mysql://localhost/shop?ssl=Amazon', 'ssl-mode'],
    ['mysql://user:a#b@localhost/shop', '%XX'],
  ])('%s', (url, word) => {
    expect(refusalOf(url)).toContain('DATABASE_URL');
    expect(refusalOf(url)).toContain(word);
  });

  test('a file that is not there is named in one line by whatever command comes first', () => {
    const url = 'postgresql://localhost/shop?sslmode=verify-full&sslrootcert=/nowhere/ca.pem';
    expect(() => openStore(url)).toThrow(/ENOENT.*\/nowhere\/ca\.pem/);
  });
});
