/** Words of WebHook管理 in English. */
import type { webhookEventsJa, webhookFlashJa, webhookJa } from '../ja/webhook.ts';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const webhookEn: typeof webhookJa = {
  webhooks: {
    title: 'WebHook',
    caption: 'Registered WebHooks',
    none: 'No WebHooks.',
    noneNext: 'Once registered, the URL is told whenever a product, an order or a customer changes.',
    payloadUrl: 'Payload URL',
    enabled: 'Enable / Disable',
    events: 'Events',
    state: 'Delivery',
    lastSuccess: 'Last success',
    never: 'None',
    everything: 'Everything',
    chosen: (n) => plural(n, 'kind', 'kinds'),
    editThis: (url) => `Edit ${url}`,
    deleteThis: (url) => `Delete ${url}`,
    log: 'Deliveries',
    logOf: (url) => `Deliveries to ${url}`,
    feedMissing:
      'The change feed is not installed, so no change is noticed and no WebHook is sent. Please install it first.',
    feedBroken: 'Parts of the change feed are missing or altered: some changes are not told.',
    toFeed: 'Open the change feed',
    states: {
      ok: 'Good',
      waiting: 'Not yet sent',
      failing: 'Failing',
      paused: 'Paused',
      gone: 'Gone',
      off: '—',
    },
  },

  takeOver: {
    title: 'WebHooks of the PHP plugin',
    lead: 'The PHP plugin has these WebHooks. Their URL, secret and switch can be taken over.',
    unfit: 'Nothing can be sent to these URLs, so they are left out.',
    button: 'Take over',
    doubled:
      'The PHP plugin is enabled. After the takeover both send, so receivers hear everything twice. Please disable the plugin in EC-CUBE first.',
    stillEnabled: 'The PHP plugin is enabled. A receiver that is registered in both hears everything twice.',
  },

  webhook: {
    state: 'Delivery',
    ok: 'Deliveries arrive.',
    waiting: 'Nothing has been sent yet.',
    lastSuccess: (at) => `The last one arrived at ${at}.`,
    failing: (since) => `Deliveries have failed since ${since}. They are retried at growing intervals.`,
    lastError: 'Last error',
    off: 'Disabled: nothing is sent. What happens meanwhile will not be sent later.',
    pausedFor: {
      failing: (at) =>
        `Paused at ${at}, since deliveries had failed for long. Please check the receiver, then resume.`,
      gone: (at) =>
        `Disabled at ${at}, since the receiver answered 410 Gone. To go on, switch it on above and save.`,
      access: (at) =>
        `Paused at ${at}, since the API client that registered it has lost its access (approval or scopes). Give it back, then resume.`,
      staff: (at) => `Paused at ${at} on this page.`,
    },
    nothingLost:
      'Changes are kept meanwhile and sent in order from where it stopped (changes are kept for 7 days).',
    lost: (before) =>
      `The pause was long: some changes before ${before} were removed untold (they are kept for 7 days) and will not be sent. Please let the receiver read its data anew.`,
    ownedBy: 'An API client has registered this endpoint for itself.',
    openOwner: 'Open the API client',
    query: 'Query run for each change',
    pause: 'Pause',
    resume: 'Resume',
    test: 'Test',
    testHelp:
      'Sends a sample of the chosen change (ID 1) once with the saved settings, and shows what was sent and the answer. It is not logged.',
    testTopic: 'Change to send',
    testButton: 'Send a test',
    log: 'Deliveries',
    logCounts: (delivered, pending, retrying, failed) =>
      `${delivered} delivered, ${pending} waiting, ${retrying} being retried, ${failed} failed`,
    openLog: 'Show the deliveries',
    deleteTitle: 'Delete this WebHook',
    deleteHelp: 'What waits to be sent and the log go with it. This cannot be undone.',
    deletion: 'Delete a WebHook',
    deletionQuestion: 'Are you sure to delete this WebHook?',
    deletionEffect: (n, text) =>
      n === 0
        ? 'No notification is waiting. The log is deleted too.'
        : `${n === 1 ? '1 notification that has not arrived yet is' : `${text} notifications that have not arrived yet are`} dropped. The log is deleted too.`,
    testTitle: 'Test result',
    testGood: (status, ms) => `It was received (HTTP ${status}, ${ms}).`,
    testBad: (what, ms) => `It was not received. ${what}, ${ms}`,
    backToWebhook: 'WebHook Registration',
  },

  deliveries: {
    title: 'Deliveries',
    caption: 'Deliveries, newest first',
    none: 'There are no deliveries yet.',
    noneOfState: 'There are no deliveries in this state.',
    all: 'All',
    filter: 'Filter by state',
    count: (n) => (n === '1' ? '1 delivery' : `${n} deliveries`),
    createdAt: 'Made',
    content: 'Content',
    state: 'State',
    attempts: 'Attempts',
    answer: 'Answer',
    took: 'Took',
    ms: (n) => `${n} ms`,
    more: (n) => `${n} more`,
    noAnswer: 'No answer',
    open: 'Details',
    openThis: (at) => `Details of the delivery of ${at}`,
    states: {
      pending: 'Waiting',
      retrying: 'Being retried',
      delivered: 'Delivered',
      failed: 'Failed',
      cancelled: 'Cancelled',
    },
    retrying: (attempts, next) => `Being retried (attempt ${attempts} failed, next at ${next})`,
    retryingPaused: (attempts) => `Being retried (attempt ${attempts} failed, paused)`,
    resendFailed: (n) => `Resend all retried, failed and cancelled now (${n})`,
    keeping: 'Delivered ones are kept for 7 days, failed ones for 30 days.',
  },

  delivery: {
    title: 'Delivery',
    id: 'ID (webhook-id)',
    lastAttempt: 'Last attempt',
    nextAttempt: 'Next attempt',
    paused: 'After deliveries are resumed',
    attempts: 'Attempts',
    attemptsCaption: 'Attempts, newest first',
    attemptNo: 'No.',
    attemptAt: 'Time',
    answerText: 'Text of the answer',
    showAnswer: (n) => `Show answer ${n}`,
    giveUp: 'Retried until',
    error: 'Error',
    body: 'Body',
    request: 'Request',
    response: 'Answer',
    notYet: 'Not sent yet.',
    resend: 'Resend',
    resendHelp: 'Sends the same body under the same ID again, at once.',
    resendNow: 'Resend now',
    resendNowHelp: 'Sends the same body under the same ID without waiting for the next attempt.',
  },

  feed: {
    title: 'Change feed',
    lead: 'Triggers on the shop’s tables record what happens to products, orders and customers, whoever does it: EC-CUBE’s admin, checkout, CSV imports, SQL by hand.',
    state: 'State',
    states: {
      installed: 'Installed',
      absent: 'Not installed',
      outdated: 'Of an earlier version',
      broken: 'Needs attention',
    },
    triggers: 'Triggers',
    triggerCount: (good, all) => `${good} of ${all} are in order`,
    skipped: 'Tables left out',
    skippedHelp: 'This shop does not have them.',
    sizes: 'Rows',
    changes: 'Changes waiting',
    kept: 'Changes kept (7 days)',
    deliveries: 'Deliveries',
    head: 'Number of the newest change',
    rows: (n) => (n === '1' ? '1 row' : `${n} rows`),
    install: 'Install',
    repair: 'Repair',
    remove: 'Remove',
    wrong: 'Triggers that need attention',
    trigger: 'Trigger',
    table: 'Table',
    triggerStates: {
      ok: 'in order',
      missing: 'missing',
      outdated: 'of an earlier version; at work',
      unread: 'there (this database user may not read it)',
      changed: 'altered',
      off: 'switched off',
      foreign: 'not needed',
    },
    installTitle: 'Install the change feed',
    installText: 'This is done to the shop’s database:',
    installEffects: [
      'Triggers that record changes are added to the tables of products, orders and customers.',
      'The tables’ definitions and the data in them are left as they are.',
      'Each write to a watched table adds one row to a table of Tegata’s.',
      'It can be removed at any time; then nothing is left on the shop’s tables.',
    ],
    removeTitle: 'Remove the change feed',
    removeText: 'This is what follows:',
    served: (n) =>
      n === 0
        ? 'No WebHook is enabled.'
        : `${n === 1 ? '1 enabled WebHook hears' : `${n} enabled WebHooks hear`} of nothing until it is installed again.`,
    removeEffects: [
      'All triggers of Tegata are taken off the shop’s tables.',
      'Changes made meanwhile are not recorded and cannot be told later.',
      'WebHooks, GraphQL’s changes and /api/changes hear of nothing new.',
    ],
    failed: 'The database refused. This is what it said:',
    failedNext:
      'If the database user lacks the right, run “tegata feed install” or “tegata feed remove” as a user who has it.',
  },

  webhookErrors: {
    words: {
      noAnswer: 'No answer came in time',
      noConnection: 'No connection could be made in time',
      addressRefused: 'WebHooks may not be sent there',
      connectionRefused: 'The connection was refused',
      unknownHost: 'The host name cannot be found',
      cut: 'The connection was cut',
      certificate: 'The server’s certificate cannot be trusted',
    },
    said: (words, error) => `${words} (${error})`,
  },

  webhookTrouble: {
    title: 'WebHooks cannot be delivered',
    paused: (since) => `paused at ${since}`,
    gone: (since) => `gone since ${since}`,
    failing: (since) => `failing since ${since}`,
    open: 'Look at it',
  },
};

export const webhookFlashEn: typeof webhookFlashJa = {
  webhookHostUnknown: () =>
    'Saved, but the host of the Payload URL cannot be found: please look whether it is mistyped',
  webhookPaused: () => 'Paused',
  webhookResumed: () => 'Resumed',
  webhookResumedLate: () =>
    'Resumed. What is older than 7 days was no longer kept and will not be sent: please let the receiver read its data anew',
  webhooksTakenOver: (count) => `Took over ${plural(count, 'WebHook', 'WebHooks')}`,
  deliveriesResent: (count) =>
    count === 0 ? 'There was nothing to resend' : `${plural(count, 'delivery', 'deliveries')} will go again`,
  feedInstalled: () => 'The change feed is installed',
  feedRemoved: () => 'The change feed is removed',
};

export const webhookEventsEn: typeof webhookEventsJa = {
  webhook_created: 'Registered a WebHook',
  webhook_updated: 'Changed a WebHook',
  webhook_deleted: 'Deleted a WebHook',
  webhook_paused: 'A WebHook was paused',
  webhook_resumed: 'Resumed a WebHook',
  webhook_tested: 'Tested a WebHook',
  webhook_resent: 'Resent deliveries of a WebHook',
  webhooks_taken_over: 'Took over WebHooks of the PHP plugin',
  takeover_applied: 'Took the shop over from the PHP plugin',
  takeover_undone: 'Gave the shop back to the PHP plugin',
  takeover_finished: 'Completed the move from the PHP plugin',
  feed_installed: 'Installed the change feed',
  feed_removed: 'Removed the change feed',
};
