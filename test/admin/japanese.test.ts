/** No English sentence on a Japanese page: all that the rules say on the wire has words for the staff. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventFacts } from '../../src/admin/audit/event-words.ts';
import { sayingInJapanese } from '../../src/admin/i18n/ja/sayings.ts';
import { messagesFor } from '../../src/admin/i18n/messages.ts';
import { jobReason } from '../../src/admin/jobs/job-words.tsx';

const ROOT = join(import.meta.dirname, '../../src');
const SPEAKS =
  /(?:new OAuthError\(\s*'\w+',\s*|refuse\(\s*|invalid\(\s*|fail\(\s*|description: |(?:missing|unexpected|malformed|mismatch): )(['`])((?:(?!\1).)+ (?:(?!\1).)+)\1/g;

/** Every sentence that a rule can put into the audit log, with something where a value stands. */
const sayings = readdirSync(join(ROOT, 'oauth'), { recursive: true, encoding: 'utf8' })
  // What a bearer token is refused for is told to the app alone.
  .filter((file) => file.endsWith('.ts') && !file.includes('.test.') && !file.endsWith('principal.ts'))
  .flatMap((file) => [...readFileSync(join(ROOT, 'oauth', file), 'utf8').matchAll(SPEAKS)])
  .map(([, , text = '']) => text.replace(/\$\{[^}]*\}/g, '9'));

test('the sentences are found', () => {
  expect(sayings.length).toBeGreaterThan(30);
  expect(sayings).toContain('The authorization code has expired.');
});

test.each([...new Set(sayings)])('「%s」 has Japanese words', (text) => {
  expect(sayingInJapanese(text) ?? '').toMatch(/[ぁ-ん]/);
});

test.each([
  'no client secret or assertion was sent',
  'the client may not authenticate by none',
  'the claim aud is not acceptable',
  'the claim exp lies in the past',
  'the claim nbf lies in the future or is no number',
  'it was used before; make a new one, with a new jti, for every request',
])('why a client was refused, 「%s」, has Japanese words', (text) => {
  expect(sayingInJapanese(text) ?? '').toMatch(/[ぁ-ん]/);
});

test('facts of bulk jobs, backups and restores are in Japanese', () => {
  const facts = (detail: Parameters<typeof eventFacts>[0]) =>
    eventFacts(detail, messagesFor('ja')).join('\n');
  expect(facts({ job: '17', csv: 'products', dry: true, total: 12 })).toBe(
    '一括処理のID：17\nCSVの種類：商品CSV\n確認のみ：はい\n行数：12',
  );
  expect(facts({ form: 'backup', made_at: '2026-11-29T03:00:00.000Z', kept: 'tokens' })).toBe(
    'ファイルの種類：バックアップ\nファイルの作成日時：2026-11-29T03:00:00.000Z\n引き継いだもの：リフレッシュトークン',
  );
});

test.each(['UNAUTHENTICATED', 'FORBIDDEN', 'LIMIT', 'TIMEOUT', 'INTERNAL', 'constructor'])(
  'why a job ended, %s, is said in Japanese',
  (code) => expect(jobReason(messagesFor('ja'), code)).toMatch(/[ぁ-ん].*。$/),
);

test('a sentence nobody has translated is told to be in the export, not shown', () => {
  const detail = { error: 'invalid_grant', reason: 'Something new was said.', description: 'And this too.' };
  const ja = eventFacts(detail, messagesFor('ja')).join('\n');
  expect(ja).not.toMatch(/Something new|And this/);
  expect(ja).toContain('invalid_grant');
  expect(eventFacts(detail, messagesFor('en')).join('\n')).toContain('Something new was said.');
});
