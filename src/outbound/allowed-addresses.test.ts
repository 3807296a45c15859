import { expect, test } from 'vitest';
import {
  allowedAddresses,
  parseAllowList,
  RefusedAddressError,
  type ResolvedAddress,
} from './allowed-addresses.ts';

const nothing = parseAllowList([]);

const resolvesTo =
  (...addresses: string[]) =>
  async (): Promise<ResolvedAddress[]> =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const never = async (): Promise<ResolvedAddress[]> => {
  throw new Error('asked for a name');
};

test.each([
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/', // decimal
  'http://0177.0.0.1/', // octal
  'http://0x7f.0.0.1/', // hex
  'http://0x7f000001/',
  'http://127.0.0.1./',
  'http://１２７.０.０.１/', // full-width digits
  'http://0.0.0.0/',
  'http://0/',
  'http://10.1.2.3/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://192.0.0.1/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[0:0:0:0:0:ffff:10.0.0.1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:1::]/',
  'http://[2001:db8::1]/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[fd12:3456::1]/',
  'http://[ff02::1]/',
])('%s is refused', async (url) => {
  await expect(allowedAddresses(new URL(url), nothing, never)).rejects.toThrow(RefusedAddressError);
});

test.each([
  ['a private address', ['10.0.0.1']],
  ['one private among public ones', ['93.184.216.34', '169.254.169.254']],
  ['a mapped address', ['::ffff:127.0.0.1']],
  ['a mapped address in hex', ['::ffff:c0a8:1']],
  ['a link-local address with a zone', ['fe80::1%eth0']],
  ['no address', []],
])('a name with %s is refused', async (_, addresses) => {
  const attempt = allowedAddresses(new URL('https://shop.example/'), nothing, resolvesTo(...addresses));
  await expect(attempt).rejects.toThrow(RefusedAddressError);
});

test.each(['ftp://93.184.216.34/', 'file:///etc/passwd', 'gopher://93.184.216.34/'])(
  '%s is refused whatever its host',
  async (url) => {
    await expect(allowedAddresses(new URL(url), nothing, never)).rejects.toThrow(RefusedAddressError);
  },
);

test('public addresses are handed on, all of them', async () => {
  const addresses = ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '172.32.0.1', '::ffff:8.8.8.8'];
  const found = await allowedAddresses(new URL('https://shop.example/'), nothing, resolvesTo(...addresses));
  expect(found.map(({ address }) => address)).toEqual(addresses);
  expect(await allowedAddresses(new URL('http://[2606:4700::1111]/'), nothing, never)).toEqual([
    { address: '2606:4700::1111', family: 6 },
  ]);
});

test('what the operator has allowed is handed on, and nothing beside it', async () => {
  const allow = parseAllowList(['127.0.0.0/8', '10.1.2.3', 'fd00::/8', 'ERP.internal']);
  const may = (url: string, ...addresses: string[]) =>
    allowedAddresses(new URL(url), allow, resolvesTo(...addresses)).then(
      () => true,
      () => false,
    );
  expect(await may('http://127.0.0.1/')).toBe(true);
  expect(await may('http://[::ffff:127.0.0.1]/')).toBe(true);
  expect(await may('http://10.1.2.3/')).toBe(true);
  expect(await may('http://10.1.2.4/')).toBe(false);
  expect(await may('http://[fd00::5]/')).toBe(true);
  expect(await may('http://erp.internal:8080/', '192.168.7.7')).toBe(true);
  expect(await may('http://other.internal/', '192.168.7.7')).toBe(false);
});

test.each(['10.0.0.0/33', '10.0.0.0/x', 'fe80::/200', 'a/8'])('%s is no range', (entry) => {
  expect(() => parseAllowList([entry])).toThrow(entry);
});
