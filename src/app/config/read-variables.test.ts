import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const REPLICA = { TEGATA_READ_DATABASE_URL: 'postgresql://reader@replica/eccube' };

test('a replica of PostgreSQL beside PostgreSQL is taken', () => {
  const { readDatabaseUrl, readMaxLagSeconds } = parseConfig({ ...REPLICA, DATABASE_URL: 'pgsql://a@b/c' });
  expect([readDatabaseUrl, readMaxLagSeconds]).toEqual([REPLICA.TEGATA_READ_DATABASE_URL, 5]);
});

test.each([
  ['the embedded shop', {}],
  ['SQLite', { DATABASE_URL: 'sqlite:///shop.db' }],
  ['MySQL', { DATABASE_URL: 'mysql://a@b/c' }],
  ['a replica of MySQL', { DATABASE_URL: 'pgsql://a@b/c', TEGATA_READ_DATABASE_URL: 'mysql://a@b/c' }],
])('%s has no replica to read from, in one line', (_what, env) => {
  expect(() => parseConfig({ ...REPLICA, ...env })).toThrow(
    /^TEGATA_READ_DATABASE_URL: only PostgreSQL has replicas that are read from; .*$/,
  );
});
