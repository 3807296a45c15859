/** RFC 9112 §3.2: who asks says once for which host, or is told that the request is no good. */
import { expect, test } from 'vitest';
import { onSqlite } from '../support/databases.ts';
import { useOAuthServer } from '../support/oauth-server.ts';
import { exchangeRaw } from '../support/raw-target.ts';

onSqlite((db) => {
  const server = useOAuthServer(db);
  const ask = (path: string, lines: readonly string[], version = '1.1') =>
    exchangeRaw(
      server.it.url,
      [`GET ${path} HTTP/${version}`, ...lines, 'connection: close', '', ''].join('\r\n'),
    );

  test.each([
    ['one', ['Host: shop.example'], '1.1', 200],
    ['one with a port', ['Host: shop.example:8080'], '1.1', 200],
    ['an IPv6 address', ['HOST: [::1]:8080'], '1.1', 200],
    ['an empty one', ['Host:'], '1.1', 200],
    ['none in HTTP/1.0', [], '1.0', 200],
    ['none', [], '1.1', 400],
    ['two', ['Host: shop.example', 'Host: other.example'], '1.1', 400],
    ['the same twice', ['Host: shop.example', 'accept: */*', 'host: shop.example'], '1.1', 400],
    ['two in HTTP/1.0', ['Host: shop.example', 'hOST: other.example'], '1.0', 400],
    ['two in one line', ['Host: shop.example, other.example'], '1.1', 400],
    ['a user in it', ['Host: user@shop.example'], '1.1', 400],
    ['a path in it', ['Host: shop.example/admin'], '1.1', 400],
    ['a blank in it', ['Host: shop example'], '1.1', 400],
  ])('%s', async (_title, lines, version, status) => {
    for (const path of ['/health', '/admin/login', '/api', '/nothing']) {
      const answer = await ask(path, lines, version);
      if (status === 400) expect([path, answer.status]).toEqual([path, 400]);
      else expect(answer.status).not.toBe(400);
    }
    expect((await ask('/health', lines, version)).status).toBe(status);
  });
});
