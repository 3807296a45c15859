import { expect, test } from 'vitest';
import { recoveryCode, recoveryCodeHash, typedRecoveryCode } from './recovery-code.ts';

const SEED = '00112233445566778899aabbccddeeff';
const CODE = 'AAISE-M2EKV-THPCE-ZVK54-ZXPO7';

test('ASVS-6.5.4: 16 random bytes make five groups of five letters, 125 bits', () => {
  expect(recoveryCode(SEED)).toBe(CODE);
});

test.each([
  CODE,
  CODE.toLowerCase(),
  CODE.replaceAll('-', ''),
  ` ${CODE.replaceAll('-', ' ')} `,
  'ＡＡ1SE-M2EKV-THPCE-ZVK54-ZXP07',
])('%s typed is the code', (typed) => {
  expect(typedRecoveryCode(typed)).toBe(CODE);
});

test.each(['', '123456', CODE.slice(1), `${CODE}A`, CODE.replace('M', '9')])('%j is none', (typed) => {
  expect(typedRecoveryCode(typed)).toBeUndefined();
});

test('what is stored depends on member, key and code', () => {
  const hashes = [
    recoveryCodeHash(1, 'KEY', CODE),
    recoveryCodeHash(2, 'KEY', CODE),
    recoveryCodeHash(1, 'OTHER', CODE),
    recoveryCodeHash(1, 'KEY', CODE.replace('M', 'N')),
  ];
  expect(new Set(hashes).size).toBe(4);
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
});
