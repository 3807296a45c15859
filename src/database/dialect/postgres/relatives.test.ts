import { expect, test } from 'vitest';
import { otherServerFault } from './relatives.ts';

test.each([
  ['CockroachDB CCL v24.3.1 (x86_64-pc-linux-gnu, built 2024/12/10 20:47:11, go1.22.8)', 'CockroachDB'],
  ['PostgreSQL 11.2-YB-2024.2.0.0-b145 on x86_64-pc-linux-gnu, compiled by clang version 17', 'YugabyteDB'],
  ['PostgreSQL 15.2-YB-2.25.0.0-b0 on aarch64-unknown-linux-gnu, compiled by clang version 17', 'YugabyteDB'],
])('%s is another database', (version, name) => {
  expect(otherServerFault(version)).toMatch(
    new RegExp(`is ${name}, which lacks .*; Tegata needs PostgreSQL itself`),
  );
});

test.each([
  'PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0',
  'PostgreSQL 16.6 on aarch64-unknown-linux-gnu, compiled by aarch64-unknown-linux-gnu-gcc (GCC) 9.5.0',
])('%s is PostgreSQL', (version) => {
  expect(otherServerFault(version)).toBeUndefined();
});
