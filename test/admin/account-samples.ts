/** The pages about a member's own account, with believable props. */

import { passwordPage } from '../../src/admin/account/password.tsx';
import { codesAtLoginPage, codesPage } from '../../src/admin/account/recovery-codes.tsx';
import { sessionsPage } from '../../src/admin/account/sessions.tsx';
import { noTwoFactorPage, twoFactorPage } from '../../src/admin/account/two-factor.tsx';
import { enrolAtLoginPage, enrolPage } from '../../src/admin/login/enrolment.tsx';
import { secondStepPage } from '../../src/admin/login/second-step.tsx';
import type { AdminContext } from '../../src/admin/ui/context.ts';
import { confirmPage } from '../../src/admin/ui/password-again.tsx';
import type { AccountNews } from '../../src/staff/account-news.ts';
import { qrCode } from '../../src/staff/rules/qr-code.ts';
import { enrolmentUri } from '../../src/staff/rules/totp.ts';
import type { Sample } from './samples.ts';

const NOW = 1_795_449_600; // 2026-11-24 01:00 in Tokyo
const KEY = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const OFFER = { key: KEY, qr: qrCode(enrolmentUri(KEY, 'さくら雑貨店', 'hanako')) };
const REQUEST = { id: 'pending-1', clientName: '在庫連携アプリ' };
const CODES = Array.from({ length: 10 }, (_, index) => `ABCDE-FGHIJ-KLMNO-PQRST-UVWX${'ABCDEFGHIJ'[index]}`);

const DEVICES = [
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
    '192.0.2.10',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    '2001:db8:85a3:8d3:1319:8a2e:370:7348',
  ],
  ['curl/8.14', '198.51.100.7'],
].map(([userAgent = '', clientIp = ''], index) => ({
  sessionHash: `s${index}`,
  createdAt: NOW - index * 7_000,
  lastSeenAt: NOW - index * 600,
  clientIp,
  userAgent,
}));

export const ACCOUNT_NEWS: AccountNews = {
  failures: [3, 2, 1].map((minutes) => ({
    occurredAt: NOW - minutes * 60,
    kind: 'login_failed',
    clientIp: '203.0.113.9',
  })),
  changes: [{ occurredAt: NOW - 600, kind: 'member_password_changed', clientIp: null }],
};

export function accountSamples(context: AdminContext): readonly Sample[] {
  const { messages, paths } = context;
  const confirm = { title: messages.twoFactor.title, action: paths.twoFactor };
  return [
    ['second-step', secondStepPage(context, { problem: undefined, request: undefined })],
    ['second-step-wrong', secondStepPage(context, { problem: 'wrong', request: REQUEST })],
    ['enrol-at-login', enrolAtLoginPage(context, { offer: OFFER, problem: undefined, request: REQUEST })],
    ['codes-at-login', codesAtLoginPage(context, { codes: CODES, next: paths.home })],
    ['enrol', enrolPage(context, { offer: OFFER, problem: 'malformed' })],
    ['codes', codesPage(context, { codes: CODES, next: paths.twoFactor })],
    ['two-factor', twoFactorPage(context, { codesLeft: 8, ask: undefined })],
    ['two-factor-ask', twoFactorPage(context, { codesLeft: 2, ask: { problem: 'wrong' } })],
    ['two-factor-none', noTwoFactorPage(context)],
    ['confirm', confirmPage(context, { ...confirm, ask: { problem: { throttledMinutes: 29 } } })],
    ['sessions', sessionsPage(context, { sessions: DEVICES, current: 's0' })],
    ['sessions-one', sessionsPage(context, { sessions: DEVICES.slice(0, 1), current: 's0' })],
    ['password', passwordPage(context, { errors: {}, endGrants: false })],
    [
      'password-errors',
      passwordPage(context, {
        errors: { current: 'wrong', next: 'common', again: 'different' },
        endGrants: true,
      }),
    ],
  ];
}
