/** Every word on the pages, in English. Over 300 lines, because one language is read and corrected as one text. */

import type { Messages } from '../ja/messages.ts';
import { accountEn } from './account.ts';
import { asksEn } from './asks.ts';
import { clientTabsEn, stepsEn, tabsEn } from './client-tabs.ts';
import { explorerEn } from './explorer.ts';
import { keysEn, keysFlashEn } from './keys.ts';
import { oversightEn } from './oversight.ts';
import { policiesEn } from './policies.ts';
import { securityRowsEn } from './security-rows.ts';
import { webhookEn, webhookEventsEn, webhookFlashEn } from './webhook.ts';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const en: Messages = {
  lang: 'en',
  ...accountEn,
  ...asksEn,
  ...clientTabsEn,
  ...webhookEn,
  ...policiesEn,
  ...oversightEn,
  ...securityRowsEn,
  ...keysEn,
  ...explorerEn,

  common: {
    skipToContent: 'Skip to content',
    footer: 'Tegata — EC-CUBE Web API',
    menu: 'Menu',
    mainNavigation: 'Admin menu',
    openShop: 'Opens in a new tab',
    required: 'Required',
    error: 'Error',
    copy: 'Copy',
    copyThis: (what) => `Copy ${what}`,
    copied: 'Copied',
    close: 'Close',
    cancel: 'Cancel',
    edit: 'Edit',
    delete: 'Delete',
    register: 'Register',
    createNew: 'Create new',
    enabled: 'Enabled',
    disabled: 'Disabled',
    enable: 'Enable',
    disable: 'Disable',
    unknown: 'Unknown',
    actions: 'Actions',
    requestId: 'Request ID',
    inAuditLog: '(find it in the audit log)',
    formInvalid: 'Something in the form is not right. Please look at the fields marked with an error.',
  },

  menu: {
    home: 'Home',
    setting: 'Settings',
    api: 'API',
    oauth: 'OAuth',
    webhook: 'WebHook',
    apps: 'Connected Apps',
    audit: 'Audit Log',
    keys: 'Signing Keys',
    tester: 'Flow Tester',
    explorer: 'API Explorer',
    security: 'Security',
    store: 'Owner’s Store',
    plugin: 'Plugins',
    shopAdmin: 'To EC-CUBE’s admin',
    pluginList: 'All Plugins',
  },

  user: {
    name: (name) => `Hi ${name}!`,
    lastLogin: 'Last sign-in',
    firstLogin: 'This is your first sign-in',
    logout: 'Sign out',
  },

  time: {
    seconds: (n) => plural(n, 'second', 'seconds'),
    minutes: (n) => plural(n, 'minute', 'minutes'),
    hours: (n) => plural(n, 'hour', 'hours'),
    days: (n) => plural(n, 'day', 'days'),
  },

  flash: {
    ...webhookFlashEn,
    ...keysFlashEn,
    saved: () => 'Saved',
    saveFailed: () => 'Failed to save',
    deleted: () => 'Deleted',
    deleteFailed: () => 'Failed to delete',
    alreadyDeleted: () => 'No data to delete',
    tokensCleared: (count) =>
      count === 0
        ? 'There were no expired tokens'
        : `Deleted ${plural(count, 'expired token', 'expired tokens')}`,
    clientDisabled: () => 'The client is now disabled',
    clientEnabled: () => 'The client is now enabled',
    secretEnded: (_count) => 'The secret no longer works',
    secretStays: (_count) => 'This secret has ended already, or is the last one that works',
    grantRevoked: () => 'Disconnected',
    apiEnabled: () => 'The Web API is now enabled',
    apiDisabled: () => 'The Web API is now disabled',
    loggedOut: () => 'You have signed out',
    loginExpired: () => 'That took too long. Please sign in again',
    factorRemoved: () => 'Two-factor authentication has been removed',
    sessionEnded: () => 'The device has been signed out',
    sessionsEnded: (count) =>
      count === 0 ? 'No other device was signed in' : `Signed out ${plural(count, 'device', 'devices')}`,
    passwordChanged: (count) =>
      count === 0
        ? 'The password has been changed'
        : `The password has been changed and ${plural(count, 'app access', 'app accesses')} ended`,
  },

  login: {
    title: 'Sign in',
    loginId: 'Login ID',
    password: 'Password',
    submit: 'Sign in',
    failed: 'Could not sign in. Please check what you entered.',
    throttled: (minutes: number) =>
      `Too many sign-in attempts. Please try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    forRequest: (client) => `Sign in to go on connecting “${client}”.`,
  },

  home: {
    title: 'Home',
    api: 'Web API',
    apiOn: 'Enabled',
    apiOff: 'Disabled',
    apiOffNext: 'The Web API is disabled. Clients and tokens are kept. You can enable it under All Plugins.',
    toPlugins: 'Open All Plugins',
    clients: 'Clients',
    liveGrants: 'Live grants',
    last30Days: (what) => `${what} (last 30 days)`,
    count: (n) => n,
    chart: 'API calls',
    chartAlternative: (calls, errors, peak, peakDay) =>
      `${calls} calls in the last 30 days, ${errors} of them with an error (in red). The busiest day was ${peakDay} with ${peak}.`,
    timesAlternative: (ms) => `The average time to answer, per day. On the slowest day it was ${ms} ms.`,
    callsAxis: 'Calls a day',
    msAxis: 'Average time to answer (ms)',
    chartEmpty: 'The API was not called in the last 30 days.',
    chartTable: 'Show the numbers as a table',
    day: 'Date',
    calls: 'Calls',
    times: (n) => n,
    errors: 'Errors',
    average: 'Average time',
    mostWithin: '95 % within',
    ms: (n) => `${n} ms`,
    beyond: 'over 2.5 s',
    events: 'Newest events',
    noEvents: 'Nothing has happened yet.',
    noClients: 'No API client is registered yet. Register the first one and you have data within minutes.',
    firstClient: 'Register a client',
    noCalls: 'Call the API as a client’s “Next steps” say: then the calls and their times show up here.',
    when: 'When',
    what: 'What',
    who: 'Member',
    which: 'Client',
  },

  events: {
    ...webhookEventsEn,
    login_ok: 'Signed in',
    login_failed: 'Failed to sign in',
    login_throttled: 'Sign-in attempts were throttled',
    logout: 'Signed out',
    session_ended: 'A session ended',
    password_confirmed: 'Confirmed the password',
    password_not_confirmed: 'Failed to confirm the password',
    second_factor_failed: 'Two-factor authentication failed',
    second_factor_enrolled: 'Set up two-factor authentication',
    second_factor_removed: 'Removed two-factor authentication',
    recovery_code_used: 'Used a recovery code',
    recovery_codes_made: 'Made recovery codes',
    authorize_refused: 'An authorization request was refused',
    authorize_approved: 'Allowed access',
    challenge_repeated: 'The app used the same code_challenge again (its PKCE needs mending)',
    authorize_denied: 'Denied access',
    code_redeemed: 'Exchanged an authorization code for tokens',
    code_replayed: 'A used authorization code came again; the access was revoked',
    token_issued: 'Issued a token',
    token_refreshed: 'Refreshed tokens',
    refresh_reused: 'A used refresh token came again; the access was revoked',
    token_refused: 'A token was refused',
    token_revoked: 'Revoked a token',
    grant_revoked: 'Disconnected an app',
    client_created: 'Registered a client',
    client_imported: 'Took a client over from EC-CUBE’s plugin',
    client_updated: 'Changed a client',
    client_disabled: 'Disabled a client',
    client_enabled: 'Enabled a client',
    client_deleted: 'Deleted a client',
    secret_created: 'Made a new secret',
    secret_revoked: 'Revoked a secret',
    tokens_pruned: 'Deleted expired tokens',
    api_enabled: 'Enabled the Web API',
    api_disabled: 'Disabled the Web API',
    member_created: 'Registered a member',
    member_disabled: 'Deactivated a member',
    member_password_changed: 'Changed a member’s password',
    key_rotated: 'Changed the signing key',
    key_retired: 'Deleted an old signing key',
  },

  plugins: {
    title: 'All Plugins',
    name: 'Plugin',
    version: 'Version',
    state: 'Status',
    description: 'Opens the shop’s data by GraphQL to apps authorized with OAuth 2.0.',
    settings: 'Settings',
    enableTitle: 'Enable the Web API',
    enableText: 'Once it is enabled:',
    enableEffects: [
      '“API” appears in the menu.',
      'The authorization, token and API endpoints answer again.',
      'Clients from before, and tokens that have not expired, work as they did.',
    ],
    disableTitle: 'Disable the Web API',
    disableText: 'Once it is disabled:',
    disableEffects: [
      '“API” disappears from the menu.',
      'The authorization, token and API endpoints answer 404; connected apps stop working at once.',
      'Clients and tokens are not deleted. Enabling it brings everything back.',
    ],
  },

  scopes: {
    read: 'read products, orders, customers and other data (GraphQL queries)',
    write: 'change data (GraphQL mutations)',
    'read:products': 'Only look at products, stock and categories',
    'read:orders': 'Only look at orders and shippings (personal data of buyers included)',
    'read:customers': 'Only look at customers (personal data included)',
    'write:stock': 'Only change stock',
    'write:shipping': 'Only register shipments',
    webhooks:
      'Register, change and delete its own webhooks, which go on sending changes and data of what it may read',
  },

  clients: {
    title: 'OAuth',
    endpoints: 'Endpoint',
    authorizationEndpoint: 'Authorization endpoint',
    tokenEndpoint: 'Token endpoint',
    apiEndpoint: 'API endpoint',
    search: 'Search by client name, client ID or redirect URI',
    searchButton: 'Search',
    clearSearch: 'Clear search',
    caption: 'OAuth clients',
    name: 'Client name',
    clientId: 'Client ID',
    scopes: 'Scope',
    redirectUris: 'Redirect URI',
    grants: 'Grant type',
    lastUsed: 'Last used',
    neverUsed: 'Never',
    state: 'Status',
    editThis: (name) => `Edit ${name}`,
    deleteThis: (name) => `Delete ${name}`,
    found: (n) => `${n} found`,
    all: (n) => `${n} in all`,
    none: 'No OAuth clients are registered',
    noneNext: 'Register one client per app to get its client ID and secret.',
    notFound: (q) => `No client matches “${q}”`,
    clearExpired: 'Delete expired tokens',
    clearExpiredHelp:
      'Deletes access and refresh tokens that have expired. Tokens still valid are not touched.',
    pages: 'Pages',
    page: (n) => `Page ${n}`,
    previous: 'Previous',
    next: 'Next',
  },

  form: {
    title: 'Client Registration',
    name: 'Client name',
    nameHelp: 'Members see it on the consent page. The name of the app, up to 128 characters.',
    redirectUris: 'Redirect URI',
    redirectUrisHelp:
      'One per line (commas work too). https:// URLs, or for development http://localhost, http://127.0.0.1 and http://[::1]. Public clients may also use the form com.example.app:/callback.',
    scopes: 'Scope',
    scopesHelp: 'Choose only what the app needs.',
    grants: 'Grant type',
    grantsHelp: 'With Refresh token the app can renew its access token without anybody signing in again.',
    grantNames: {
      authorization_code: 'Authorization code',
      refresh_token: 'Refresh token',
      client_credentials: 'Client credentials (unattended, nobody approves)',
    },
    type: 'Client type',
    confidential: 'Confidential',
    confidentialHelp: 'An app that runs on a server and can keep a client secret safe.',
    public: 'Public',
    publicHelp:
      'A mobile app, or one that runs only in the browser. It gets no secret, and PKCE is required.',
    pkce: 'PKCE',
    pkceRequired: 'Require PKCE',
    pkceHelp:
      'Keeps a stolen authorization code useless. Turn it on if the app supports PKCE (S256). Always required for public clients.',
    line: (n) => `Line ${n}`,
  },

  fieldErrors: {
    blank: 'This value should not be blank.',
    notChosen: 'Please choose at least one.',
    publicUnattended: 'Only confidential clients can use client credentials.',
    tooLong: (max) => `This value is too long. It should have ${max} characters or less.`,
    invalid: 'This value is not valid.',
  },

  redirectUriReasons: {
    'not-a-uri': 'This is not a valid URI. Enter an absolute URI that begins with https://.',
    fragment: 'A fragment (# and what follows) is not allowed.',
    'user-info': 'A user name or password is not allowed.',
    'http-not-loopback': 'http:// is only for localhost, 127.0.0.1 and [::1]. Use https://.',
    'private-scheme-confidential': 'Only public clients may use a scheme of their own.',
    'scheme-refused':
      'This scheme is not allowed. A scheme of your own must contain a dot, as in com.example.app.',
    wildcard: 'Wildcards (*) are not allowed.',
    'response-parameter': 'Parameters named as in the answer (code, state, iss, error …) are not allowed.',
    'too-long': 'This is too long. It should have 2000 characters or less.',
    'white-space': 'Spaces and control characters are not allowed.',
  },

  created: {
    title: 'Client Registered',
    lead: (name) => `“${name}” is registered`,
    credentials: 'Client credentials',
    clientId: 'Client ID',
    clientSecret: 'Client Secret',
    once: 'The client secret is shown only on this page. Copy it now and keep it in a safe place.',
    publicNote: 'This is a public client, so there is no client secret.',
    keyNote: 'The client authenticates by private_key_jwt, so there is no client secret.',
    toClient: 'Open the client’s settings',
  },

  steps: {
    ...stepsEn,
    title: 'Next steps',
    lead: 'The values of this client are filled in. Follow the steps from the top and you have data.',
    authorize: '1. Authorize in the browser',
    authorizeUrl: 'Authorization URL',
    openAuthorize: 'Open the consent page',
    authorizeHelp: (host, lifetime) =>
      `After allowing, the browser returns to ${host}. If no app answers there yet, copy the value of code= from the address bar. The code works once, within ${lifetime}.`,
    exchange: '2. Exchange the code for tokens',
    exchangeCommand: 'curl to get tokens',
    exchangeHelp: 'Put the authorization code you received in place of <CODE>.',
    call: '3. Call the API',
    callCommand: 'curl to call the API',
    callHelp: 'Put the access_token from step 2 in place of <ACCESS_TOKEN>.',
    refresh: '4. Refresh the tokens',
    refreshCommand: 'curl to refresh the tokens',
    refreshHelp:
      'When the access token has expired, put the newest refresh_token in place of <REFRESH_TOKEN>.',
    pkceNote:
      'The code_verifier and code_challenge are for trying things out. Apps make new ones for every authorization.',
  },

  detail: {
    ...tabsEn,
    title: 'Edit Client',
    settings: 'Client settings',
    createdAt: 'Registered',
    createdBy: 'Registered by',
    stateOn: 'This client is enabled.',
    stateOff: (when) => `This client was disabled on ${when}. It can neither get tokens nor call the API.`,
    disableHelp:
      'Disabling it also stops the tokens already issued, at once. You can enable it again at any time.',
    disable: 'Disable client',
    enable: 'Enable client',
    secrets: 'Client secrets',
    secretsHelp: 'Only a hash is stored, so a secret cannot be shown again. If it is lost, make a new one.',
    secretsCaption: 'Secrets that work',
    secretCreated: 'Created',
    secretLastUsed: 'Last used',
    secretExpires: 'Expires',
    noExpiry: 'Never',
    endSecret: 'End now',
    endSecretOf: (when) => `End now: the secret created ${when}`,
    newSecret: 'Make a new secret',
    keepOld: 'Keep the present secret working for',
    keep: { '0': 'Not at all', '3600': '1 hour', '86400': '1 day', '604800': '7 days' },
    keepHelp: 'The old secret can go on working until the app has the new one.',
    liveGrants: (n) =>
      n === '0'
        ? 'No member allows it at present.'
        : `There ${n === '1' ? 'is one live grant' : `are ${n} live grants`}.`,
    grants: 'Live grants',
    grantsCaption: 'Live grants',
    noGrants: 'There are no live grants. They show up here once a member allows access on the consent page.',
    who: 'Member',
    clientItself: 'The client itself',
    since: 'Since',
    lastUsed: 'Last used',
    revoke: 'Disconnect',
    revokeThis: (who) => `Disconnect ${who}`,
    more: (n) => `and ${n} more`,
    deleteTitle: 'Delete this client',
    deleteHelp: 'Deletes the client and every token issued to it. This cannot be undone.',
  },

  newSecret: {
    title: 'New Client Secret',
    lead: 'A new secret has been made.',
    oldNow: 'The former secret no longer works.',
    oldUntil: (when) => `The former secret works until ${when}.`,
  },

  deletion: {
    title: 'Delete a Client',
    question: 'Are you sure to delete this Client?',
    effects: (grants) =>
      grants === '0'
        ? 'This client has no live grants.'
        : `${grants === '1' ? '1 live grant is' : `${grants} live grants are`} ended, and the app stops working at once.`,
    toClient: 'Back to the client',
    noUndo: 'This cannot be undone.',
  },

  consent: {
    headline: (shop) => ['Do you want to allow this app to access ', shop, '?'],
    app: 'App',
    returnsTo: 'Returns to',
    allow: 'Allow this app to:',
    scopes: {
      read: (shop) => ['Read ', shop, ' data (personal data of customers included)'],
      write: (shop) => ['Write ', shop, ' data'],
      'read:products': (shop) => ['Look at the products, stock and categories of ', shop],
      'read:orders': (shop) => [
        'Look at the orders and shippings of ',
        shop,
        ' (personal data of buyers included)',
      ],
      'read:customers': (shop) => ['Look at the customers of ', shop, ' (personal data included)'],
      'write:stock': (shop) => ['Change the stock of ', shop],
      'write:shipping': (shop) => ['Register shipments of ', shop],
      webhooks: (shop) => [
        'Have the changes of ',
        shop,
        ' sent to URLs that the app chooses, with the data that it may read',
      ],
    },
    otherScope: (scope, shop) => [`“${scope}” on `, shop],
    as: 'Allowed by',
    asMember: (name, loginId) => `${name} (${loginId})`,
    notYou: 'Sign in as somebody else',
    duration: 'How long',
    once: (access) => `${access}. After that the app has to ask again.`,
    refreshable: (refresh) =>
      `${refresh} after its last use; it goes on while the app keeps using it. You can revoke it under OAuth at any time.`,
    approve: 'Allow',
    deny: 'Deny',
  },

  notAllowed: {
    title: 'This account cannot allow apps',
    text: (name) =>
      `${name} may not allow apps to access the shop. Only members with the authority “システム管理者” (system administrator) may.`,
    how: 'To go on, do one of these:',
    steps: [
      'Ask a member who is a system administrator to connect this app.',
      'Have your authority changed to “システム管理者” in EC-CUBE’s admin, under Settings → System Settings → Users.',
    ],
    back: 'Back to the app',
  },

  answered: {
    title: 'This request has been answered',
    approved: 'This request has already been allowed. Please return to the app.',
    denied: 'This request has already been denied.',
    again: 'To connect again, start over from the app.',
  },

  authorizeErrors: {
    title: 'The app cannot be connected',
    whatToDo: 'What to do',
    reasons: {
      'client-unknown': {
        text: 'This client ID is not registered.',
        next: 'Check that the app’s client_id equals the client ID listed under OAuth.',
      },
      'client-disabled': {
        text: 'This client is disabled.',
        next: 'An administrator of the shop has to enable the client under OAuth.',
      },
      'client-missing': {
        text: 'The request has no client_id, or more than one.',
        next: 'Put exactly one client_id into the app’s authorization URL.',
      },
      'request-too-long': {
        text: 'The authorization URL is too long (5,000 bytes at the most behind the “?”).',
        next: 'Make the app’s parameters shorter; state may have up to 4,000 bytes.',
      },
      'redirect-missing': {
        text: 'The request has no redirect_uri.',
        next: 'Add a registered redirect URI to the app’s authorization URL.',
      },
      'redirect-mismatch': {
        text: 'The redirect URI is not one of those registered.',
        next: 'Make the redirect_uri the app sends equal, character for character, to one registered under OAuth.',
      },
      'request-gone': {
        text: 'This authorization request does not exist or has expired.',
        next: 'Go back to the app and start connecting again.',
      },
    },
    misfit: {
      title: (client) => `Redirect URIs of the client “${client}”`,
      sent: 'URI the app sent',
      registered: 'Registered URIs',
      notOne: 'None was sent, or more than one.',
      none: 'None is registered.',
      add: 'Make sure that the URI that was sent is this app’s own, then add it to “Redirect URIs” in the client’s settings.',
      toClient: 'Open the client’s settings',
      onlyYou: 'Only you see this part, since you are signed in as a system administrator.',
    },
  },

  goingOn: {
    title: 'Returning to the app',
    text: (client) =>
      `The request of “${client}” is not correct, and the app will be told so. If nothing happens, press the button.`,
    go: 'Return to the app',
  },

  errors: {
    kinds: {
      not_accessible: {
        title: 'This page cannot be accessed.',
        text: 'The page you are looking for is not accessible, or may have been moved or deleted.',
      },
      not_found: { title: 'Page not found.', text: 'Please check the URL.' },
      throttled: {
        title: 'This page cannot be accessed.',
        text: 'Too many attempts. Please wait a while and try again.',
      },
      system: {
        title: 'A system error occurred.',
        text: 'We are sorry. Please contact the site administrator.',
      },
      unavailable: {
        title: 'This page is not available right now.',
        text: 'The server cannot answer for the moment. Please wait a little and try again.',
      },
      csrf: {
        title: 'This page has expired.',
        text: 'The CSRF token is invalid. Reload the page before and send the form again.',
      },
      login_required: {
        title: 'Please sign in.',
        text: 'You have signed out, or were idle for too long. Please sign in again.',
      },
      system_admin_only: {
        title: 'Only a system administrator may do this.',
        text: 'It would let an app or another service use this shop’s data. Ask a member whose authority is system administrator.',
      },
      address_refused: {
        title: 'This page cannot be accessed.',
        text: 'This admin may not be used from your network.',
      },
      api_disabled: {
        title: 'The Web API is disabled.',
        text: 'The Web API of this shop is switched off. It can be enabled under All Plugins.',
      },
    },
    toLogin: 'Go Back to Login',
    toHome: 'Go to Home',
  },
};
