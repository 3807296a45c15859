import { expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { withoutSecrets } from './log-secrets.ts';

const SECRETS = {
  code: 's3cret',
  code_verifier: 's3cret',
  access_token: 's3cret',
  refresh_token: 's3cret',
  client_secret: 's3cret',
  password: 's3cret',
  authorization: 's3cret',
  cookie: 's3cret',
  'set-cookie': ['s3cret'],
};

function lines(write: (log: ReturnType<typeof createLog>) => void): string {
  const written: string[] = [];
  write(createLog('info', { write: (line) => void written.push(line) }));
  return written.join('');
}

test.each([
  ['at the top', SECRETS],
  ['one level below', { one: SECRETS }],
  ['two levels below', { one: { two: SECRETS } }],
  ['in a list', { all: [SECRETS] }],
])('a secret %s is in no line', (_, details) => {
  const text = lines((log) => log.info(details, 'told'));
  expect(text).not.toContain('s3cret');
  expect(text.match(/\[redacted\]/g)).toHaveLength(Object.keys(SECRETS).length);
});

test('what a child logger bears, and what is no error beside `err`, holds no secret', () => {
  const text = lines((log) => {
    log.child({ token: { password: 's3cret' } }).info('told');
    log.info({ err: { authorization: 's3cret' } }, 'told');
    log.info({ err: Object.assign(new Error('broken'), { cookie: 's3cret' }) }, 'told');
  });
  expect(text).not.toContain('s3cret');
  expect(text).toContain('broken');
});

test('what holds no secret is passed on as it is, and what is logged is never changed', () => {
  const plain = { path: '/token', at: new Date(0), deep: { list: [1, 'two'] } };
  expect(withoutSecrets(plain)).toBe(plain);
  const secret = { deep: { password: 's3cret' } };
  expect(withoutSecrets(secret)).toEqual({ deep: { password: '[redacted]' } });
  expect(secret.deep.password).toBe('s3cret');
});
