/** プラグインからの切り替え with believable props. */
import { takeoverPage } from '../../src/admin/takeover/takeover.tsx';
import {
  takeoverApplyPage,
  takeoverFinishPage,
  takeoverUndoPage,
} from '../../src/admin/takeover/takeover-asks.tsx';
import type { AdminContext } from '../../src/admin/ui/context.ts';
import type { ImportedClient } from '../../src/oauth/import-clients.ts';
import type { TakeoverPlan } from '../../src/takeover/plan.ts';
import type { TakeoverStatus } from '../../src/takeover/status.ts';
import type { Sample } from './samples.ts';

const AT = 1_795_449_600;

const client = (identifier: string, more: Partial<ImportedClient> = {}): ImportedClient => ({
  identifier,
  name: '',
  secret: null,
  redirectUris: [],
  scopes: [],
  grantTypes: [],
  active: true,
  outcome: 'created',
  errors: {},
  hasShortSecret: false,
  ...more,
});

const PLAN: TakeoverPlan = {
  state: 'none',
  plugin: 'Api42',
  pluginEnabled: true,
  clients: [
    client('erp'),
    client('warehouse01', { hasShortSecret: true }),
    client('mail', { outcome: 'refused' }),
  ],
  webhooks: [
    {
      payloadUrl:
        'http://192.168.0.20/hooks/a-rather-long-path-that-has-to-wrap-somewhere-in-a-narrow-window/eccube',
      enabled: true,
      hasShortSecret: false,
      leads: 'private',
    },
  ],
  unfitUrls: ['ftp://files.example/'],
  feed: 'absent',
  tokens: { access: 12, refresh: 1_234, codes: 1 },
  lostApprovers: ['taro'],
  keys: {
    password: { type: 'plain', text: '<change.me>' },
    isUsualPassword: true,
    signing: {
      ok: true,
      pem: '',
      bits: 4096,
      from: '/var/www/ec-cube/app/PluginData/Api42/oauth/public.key',
    },
  },
  blockers: [],
};

const STATUS: TakeoverStatus = {
  state: 'none',
  plugin: 'Api42',
  pluginEnabled: true,
  startedAt: null,
  changedAt: null,
  honouredUntil: null,
  waiting: PLAN.tokens,
  honoured: 0,
  pluginIssued: 0,
  webhooks: 0,
  webhooksBehind: 0,
  progress: 0,
};

const OPEN: TakeoverStatus = {
  ...STATUS,
  state: 'open',
  startedAt: AT,
  changedAt: AT,
  honoured: 432,
  progress: 25,
  pluginIssued: 3,
};

const LACKS =
  'the database user may not lock a table of the shop (Access denied): let an administrator of the database run GRANT LOCK TABLES';

const UNDONE = {
  clients: [
    { clientId: 'erp', name: '基幹システム', outcome: 'changed' as const, why: undefined },
    { clientId: 'new', name: '在庫くん', outcome: 'stays' as const, why: 'scopes' as const },
  ],
  webhooks: [{ payloadUrl: 'https://erp.example/hook', outcome: 'given' as const }],
  ownRefreshTokens: 2,
};

export function takeoverSamples(context: AdminContext): readonly Sample[] {
  const none = { ...PLAN, plugin: undefined, blockers: ['no_plugin' as const] };
  const blocked = {
    ...PLAN,
    keys: { ...PLAN.keys, isUsualPassword: false, signing: { ok: false as const, lookedAt: ['public.key'] } },
    blockers: ['refused_clients' as const, 'no_key' as const],
  };
  const finished = { ...OPEN, state: 'finished' as const, honouredUntil: AT + 32 * 86_400, progress: 100 };
  return [
    ['takeover', takeoverPage(context, { status: STATUS, plan: PLAN })],
    ['takeover-none', takeoverPage(context, { status: { ...STATUS, plugin: undefined }, plan: none })],
    ['takeover-blocked', takeoverPage(context, { status: STATUS, plan: blocked })],
    ['takeover-open', takeoverPage(context, { status: OPEN, plan: { ...PLAN, state: 'open' } })],
    [
      'takeover-returned',
      takeoverPage(context, { status: { ...OPEN, state: 'returned', webhooksBehind: 1 }, plan: PLAN }),
    ],
    ['takeover-finished', takeoverPage(context, { status: finished, plan: undefined })],
    ['takeover-apply', takeoverApplyPage(context, PLAN, { ask: { problem: 'wrong' } })],
    ['takeover-lacks-right', takeoverApplyPage(context, PLAN, { lacks: LACKS })],
    ['takeover-undo', takeoverUndoPage(context, UNDONE, { ask: { problem: 'wrong' } })],
    ['takeover-finish', takeoverFinishPage(context, OPEN, { ask: { problem: 'wrong' } })],
    ['takeover-end', takeoverFinishPage(context, { ...OPEN, state: 'returned' }, {})],
  ];
}
