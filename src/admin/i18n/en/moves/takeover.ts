/** Words of the takeover's pages, in English. */
import type { takeoverFlashJa, takeoverJa } from '../../ja/moves/takeover.ts';

const times = (n: number) => n.toLocaleString('en-US');

export const takeoverEn: typeof takeoverJa = {
  takeover: {
    title: 'Move from the Plugin',
    lead: 'Moves the shop from EC-CUBE’s Web API plugin (PHP) to Tegata while apps go on. It can be undone.',
    linkTitle: 'Moving from EC-CUBE’s Web API plugin (PHP)',
    link: 'Go to the move',
    steps: 'Steps',
    step: {
      plan: 'Look at what would come',
      apply: 'Take over',
      proxy: 'Lead the plugin’s addresses to Tegata (in the web server)',
      finish: 'Complete it (there is no way back then)',
    },
    done: 'Done',
    now: 'Next',
    state: 'State',
    states: {
      none: 'Nothing is taken over. The PHP plugin answers the apps.',
      open: 'Tegata answers the apps. There is still a way back.',
      returned: 'Given back to the PHP plugin. What still comes to Tegata is answered.',
      finished: 'Complete. What the plugin issued counts until it ends.',
      ended: 'Given back to the PHP plugin. Its tokens do not count at Tegata.',
    },
    since: (when) => `since ${when}`,
    until: (when) =>
      `Tokens of the plugin end by ${when}. Please do not delete the plugin in EC-CUBE before that.`,
    progress: 'Refresh tokens of the plugin that came over',
    progressText: (honoured, waiting) =>
      `${times(honoured)} came over, ${times(waiting)} to come. Each comes when its app refreshes next.`,
    stillIssuing: (n) =>
      `The plugin has issued ${times(n)} access tokens since the takeover: its addresses do not lead to Tegata yet.`,
    webhooksBehind: (n) => `${times(n)} WebHooks have still something to send. Please wait a moment.`,
    plan: 'What would come',
    plugin: 'Plugin',
    plugins: { Api42: 'Api42 (EC-CUBE 4.2 and later)', Api: 'Api (EC-CUBE 4.0, 4.1)', none: 'None' },
    clients: 'Clients',
    clientCounts: (comes, here, refused) =>
      `To register: ${times(comes)}, here already: ${times(here)}, refused: ${times(refused)}`,
    refused: (name) => `“${name}” cannot be registered. Please mend it in EC-CUBE.`,
    shortSecret: (name) =>
      `The secret of “${name}” is short and may be guessed. Please make a new one after the takeover.`,
    webhooks: 'WebHooks',
    webhookCounts: (n, left) =>
      left === 0
        ? times(n)
        : `${times(n)} (left with the plugin, since nothing can be sent there: ${times(left)})`,
    privateUrl: (url) =>
      `${url} is a private address. Tegata sends there once TEGATA_WEBHOOK_ALLOW names it.`,
    tokens: 'Tokens in use',
    tokenCounts: (access, refresh, codes) =>
      `Access tokens: ${times(access)}, refresh tokens: ${times(refresh)}, codes: ${times(codes)}`,
    lostApprover: (login) =>
      `${login} is no longer a working system administrator. What they approved must be approved once more.`,
    key: 'The plugin’s public key',
    keyFound: (from, bits) => `${from} (RSA, ${bits} bits)`,
    keyMissing: 'Not found',
    password: 'The plugin’s encryption password',
    passwordUsual: 'The usual one (ECCUBE_OAUTH2_ENCRYPTION_KEY is not set)',
    passwordOwn: 'As configured',
    blockers: {
      no_plugin: 'The shop’s database holds nothing of EC-CUBE’s Web API plugin.',
      finished: 'The move is already complete.',
      refused_clients:
        'Clients are refused. Please mend them in EC-CUBE, or leave them out: tegata takeover apply --allow-refused.',
      no_key: 'The plugin’s public key was not found. Please set TEGATA_SHOP_DIR to the folder of EC-CUBE.',
      bad_encryption_key: 'The encryption password has a wrong form.',
      still_telling: 'WebHooks have still something to send. Please try again in a moment.',
    },
    apply: 'Take over',
    applyAgain: 'Bring what is new',
    undo: 'Go back',
    finish: 'Complete',
    ask: {
      apply: {
        title: 'Take over',
        question: 'Do you want to move from the PHP plugin to Tegata?',
        clients: (n) => `${times(n)} clients are registered with the IDs and secrets that they have.`,
        webhooks: (n) =>
          n === 0
            ? 'There are no WebHooks to take over.'
            : `${times(n)} WebHooks are sent by Tegata, and by the plugin no longer.`,
        tokens: (access, refresh) =>
          `${times(access)} access tokens and ${times(refresh)} refresh tokens in use go on.`,
        next: 'Afterwards lead the plugin’s addresses to Tegata. Until then the plugin answers as well.',
        undo: 'It can be undone until it is completed.',
      },
      undo: {
        title: 'Go back',
        question: 'Do you want to go back to the PHP plugin?',
        clients: (n) =>
          `${times(n)} clients that were changed or registered since are written to the plugin.`,
        stays: (name) => `“${name}” cannot be written: the plugin does not know such clients.`,
        webhooks: (n) => `${times(n)} WebHooks are sent by the plugin again.`,
        refresh: 'Refresh tokens of the apps go on at the plugin.',
        own: (n) =>
          `${times(n)} refresh tokens of Tegata’s own form end: those apps must be approved once more.`,
        access: 'Access tokens that Tegata issued do not count at the plugin: apps refresh and go on.',
        next: 'Afterwards lead the addresses to EC-CUBE again.',
      },
      finish: {
        title: 'Complete the move',
        question: 'Do you want to complete the move?',
        open: 'Refresh tokens get Tegata’s own form from now on. There is no way back to the PHP plugin.',
        waiting: (n) => `${times(n)} refresh tokens that have not come over yet count until they end.`,
        returned: 'Tokens of the plugin do not count at Tegata any more.',
        noUndo: 'This cannot be undone.',
      },
    },
  },
};

export const takeoverFlashEn: typeof takeoverFlashJa = {
  takeoverApplied: (_count) => 'Taken over. Now lead the plugin’s addresses to Tegata',
  takeoverAppliedBefore: (count) =>
    count === 0 ? 'There was nothing new to bring' : `Brought ${count} more WebHooks`,
  takeoverUndone: (_count) => 'Given back. Now lead the addresses to EC-CUBE again',
  takeoverFinished: (_count) => 'The move is complete',
  takeoverNotDone: (_count) => 'That could not be done. Please look at the state',
};
