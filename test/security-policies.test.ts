/** The rules that docs/security.md writes down, held against the numbers in force; and rules about the sources themselves. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VARIABLES } from '../src/app/config/variables.ts';
import type { SigningAlgorithm } from '../src/oauth/keys/keyring.ts';
import { makePrivateKey, readSigningKey } from '../src/oauth/keys/make-key.ts';
import { addressLimit, loginIdLimit, secondStepLimit } from '../src/staff/rules/lock-out.ts';
import { NEW_PASSWORD_LENGTH } from '../src/staff/rules/password.ts';
import { SESSION_SECONDS } from '../src/staff/rules/session.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const sources = globSync('src/**/*.{ts,tsx}', { cwd: ROOT }).filter((path) => !path.includes('.test.'));
const filesWith = (pattern: RegExp) => sources.filter((path) => pattern.test(read(path))).sort();

/** The text under a heading, its lines joined. */
function section(heading: string): string {
  const [, rest = ''] = read('docs/security.md').split(`\n## ${heading}\n`);
  const text = rest.split('\n## ')[0] ?? '';
  expect(text, heading).not.toBe('');
  return text.replaceAll(/\s+/g, ' ');
}

describe('what is written is what is done', () => {
  test('ASVS-6.1.1: the lock-out rule', () => {
    const [one, all, step] = [loginIdLimit('x', '::1'), addressLimit('::1'), secondStepLimit(1)];
    const minutes = one.windowSeconds / 60;
    const text = section('Lock-out rule');
    expect(text).toContain(`${one.maxFailures} failures of one login ID from one address`);
    expect(text).toContain(`${all.maxFailures} failures from one address`);
    expect(text).toContain(`${step.maxFailures} wrong codes of one member`);
    expect(text).toContain(`${minutes} minutes`);
    expect([all.windowSeconds, step.windowSeconds]).toEqual([one.windowSeconds, one.windowSeconds]);
    expect(loginIdLimit('x', '::1').throttleId).not.toBe(loginIdLimit('x', '192.0.2.1').throttleId);
  });

  test('the rule for passwords', () => {
    expect(section('Passwords')).toContain(
      `${NEW_PASSWORD_LENGTH.min} to ${NEW_PASSWORD_LENGTH.max} characters`,
    );
  });

  test('ASVS-7.1.1: the time limits of sessions', () => {
    const text = section('Sessions');
    expect(text).toContain(`after ${SESSION_SECONDS.idle / 3600} hours without a request`);
    expect(text).toContain(`${SESSION_SECONDS.absolute / 3600} hours after the login`);
    expect(text).toContain(`${SESSION_SECONDS.pending / 60} minutes for the second step`);
    expect(text).toContain(`fresh for ${SESSION_SECONDS.confirmed / 60} minutes`);
  });

  test('ASVS-7.1.2, ASVS-7.1.3: parallel sessions, and what ends together with what', () => {
    const text = section('Sessions');
    for (const word of [
      'any number of sessions',
      'ログイン中の端末',
      'member disable',
      'member logout',
      'EC-CUBE',
    ])
      expect(text).toContain(word);
  });

  test('ASVS-13.3.1, ASVS-13.3.4: where secrets lie, how long they last, how they are replaced', () => {
    const text = section('Secrets and keys');
    for (const word of ['`keys/`', '0600', 'tegata key rotate', 'TEGATA_KEY_ROTATION_DAYS', 'two secrets'])
      expect(text).toContain(word);
    for (const variable of Object.values(VARIABLES)) {
      if ('secret' in variable && variable.secret) expect(text).toContain(`\`${variable.name}\``);
    }
  });
});

describe('the sources', () => {
  test('ASVS-6.5.3, ASVS-11.5.1: what must be random comes from node:crypto, by few doors', () => {
    const sample = 'src/admin/clients/steps/javascript.ts'; // text that integrators copy, not run here
    const here = (pattern: RegExp) => filesWith(pattern).filter((path) => path !== sample);
    expect(here(/\brandom(?:Bytes|Fill|FillSync|Int)\b/)).toEqual([
      'src/app/key-files.ts',
      'src/base/bytes.ts',
      'src/base/encryption.ts',
    ]);
    expect(here(/randomUUID|getRandomValues|pseudoRandom/)).toEqual([]);
    // The jitter between two attempts at a webhook: nothing that anybody must not guess.
    expect(filesWith(/Math\.random/)).toEqual(['src/app/joined-api.ts']);
    expect(
      read('src/app/joined-api.ts')
        .match(/.*Math\.random.*/g)
        ?.map((line) => line.trim()),
    ).toEqual(['random: Math.random,']);
  });

  test('ASVS-13.3.1: no key or password stands in them', () => {
    expect(filesWith(/-----BEGIN [A-Z ]*PRIVATE KEY/)).toEqual([]);
  });

  test('ASVS-16.4.2: the audit log is written and pruned; only the count of further refusals changes', () => {
    expect(filesWith(/updateTable\(\s*'tegata_event'/)).toEqual(['src/audit/events.ts']);
    expect(filesWith(/(?<!function )\brecountEvent\(/)).toEqual(['src/staff/refusals.ts']);
    expect(filesWith(/deleteFrom\(\s*'tegata_event'/)).toEqual(['src/audit/events.ts']);
    expect(filesWith(/insertInto\(\s*'tegata_event'/)).toEqual(['src/audit/events.ts']);
  });
});

test('ASVS-11.2.3: PS256, ES256 and EdDSA keys give 128 bits; RS256 has what every client reads', async () => {
  const bits = async (alg: SigningAlgorithm) => {
    const { kid, pem } = await makePrivateKey(alg);
    const record = { kid, alg, state: 'current', createdAt: 0, signsSince: 0, oldSince: null } as const;
    const { asymmetricKeyType, asymmetricKeyDetails } = readSigningKey(record, pem).privateKey!;
    return asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve ?? asymmetricKeyType;
  };
  expect([await bits('PS256'), await bits('ES256'), await bits('EdDSA')]).toEqual([
    3072,
    'prime256v1',
    'ed25519',
  ]);
  expect(await bits('RS256')).toBe(2048);
});
