import { expect, test } from 'vitest';
import { sendableAddress } from '../../src/outbound/address.ts';
import { parseMailerDsn } from '../../src/outbound/dsn.ts';

const smtp = {
  kind: 'smtp',
  host: 'mail.example',
  port: 25,
  secure: false,
  autoTls: true,
  requireTls: false,
  verifyPeer: true,
};

test.each([
  ['null://null', { kind: 'none' }],
  ['null://default', { kind: 'none' }],
  ['sendmail://default', { kind: 'sendmail', path: '/usr/sbin/sendmail' }],
  [
    'sendmail://default?command=/opt/mail/sendmail%20-oi%20-t',
    { kind: 'sendmail', path: '/opt/mail/sendmail' },
  ],
  ['native://default', { kind: 'sendmail', path: '/usr/sbin/sendmail' }],
  ['smtp://mail.example', smtp],
  ['smtp://mail.example:587', { ...smtp, port: 587 }],
  ['smtp://mail.example:465', { ...smtp, port: 465, secure: true }],
  ['smtps://mail.example', { ...smtp, port: 465, secure: true }],
  ['smtps://mail.example:10465', { ...smtp, port: 10465, secure: true }],
  [
    'smtp://shop%40example.com:p%23ss%2Fw@mail.example:587',
    { ...smtp, port: 587, user: 'shop@example.com', password: 'p#ss/w' },
  ],
  ['smtp://mail.example?verify_peer=0', { ...smtp, verifyPeer: false }],
  ['smtp://mail.example?auto_tls=false', { ...smtp, autoTls: false }],
  ['smtp://mail.example?require_tls=true', { ...smtp, requireTls: true }],
  ['smtp://mail.example?encryption=tls', { ...smtp, requireTls: true }],
  ['smtp://mail.example?local_domain=shop.example', { ...smtp, localDomain: 'shop.example' }],
  ['smtp://[::1]:1025', { ...smtp, host: '::1', port: 1025 }],
])('%s', (dsn, transport) => {
  expect(parseMailerDsn(dsn)).toEqual(transport);
});

test.each(['', 'smtp', 'smtp://', 'gmail+smtp://user:secret@default', 'http://user:secret@mail.example'])(
  'nothing can be sent with “%s”, and the reason holds no password',
  (dsn) => {
    const transport = parseMailerDsn(dsn);
    expect(transport.kind).toBe('unusable');
    expect(JSON.stringify(transport)).not.toContain('secret');
  },
);

test.each([
  ['yamada@example.com', 'yamada@example.com'],
  ['yamada.taro+shop@example.co.jp', 'yamada.taro+shop@example.co.jp'],
  ['yama..da@docomo.ne.jp', '"yama..da"@docomo.ne.jp'],
  ['yamada.@docomo.ne.jp', '"yamada."@docomo.ne.jp'],
  ['.yamada@ezweb.ne.jp', '".yamada"@ezweb.ne.jp'],
  ['"yama..da"@docomo.ne.jp', '"yama..da"@docomo.ne.jp'],
  ['yamada@日本.example', 'yamada@日本.example'],
])('%s can be sent to', (address, sendable) => {
  expect(sendableAddress(address)).toBe(sendable);
});

test.each([
  '',
  'yamada',
  '@example.com',
  'yamada@',
  'yamada@example.com\r\nBcc: all@example.com',
  'yamada\n@example.com',
  'yamada@example.com, other@example.com',
  'Yamada <yamada@example.com>',
  'a b@example.com',
  '"a"b"@example.com',
  `${'a'.repeat(65)}@example.com`,
])('%s cannot', (address) => {
  expect(sendableAddress(address)).toBeUndefined();
});
