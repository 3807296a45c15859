import { expect, test } from 'vitest';
import { countedAddress, countedCaller, proxyOf } from './counted-address.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8::1:2:3:4:5', '2001:db8:0:1'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
])('%s counts as %s', (clientIp, counted) => {
  expect(countedAddress(clientIp)).toBe(counted);
});

test('behind an unnamed proxy near by, the last address that it wrote is counted, as that of the proxy', () => {
  const seen = (peer: string, forwardedFor?: string) => countedCaller({ ip: peer, peer, forwardedFor });
  expect(seen('127.0.0.1', '192.0.2.9, 203.0.113.5')).toBe('127.0.0.1>203.0.113.5');
  expect(seen('::ffff:172.18.0.2', '203.0.113.5')).toBe('::ffff:172.18.0.2>203.0.113.5');
  expect(countedAddress('127.0.0.1>2001:db8:1:2:3::9')).toBe('127.0.0.1>2001:db8:1:2');
  expect(proxyOf('127.0.0.1>203.0.113.5')).toBe('127.0.0.1');
  // From afar anyone writes what he likes.
  expect(seen('198.51.100.1', '203.0.113.5')).toBe('198.51.100.1');
  expect(seen('127.0.0.1', 'unknown')).toBe('127.0.0.1');
  expect(seen('127.0.0.1')).toBe('127.0.0.1');
  // A trusted proxy's word is in `ip` already.
  expect(countedCaller({ ip: '203.0.113.5', peer: '127.0.0.1', forwardedFor: '203.0.113.5' })).toBe(
    '203.0.113.5',
  );
});
