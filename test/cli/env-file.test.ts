/** What a shop's `.env` says, in the syntax that EC-CUBE reads. */
import { expect, test } from 'vitest';
import { parseEnvFile } from '../../src/app/config/env-file.ts';

const read = (text: string, env: NodeJS.ProcessEnv = {}): Record<string, string> => parseEnvFile(text, env);

test('plain, quoted and exported values, comments, empty values', () => {
  const text = [
    '# EC-CUBE',
    'APP_ENV=prod # the usual',
    'export ECCUBE_2FA_ENABLED=1',
    '#TRUSTED_PROXIES=127.0.0.1',
    `ECCUBE_ADMIN_ALLOW_HOSTS='["127.0.0.1"]'`,
    'ECCUBE_FRONT_ALLOW_HOSTS=["127.0.0.1"]',
    'NAME = "a # b" # c',
    'EMPTY=',
    'NEXT=x$y',
    'TWO="one\nline"',
    '',
  ].join('\r\n');
  expect(read(text)).toEqual({
    APP_ENV: 'prod',
    ECCUBE_2FA_ENABLED: '1',
    ECCUBE_ADMIN_ALLOW_HOSTS: '["127.0.0.1"]',
    ECCUBE_FRONT_ALLOW_HOSTS: '["127.0.0.1"]',
    NAME: 'a # b',
    EMPTY: '',
    NEXT: 'x$y',
    TWO: 'one\nline',
  });
});

test('escapes count in double quotes only', () => {
  const text = 'A="x\\"y\\\\z\\n\\$1"\nB=\'x\\"y\'\nC=x\\y';
  expect(read(text)).toEqual({ A: 'x"y\\z\n$1', B: 'x\\"y', C: 'x\\y' });
});

test('a reference is what was set before, the real environment first; not in single quotes, not escaped', () => {
  const text = [
    'DB_HOST=db',
    'DB_USER=shop',
    `DATABASE_URL="mysql://\${DB_USER}@\${DB_HOST}/\${DB_NAME}"`,
    `BARE=\${DB_USER}-\${LATER}`,
    `SINGLE='\${DB_USER}'`,
    `ESCAPED="\\\${DB_USER}"`,
    'LATER=1',
  ].join('\n');
  expect(read(text, { DB_HOST: 'real' })).toMatchObject({
    DATABASE_URL: `mysql://shop@real/\${DB_NAME}`,
    BARE: `shop-\${LATER}`,
    SINGLE: `\${DB_USER}`,
    ESCAPED: `\${DB_USER}`,
  });
});
