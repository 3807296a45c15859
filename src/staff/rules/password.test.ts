import { createHash } from 'node:crypto';
import { hash as argon2 } from '@node-rs/argon2';
import { hash as bcrypt, verify as verifyBcrypt } from '@node-rs/bcrypt';
import { describe, expect, test } from 'vitest';
import { hashLegacyPassword, hashPassword, judgeNewPassword, verifyPassword } from './password.ts';

/** Every check is made up to a cheap bcrypt; the usual cost is in the test of the unknown member. */
const settings = { authMagic: 'AUTHMAGIC', cost: 4 };
const check = (plain: string, password: string, salt: string | null = null) =>
  verifyPassword(plain, { password, salt }, settings);

const HMAC = 'f25e4c3cef59fda475459cf9db6a81a5b41ce531184c704a1af3b1edfed50764';
const SHA1 = '5165946e869555ad07b24e2f91a06653db012146';

describe('verifyPassword', () => {
  test('EC-CUBE 4.0–4.2: HMAC-SHA256 with the salt', async () => {
    expect(await check('password', HMAC, 'abcde12345')).toBe(true);
    expect(await check('Password', HMAC, 'abcde12345')).toBe(false);
    expect(await check('password', HMAC, 'abcde12346')).toBe(false);
    expect(
      await verifyPassword('password', { password: HMAC, salt: 'abcde12345' }, { authMagic: 'other' }),
    ).toBe(false);
  });

  test.each([null, '', '0'])('EC-CUBE 2: SHA-1 when the salt is %j', async (salt) => {
    expect(await check('password', SHA1, salt)).toBe(true);
    expect(await check('password', HMAC, salt)).toBe(false);
  });

  test('EC-CUBE 4.3: bcrypt as the real shop stored it for the password "password"', async () => {
    const stored = '$2y$13$a63yvaMkwdbdOQy0Wt9KQ.TLpng4xwRKNUnI0SPgSCTWhIhffFOei';
    expect(await check('password', stored)).toBe(true);
    expect(await check('passwort', stored)).toBe(false);
    expect(await check('password', stored, 'a salt left over from before')).toBe(true);
  });

  test('bcrypt: what is longer than 72 bytes or holds NUL is hashed first, as Symfony does', async () => {
    for (const plain of ['a'.repeat(73), `${'あ'.repeat(24)}x`, 'pass\0word']) {
      const folded = createHash('sha512').update(plain).digest('base64');
      expect(await check(plain, await bcrypt(folded, { cost: 4, version: '2y' }))).toBe(true);
      expect(await check(plain, await bcrypt(plain, { cost: 4, version: '2y' }))).toBe(false);
    }
    const just72 = 'b'.repeat(72);
    expect(await check(just72, await bcrypt(just72, { cost: 4, version: '2y' }))).toBe(true);
    expect(await check(`${just72}c`, await bcrypt(just72, { cost: 4, version: '2y' }))).toBe(false);
  });

  test('argon2, and malformed values of either kind', async () => {
    expect(await check('password', await argon2('password'))).toBe(true);
    expect(await check('passwort', await argon2('password'))).toBe(false);
    expect(await check('password', '$argon2id$v=19$broken')).toBe(false);
    expect(await check('password', '$2y$13$broken')).toBe(false);
  });

  test('nothing fits an empty hash, an empty password, or one over 4096 bytes', async () => {
    expect(await check('password', '')).toBe(false);
    expect(await check('', createHash('sha1').update(':AUTHMAGIC').digest('hex'))).toBe(false);
    const long = 'x'.repeat(4097);
    expect(await check(long, hashLegacyPassword(long, 's', settings), 's')).toBe(false);
    const longest = 'x'.repeat(4096);
    expect(await check(longest, hashLegacyPassword(longest, 's', settings), 's')).toBe(true);
  });

  test('nobody is somebody: an unknown member is refused whatever the password', async () => {
    expect(await verifyPassword('password', undefined, { authMagic: 'AUTHMAGIC' })).toBe(false);
  });
});

test('ASVS-11.4.2: a new hash is bcrypt of cost 13 under the prefix that PHP writes', async () => {
  const hash = await hashPassword('c0rrect-horse');
  expect(hash).toMatch(/^\$2y\$13\$.{53}$/);
  expect(await verifyBcrypt('c0rrect-horse', hash)).toBe(true);
});

describe('judgeNewPassword', () => {
  const judge = (plain: string) => judgeNewPassword(plain, { loginId: 'tanaka', shopName: 'さくら Goods' });

  test('ASVS-6.2.1, ASVS-6.2.9: 12 to 64 characters', () => {
    const phrase = 'kono michi wo yukeba dou naru mono ka, ayabumu nakare to iu keredo';
    const lengths = [11, 12, 64, 65].map((length) => judge(phrase.slice(0, length)));
    expect(lengths).toEqual(['length', undefined, undefined, 'length']);
    expect(judge('手形を見せて関所を通るのだ')).toBeUndefined();
    expect(judge('🗻'.repeat(6) + '海'.repeat(5))).toBe('length');
  });

  test.each([
    'korekaramichiwoyuku',
    '83920174659201',
    '"<>&\'%!?;:/\\_^~',
    'ひとりで みちを ゆくのです',
    ' yukeba wakaru sa ',
  ])('ASVS-6.2.5: %s is taken, of whatever kinds its characters are', (plain) => {
    expect(judge(plain)).toBeUndefined();
  });

  test.each(['kono\0michi-wo-yuku', 'kono-michi-wo\nyuku', 'kono-michi-\ud800-yuku'])(
    '%j cannot be typed',
    (plain) => expect(judge(plain)).toBe('characters'),
  );

  test.each([
    'Password1234',
    'qwertyuiop123!',
    'qwertyuiopasdfghjkl',
    '123456789012',
    '0987654321098765',
    'abcdefghijklmnop',
    'abcd1234abcd1234',
    'aaaaaaaaaaa1',
    'manchesterunited',
    '!!Administrator1',
    'iloveyouiloveyou',
    '1qaz2wsx3edc',
  ])('ASVS-6.2.4: %s is too common', (plain) => {
    expect(judge(plain)).toBe('common');
  });

  test.each([
    ['my-Tanaka-2026', 'login-id'],
    ['sono t a n a k a da', 'login-id'],
    ['さくらgoods-no-mise', 'shop-name'],
    ['SAKURA さくら GOODS', 'shop-name'],
    ['EC-CUBE2026!!', 'common'],
    ['tegata123456', 'common'],
  ])('ASVS-6.2.11: %s is refused for a word of the shop: %s', (plain, fault) => {
    expect(judge(plain)).toBe(fault);
  });

  test('a word of a few letters does not forbid them', () => {
    expect(judgeNewPassword('korekara-tegata-1', { loginId: 'kor', shopName: '' })).toBeUndefined();
  });
});
