/** Every admin page with believable props, as (name, render) pairs for both languages. */

import type { Assets } from '../../src/admin/assets.ts';
import {
  answeredPage,
  authorizeErrorPage,
  goingOnPage,
  notAllowedPage,
} from '../../src/admin/authorize/authorize-stops.tsx';
import { consentPage } from '../../src/admin/authorize/consent.tsx';
import { clientCreatedPage, clientSecretPage } from '../../src/admin/clients/client-created.tsx';
import { clientDeletePage } from '../../src/admin/clients/client-delete.tsx';
import { clientDetailPage } from '../../src/admin/clients/client-detail.tsx';
import { clientFailuresPage } from '../../src/admin/clients/client-failures.tsx';
import type { ClientFormValues } from '../../src/admin/clients/client-fields.tsx';
import { clientConnectionsPage } from '../../src/admin/clients/client-grants.tsx';
import { clientNewPage } from '../../src/admin/clients/client-new.tsx';
import { clientSecretsPage, newSecretPage } from '../../src/admin/clients/client-secrets.tsx';
import { clientTestedPage, clientTestPage } from '../../src/admin/clients/client-test.tsx';
import { type ClientListRow, clientsPage } from '../../src/admin/clients/clients.tsx';
import { clientStepsPage } from '../../src/admin/clients/steps/client-steps.tsx';
import type { NextStepsInput } from '../../src/admin/clients/steps/next-steps.ts';
import { csrfToken } from '../../src/admin/cookies.ts';
import { homePage } from '../../src/admin/home/home.tsx';
import { pluginConfirmPage, pluginsPage } from '../../src/admin/home/plugins.tsx';
import { messagesFor } from '../../src/admin/i18n/messages.ts';
import { linkRefusedPage } from '../../src/admin/login/link-refused.tsx';
import { loginPage } from '../../src/admin/login/login.tsx';
import { paths } from '../../src/admin/paths.ts';
import { askFirstPage } from '../../src/admin/ui/ask-first.tsx';
import type { AdminContext } from '../../src/admin/ui/context.ts';
import { errorPage } from '../../src/admin/ui/error.tsx';
import { lateFormPage } from '../../src/admin/ui/late-form.tsx';
import { defaultPolicies } from '../../src/oauth/rules/client.ts';
import { policyFormOf } from '../../src/oauth/rules/policy-form.ts';
import type { Locale } from '../../src/shop/text.ts';
import { ACCOUNT_NEWS, accountSamples } from './account-samples.ts';
import { jobSamples } from './job-samples.ts';
import { FAILURES, oversightSamples, TESTED_STEPS } from './oversight-samples.ts';
import { requestSamples } from './request-samples.ts';
import { takeoverSamples } from './takeover-samples.ts';
import { TROUBLES, webhookSamples } from './webhook-samples.ts';

const NOW = 1_795_449_600; // 2026-11-24 01:00 in Tokyo
const DAY = 86_400;
const BASE = 'https://shop.example.jp';
const CLIENT_ID = '7f8d4ed18cccc0cd8ea03036f8f02d55';
const SECRET = 'Zk3mT0xq8uVYw2nRj5cLhA7eBdP1sGfK9iOtXvMzQ4o';
const REQUEST_ID = 'req-4k2m9x';

export const adminPaths = paths('admin');

export function sampleContext(locale: Locale, assets: Assets): AdminContext {
  return {
    messages: messagesFor(locale),
    paths: adminPaths,
    assets: assets.urls,
    apiPath: '/api',
    csrfToken: csrfToken('a-browser-of-the-tests'),
    shopName: 'さくら雑貨店',
    shopUrl: `${BASE}/`,
    shopAdminUrl: `${BASE}/admin/`,
    timeZone: 'Asia/Tokyo',
    member: { name: '山田 花子', lastLoginAt: NOW - DAY },
    menuPages: [
      'home',
      'clients',
      'webhooks',
      'apps',
      'jobs',
      'audit',
      'keys',
      'tester',
      'explorer',
      'security',
      'plugins',
    ],
    apiEnabled: true,
  };
}

const row = (name: string, rest: Partial<ClientListRow> = {}): ClientListRow => ({
  clientId: CLIENT_ID,
  name,
  scopes: ['read', 'write'],
  redirectUris: ['https://stock.example.com/oauth/callback'],
  grantTypes: ['authorization_code', 'refresh_token'],
  lastUsedAt: NOW - 600,
  enabled: true,
  ...rest,
});

const ROWS: readonly ClientListRow[] = [
  row('在庫連携アプリ'),
  row('売上レポート', { clientId: '0a1b2c3d4e5f60718293a4b5c6d7e8f9', scopes: ['read'], lastUsedAt: null }),
  row('店頭レジ（iPad）', {
    clientId: 'ffeeddccbbaa99887766554433221100',
    redirectUris: ['com.example.register:/oauth/callback', 'http://127.0.0.1/callback'],
    enabled: false,
  }),
];

const ENDPOINTS = { authorize: `${BASE}/admin/authorize`, token: `${BASE}/token`, api: `${BASE}/api` };
const OPTIONS = {
  formId: 'form-1',
  scopeOptions: ['read', 'write'],
  grantOptions: ['authorization_code', 'refresh_token'],
  lifetimes: { accessSeconds: 3600, refreshSeconds: 30 * DAY, refreshAbsoluteSeconds: 730 * DAY },
  ask: undefined,
};
const PLAIN_POLICIES = policyFormOf(defaultPolicies(false));

const EMPTY: ClientFormValues = {
  name: '',
  redirectUris: '',
  scopes: [],
  grantTypes: ['authorization_code', 'refresh_token'],
  type: 'confidential',
  pkce: 'auto',
  policies: PLAIN_POLICIES,
};

const FILLED: ClientFormValues = {
  ...EMPTY,
  name: '在庫連携アプリ',
  redirectUris: 'https://stock.example.com/oauth/callback\nhttp://stock.example.com/oauth/callback\nfoo',
  scopes: ['read', 'write'],
  pkce: 'required',
};

const STEPS: NextStepsInput = {
  authorizeUrl: ENDPOINTS.authorize,
  tokenUrl: ENDPOINTS.token,
  apiUrl: ENDPOINTS.api,
  clientId: CLIENT_ID,
  clientSecret: SECRET,
  redirectUri: 'https://stock.example.com/oauth/callback',
  scopes: ['read', 'write'],
  state: 'aK3x9QmZ',
  pkce: null,
  mayRefresh: true,
  codeSeconds: 600,
};

const PUBLIC_STEPS: NextStepsInput = {
  ...STEPS,
  clientSecret: null,
  redirectUri: 'com.example.register:/oauth/callback',
  pkce: {
    verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  },
};

const DAYS_OF_USE = Array.from({ length: 30 }, (_, index) => ({
  day: new Date((NOW - (29 - index) * DAY) * 1000).toISOString().slice(0, 10),
  calls: index % 7 === 0 ? 0 : 1_000 + ((index * 3_701) % 6_100),
  errors: index % 5 === 0 ? (index * 37) % 610 : 0,
  averageMs: index % 7 === 0 ? null : 8 + ((index * 7) % 23),
  medianMs: index % 7 === 0 ? null : 10,
  mostWithinMs: index % 7 === 0 ? null : index % 11 === 0 ? 250 : 50,
}));

const EVENTS = (
  ['login_ok', 'authorize_approved', 'token_refreshed', 'refresh_reused', 'login_failed'] as const
).map((kind, index) => ({
  occurredAt: NOW - index * 5_000,
  kind,
  loginId: index === 2 ? null : 'hanako',
  client: index === 1 || index === 2 ? { clientId: CLIENT_ID, name: '在庫連携アプリ' } : null,
}));

const DETAIL = {
  pkceLearned: true,
  client: {
    clientId: CLIENT_ID,
    name: '在庫連携アプリ',
    isPublic: false,
    createdAt: NOW - 90 * DAY,
    createdBy: 'hanako',
    disabledAt: null,
  },
  values: { ...FILLED, redirectUris: 'https://stock.example.com/oauth/callback' },
  errors: {},
  ...OPTIONS,
};

const TABS = {
  client: DETAIL.client,
  isPublic: false,
  now: NOW,
  callsInDay: 312,
  secrets: [
    { secretId: 's2', createdAt: NOW - DAY, lastUsedAt: NOW - 600, expiresAt: null },
    { secretId: 's1', createdAt: NOW - 90 * DAY, lastUsedAt: null, expiresAt: NOW + 6 * DAY },
  ],
  liveGrants: {
    rows: [
      {
        grantId: 'g1',
        loginId: 'hanako',
        scopes: ['read', 'write'],
        createdAt: NOW - 40 * DAY,
        lastUsedAt: NOW - 600,
      },
      { grantId: 'g2', loginId: 'tencho', scopes: ['read'], createdAt: NOW - 3 * DAY, lastUsedAt: null },
    ],
    total: { n: 60, more: false },
  },
};

const SNIPPET = {
  authorizeUrl: ENDPOINTS.authorize,
  tokenUrl: ENDPOINTS.token,
  apiUrl: ENDPOINTS.api,
  issuer: BASE,
  clientId: CLIENT_ID,
  redirectUri: 'https://stock.example.com/oauth/callback',
  scope: 'read write',
  mayRefresh: true,
  actsAsItself: true,
  auth: 'client_secret_basic',
  alg: 'RS256',
  kid: '',
  query: '{ products(limit: 5) { nodes { id name } totalCount } }',
} as const;

const CONSENT = {
  requestId: 'pending-1',
  clientName: '在庫連携アプリ',
  redirectUri: 'https://stock.example.com/oauth/callback',
  scopes: ['read', 'write'],
  member: { name: '山田 花子', loginId: 'hanako' },
  accessTokenSeconds: 3600,
  refreshTokenSeconds: 2_592_000,
};

export type Sample = readonly [name: string, html: string];

export function samples(locale: Locale, assets: Assets): readonly Sample[] {
  const context = sampleContext(locale, assets);
  return [
    ...framedSamples(context),
    ...clientSamples(context),
    ...clientTabSamples(context),
    ...adminSamples(context),
    ...accountSamples(context),
    ...oversightSamples(context),
    ...takeoverSamples(context),
    ...jobSamples(context),
    ...webhookSamples(context),
  ];
}

const LATE_FORM = {
  action: '/admin/api/oauth/new',
  fields: [['name', '在庫くん']],
  requestId: REQUEST_ID,
} as const;

function framedSamples(context: AdminContext): readonly Sample[] {
  const requestId = REQUEST_ID;
  return [
    ['login', loginPage(context, { loginId: '' })],
    [
      'login-failed',
      loginPage(context, {
        loginId: 'hanako',
        problem: 'failed',
        request: { id: 'pending-1', clientName: '在庫連携アプリ' },
      }),
    ],
    ['login-throttled', loginPage(context, { loginId: 'hanako', problem: { throttledMinutes: 30 } })],
    ['login-out', loginPage(context, { loginId: '', flash: { key: 'loggedOut', count: 0 } })],
    ['login-sign-on', loginPage(context, { loginId: '', signOn: '/admin/login/link' })],
    [
      'link-refused',
      linkRefusedPage(context, {
        reason: 'foreign',
        again: '/admin/login/link',
        login: '/admin/login',
        requestId,
      }),
    ],
    ['consent', consentPage(context, CONSENT)],
    [
      'consent-app',
      consentPage(
        { ...context, shopUrl: null },
        {
          ...CONSENT,
          redirectUri: 'com.example.register:/oauth/callback',
          scopes: ['read'],
          refreshTokenSeconds: null,
        },
      ),
    ],
    ['not-allowed', notAllowedPage(context, { request: 'pending-1', memberName: '山田 花子', requestId })],
    ['answered', answeredPage(context, { decision: 'approved', requestId })],
    ['authorize-error', authorizeErrorPage(context, { reason: 'redirect-mismatch', requestId })],
    [
      'authorize-misfit',
      authorizeErrorPage(context, {
        reason: 'redirect-mismatch',
        requestId,
        misfit: {
          clientId: 'c1',
          clientName: '在庫連携アプリ',
          sent: 'https://stock.example.com/oauth/callback/?from=tegata',
          registered: ['https://stock.example.com/oauth/callback', 'http://127.0.0.1/callback'],
        },
      }),
    ],
    ['authorize-going-on', goingOnPage(context, { on: '#', clientName: '在庫連携アプリ' })],
    ['authorize-gone', authorizeErrorPage(context, { reason: 'request-gone', requestId })],
    ['error-not-found', errorPage(context, { kind: 'not_found', requestId, loggedIn: false })],
    ['error-denied', errorPage(context, { kind: 'denied', requestId, loggedIn: true })],
    ['error-system', errorPage(context, { kind: 'system', requestId, loggedIn: true })],
    ['late-form', lateFormPage(context, { ...LATE_FORM, loggedIn: false })],
    ['late-form-other-login', lateFormPage(context, { ...LATE_FORM, loggedIn: true })],
    ['error-login-required', errorPage(context, { kind: 'login_required', requestId, loggedIn: false })],
  ];
}

function clientSamples(context: AdminContext): readonly Sample[] {
  const list = {
    endpoints: ENDPOINTS,
    q: '',
    later: false,
    next: undefined,
    total: { n: ROWS.length, more: false },
    clients: ROWS,
  };
  const manyErrors = {
    name: 'blank',
    redirectUris: [
      { uri: 'http://stock.example.com/oauth/callback', fault: 'http-not-loopback' },
      { uri: 'foo', fault: 'not-a-uri' },
    ],
    scopes: 'notChosen',
    policies: {
      accessSeconds: 'notInRange',
      authMethods: 'notChosen',
      jwks: 'privateKey',
      jwksUri: 'notHttps',
    },
  } as const;
  return [
    ['clients', clientsPage({ ...context, flash: { key: 'tokensCleared', count: 12 } }, list)],
    ['clients-empty', clientsPage(context, { ...list, total: { n: 0, more: false }, clients: [] })],
    [
      'clients-search',
      clientsPage(context, {
        ...list,
        q: '在庫',
        later: true,
        next: '1775001600.c1',
        total: { n: 50, more: true },
      }),
    ],
    [
      'clients-none-found',
      clientsPage(context, { ...list, q: 'なにもない', total: { n: 0, more: false }, clients: [] }),
    ],
    [
      'client-new-password',
      clientNewPage(context, { values: FILLED, errors: {}, ...OPTIONS, ask: { problem: 'wrong' } }),
    ],
    ['client-new', clientNewPage(context, { values: EMPTY, errors: {}, ...OPTIONS })],
    [
      'client-new-errors',
      clientNewPage(context, { values: { ...FILLED, name: '', scopes: [] }, errors: manyErrors, ...OPTIONS }),
    ],
    [
      'client-created',
      clientCreatedPage(context, {
        clientId: CLIENT_ID,
        name: '在庫連携アプリ',
        isPublic: false,
        clientSecret: SECRET,
        steps: STEPS,
      }),
    ],
    [
      'client-created-public',
      clientCreatedPage(context, {
        clientId: CLIENT_ID,
        name: '店頭レジ（iPad）',
        isPublic: true,
        clientSecret: null,
        steps: PUBLIC_STEPS,
      }),
    ],
    ['client-detail', clientDetailPage(context, DETAIL)],
    [
      'client-disabled',
      clientDetailPage(
        { ...context, flash: { key: 'saveFailed', count: 0 } },
        {
          ...DETAIL,
          client: {
            ...DETAIL.client,
            isPublic: true,
            createdBy: null,
            disabledAt: NOW,
          },
        },
      ),
    ],
    [
      'client-secret',
      clientSecretPage(context, { clientId: CLIENT_ID, clientSecret: SECRET, oldUntil: NOW + DAY }),
    ],
    [
      'client-delete',
      clientDeletePage(context, {
        clientId: CLIENT_ID,
        name: '在庫連携アプリ',
        liveGrantCount: { n: 2, more: false },
        callsInDay: 312,
      }),
    ],
  ];
}

function clientTabSamples(context: AdminContext): readonly Sample[] {
  const { client, secrets, liveGrants: grants } = TABS;
  const words = context.messages.steps.comments;
  const steps = {
    client,
    steps: STEPS,
    own: { ...STEPS },
    snippet: { ...SNIPPET, words },
    secretHidden: true,
  };
  const test = {
    client,
    grantTypes: ['authorization_code', 'client_credentials'],
    chosen: 'authorization_code',
    authorizeUrl: `${ENDPOINTS.authorize}?client_id=${CLIENT_ID}`,
    proof: 'secret',
    returned: '',
  } as const;
  const tested = { client, steps: TESTED_STEPS, worked: true };
  const asked = { client, secrets, callsInDay: 312, keep: '86400' as const };
  return [
    ['client-secrets', clientSecretsPage(context, TABS)],
    ['client-secrets-none', clientSecretsPage(context, { ...TABS, secrets: undefined, isPublic: true })],
    ['client-steps', clientStepsPage(context, { ...steps, shown: 'curl' })],
    ['client-steps-none', clientStepsPage(context, { ...steps, steps: null, own: null, shown: 'curl' })],
    ...(['php', 'python', 'javascript', 'csharp'] as const).map(
      (shown): Sample => [`client-steps-${shown}`, clientStepsPage(context, { ...steps, shown })],
    ),
    ['client-connections', clientConnectionsPage(context, { client, grants, callsInDay: 312 })],
    [
      'client-connections-none',
      clientConnectionsPage(context, {
        client,
        grants: { rows: [], total: { n: 0, more: false } },
        callsInDay: 0,
      }),
    ],
    ['client-failures', clientFailuresPage(context, { client, failures: FAILURES })],
    ['client-failures-none', clientFailuresPage(context, { client, failures: [] })],
    ...requestSamples(context, client),
    ['client-test', clientTestPage(context, test)],
    ['client-test-wrong', clientTestPage(context, { ...test, problem: 'returned', returned: 'x' })],
    ['client-tested', clientTestedPage(context, tested)],
    ['client-secret-ask', newSecretPage(context, { ...asked, ask: undefined })],
    ['client-secret-ask-password', newSecretPage(context, { ...asked, ask: { problem: 'wrong' } })],
    ['client-disable-ask', disableAsk(context)],
  ];
}

function disableAsk(context: AdminContext): string {
  const { disable: t, usedInDay } = context.messages.asks;
  return askFirstPage(context, {
    page: 'clientDisable',
    question: t.question('在庫連携アプリ'),
    effects: [t.effect, usedInDay(312), t.undo],
    action: adminPaths.clientDisable(CLIENT_ID),
    submit: t.submit,
    back: { href: adminPaths.client(CLIENT_ID), label: context.messages.deletion.toClient },
  });
}

function adminSamples(context: AdminContext): readonly Sample[] {
  const off = { ...context, apiEnabled: false };
  const busy = {
    clientCount: { n: 3, more: false },
    liveGrantCount: { n: 1000, more: true },
    days: DAYS_OF_USE,
    events: EVENTS,
    webhookTroubles: TROUBLES,
    accountNews: ACCOUNT_NEWS,
    expiringSecrets: [
      { clientId: CLIENT_ID, name: '在庫連携アプリ', expiresAt: NOW + 3 * DAY, lastUsedAt: NOW - 60 },
    ],
  };
  const quiet = {
    clientCount: { n: 0, more: false },
    liveGrantCount: { n: 0, more: false },
    days: DAYS_OF_USE.map(({ day }) => ({
      day,
      calls: 0,
      errors: 0,
      averageMs: null,
      medianMs: null,
      mostWithinMs: null,
    })),
    events: [],
    expiringSecrets: [],
    webhookTroubles: [],
    accountNews: { failures: [], changes: [] },
  };
  return [
    ['home', homePage(context, busy)],
    ['home-empty', homePage({ ...context, member: { name: '管理者', lastLoginAt: null } }, quiet)],
    ['home-off', homePage(off, busy)],
    ['plugins', pluginsPage(context, { version: '0.1.0', hasPlugin: true })],
    ['plugins-off', pluginsPage(off, { version: '0.1.0', hasPlugin: false })],
    ['plugin-disable', pluginConfirmPage(context, { action: 'disable' })],
    ['plugin-enable', pluginConfirmPage(off, { action: 'enable' })],
  ];
}
