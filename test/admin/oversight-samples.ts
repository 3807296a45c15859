/** The pages that oversee the API, with believable props. */
import { appsPage } from '../../src/admin/apps/apps-page.tsx';
import { auditPage } from '../../src/admin/audit/audit.tsx';
import { explorerPage } from '../../src/admin/explorer/explorer.tsx';
import { testerPage, testerResultPage, testerStartedPage } from '../../src/admin/explorer/tester.tsx';
import { keysPage, retireNowPage, retirePage, rotatePage } from '../../src/admin/keys/keys.tsx';
import { securityPage } from '../../src/admin/security/security.tsx';
import type { AdminContext } from '../../src/admin/ui/context.ts';
import type { EventDetail } from '../../src/audit/events.ts';
import type { EventKind } from '../../src/audit/kinds.ts';
import { type Client, defaultPolicies } from '../../src/oauth/rules/client.ts';
import { securityFindings } from '../../src/security/security-findings.ts';
import type { Sample } from './samples.ts';

const NOW = 1_795_449_600; // 2026-11-24 01:00 in Tokyo
const DAY = 86_400;
const CLIENT = { clientId: '7f8d4ed18cccc0cd8ea03036f8f02d55', name: '在庫連携アプリ' };

const APPS = [
  {
    grantId: 'g1',
    client: CLIENT,
    loginId: 'hanako',
    scopes: ['read', 'write'],
    createdAt: NOW - 40 * DAY,
    lastUsedAt: NOW - 600,
    lastIp: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
    calls: ['products', 'orders', 'updateProductStock', 'customers', 'categories', 'deliveries'].map(
      (operation, index) => ({ operation, calls: 12_345 >> (2 * index) }),
    ),
    liveTokens: { n: 3, more: false },
  },
  {
    grantId: 'g2',
    client: { ...CLIENT, name: '夜間バッチ' },
    loginId: null,
    scopes: ['read'],
    createdAt: NOW - 2 * DAY,
    lastUsedAt: null,
    lastIp: null,
    calls: [],
    liveTokens: { n: 1, more: false },
  },
];

const EVENTS: readonly (readonly [EventKind, EventDetail])[] = [
  [
    'authorize_refused',
    {
      reason: 'redirect-mismatch',
      requested: 'http://stock.example.com/callback',
      registered: 'https://stock.example.com/oauth/callback',
      differs: ['scheme', 'path'],
    },
  ],
  ['token_refused', { error: 'invalid_client', reason: 'the client secret is wrong or expired' }],
  ['refresh_reused', { grant: 'g1', revoked: true }],
  ['login_failed', { reason: 'password' }],
  ['login_ok', { secondStep: 'recovery-code' }],
  ['code_redeemed', { scope: 'read write', grant: 'g1' }],
];

const row = ([kind, detail]: (typeof EVENTS)[number], index: number) => ({
  eventId: 1000 - index,
  occurredAt: NOW - index * 5_000,
  kind,
  clientId: CLIENT.clientId,
  client: index === 3 ? null : index === 2 ? { clientId: CLIENT.clientId, name: undefined } : CLIENT,
  loginId: index % 2 === 0 ? 'hanako' : null,
  clientIp: index === 1 ? '2001:db8:85a3:8d3:1319:8a2e:370:7348' : '192.0.2.10',
  requestId: `9f8e7d6c5b4a391${index}`,
  detail,
});

export const FAILURES = EVENTS.slice(0, 3).map(row);

const FACTS = {
  now: NOW,
  issuer: 'https://shop.example.jp',
  clients: [],
  openFiles: [],
  clockApartSeconds: 0,
  passwordCost: 13,
  codeSeconds: 60,
  keyStrength: 128,
  withoutSecondFactor: [],
};
const OLD_CLIENT: Client = {
  ...CLIENT,
  isPublic: false,
  redirectUris: ['https://stock.example.com/cb'],
  scopes: ['read', 'write'],
  grantTypes: ['authorization_code'],
  pkce: 'auto',
  createdAt: NOW - 800 * DAY,
  updatedAt: NOW,
  createdBy: null,
  disabledAt: null,
  secrets: [{ secretId: 's', hash: '', createdAt: NOW - 800 * DAY, expiresAt: null, lastUsedAt: null }],
  policies: defaultPolicies(false),
  purpose: null,
  withoutPkceAt: null,
};
const WELL = securityFindings(FACTS);
const FINDINGS = securityFindings({
  ...FACTS,
  issuer: 'http://shop.example.jp',
  openFiles: ['/var/lib/tegata/keys', '/var/lib/tegata/keys/master.key'],
  clients: [{ client: OLD_CLIENT, lastUsedAt: NOW }],
  codeSeconds: 600,
  keyStrength: 112,
  withoutSecondFactor: ['hanako', 'taro'],
});

const RING = (
  [
    ['next', 'ES256', 0.5],
    ['current', 'RS256', 0.5],
    ['old', 'RS256', 0.5],
    ['old', 'EdDSA', 92],
  ] as const
).map(([state, alg, days], index) => ({
  kid: `${index}QmZk3mT0xq8uVYw2nRj5cLhA7eBdP1sGfK9iOtXvMzQ`,
  alg,
  state,
  since: NOW - days * DAY,
  removableAt: state === 'old' ? NOW - (days - 1) * DAY : null,
}));

const KEYS = { keys: RING, signing: RING[1]?.kid ?? '', alg: 'RS256' as const };

const AUTHORIZE_URL = `https://shop.example.jp/admin/authorize?response_type=code&client_id=${CLIENT.clientId}`;
export const TESTED_STEPS = (['authorize', 'token', 'api'] as const).map((step) => ({
  step,
  request: 'POST /token\ngrant_type: authorization_code\ncode: abcd…',
  answer: JSON.stringify({ token_type: 'Bearer', access_token: 'eyJh…' }, null, 2),
  status: 200,
}));

/** Empty, so that the script does not ask an API that is not there. */
const TOKEN = { accessToken: '', scopes: ['read:products'] };

const NO_FILTER = { q: '', kind: '', client: '', member: '', from: '', until: '' };

export function oversightSamples(context: AdminContext): readonly Sample[] {
  const walkForm = { scopeOptions: ['read', 'read:products'], scopes: [] };
  const apps = { apps: APPS, total: { n: APPS.length, more: false }, q: '', next: undefined, later: false };
  const audit = { events: EVENTS.map(row), clients: [CLIENT], filter: NO_FILTER, older: false };
  const filter = {
    q: 'req-1',
    kind: 'token_refused',
    client: 'gone',
    member: 'hanako',
    from: '2026-11-01',
    until: '',
  };
  return [
    ['apps', appsPage(context, apps)],
    ['apps-none', appsPage(context, { ...apps, apps: [], total: { n: 0, more: false } })],
    [
      'apps-not-found',
      appsPage(context, { ...apps, apps: [], total: { n: 0, more: false }, q: 'なにもない' }),
    ],
    ['explorer', explorerPage(context, { ...walkForm, problem: 'notChosen', minutes: 15 })],
    ['tester', testerPage(context, { ...walkForm, problem: true })],
    ['tester-started', testerStartedPage(context, { authorizeUrl: AUTHORIZE_URL })],
    ['tester-result', testerResultPage(context, { steps: TESTED_STEPS, token: TOKEN, minutes: 15 })],
    ['tester-refused', testerResultPage(context, { steps: TESTED_STEPS.slice(0, 1), minutes: 15 })],
    ['keys', keysPage(context, { ...KEYS, removable: 1 })],
    ['keys-waiting', keysPage(context, { ...KEYS, removable: 0 })],
    ['keys-rotate', rotatePage(context, { ...KEYS, callsInDay: 1234, ask: { problem: 'wrong' } })],
    [
      'keys-retire-now',
      retireNowPage(context, {
        kid: KEYS.signing,
        state: 'current',
        liveTokens: { n: 312, more: false },
        callsInDay: 1234,
        ask: { problem: 'wrong' },
      }),
    ],
    ['keys-retire', retirePage(context, { removable: 2 })],
    ['security', securityPage(context, { findings: FINDINGS })],
    ['security-well', securityPage(context, { findings: WELL })],
    ['audit', auditPage(context, { ...audit, next: 995 })],
    ['audit-none', auditPage(context, { ...audit, events: [], filter, older: true, next: undefined })],
  ];
}
