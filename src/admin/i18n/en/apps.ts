/** Words of 連携アプリ, in English. */
import type { appsJa } from '../ja/apps.ts';

export const appsEn: typeof appsJa = {
  apps: {
    title: 'Connected Apps',
    lead: 'The apps that may use this shop’s data. Disconnect those that are not used or that you do not know.',
    search: 'Search by app or login ID',
    caption: 'Connected apps',
    app: 'App',
    who: 'Allowed by',
    itself: 'The app itself (unattended)',
    scopes: 'Allowed',
    scopeWords: {
      read: 'reading data',
      write: 'writing data',
      'read:products': 'reading products and stock',
      'read:orders': 'reading orders and shippings',
      'read:customers': 'reading customers',
      'write:stock': 'updating stock',
      'write:shipping': 'registering shippings',
    },
    since: 'Since',
    lastUsed: 'Last used',
    never: 'Not used yet',
    from: (ip) => `from ${ip}`,
    calls: 'Called',
    noCalls: 'Nothing recorded',
    call: (operation, count) => `${operation}: ${count}`,
    moreCalls: (n) => `and ${n} more`,
    tokens: 'Live tokens',
    tokenCount: (n) => (n === '1' ? '1 token' : `${n} tokens`),
    end: 'Disconnect',
    endThis: (app, who) => `Disconnect “${app}” (${who})`,
    endHelp: 'The app loses access at once. Allowing it again brings it back.',
    none: 'No app is connected',
    noneNext: 'Once a member allows an app on the consent page, it shows up here.',
  },
};
