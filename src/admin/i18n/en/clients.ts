/** Words of OAuth管理: the list and the pages of one client, in English. */
import type { clientsJa } from '../ja/clients.ts';
import { stepsEn, tabsEn } from './client-tabs.ts';

export const clientsEn: typeof clientsJa = {
  scopes: {
    read: 'read products, orders, customers and other data (GraphQL queries)',
    write: 'change data (GraphQL mutations)',
    'read:products': 'Only look at products, stock and categories',
    'read:orders': 'Only look at orders and shippings (personal data of buyers included)',
    'read:customers': 'Only look at customers (personal data included)',
    'write:stock': 'Only change stock',
    'write:shipping': 'Only register shipments',
    'read:orders:minimal': 'Only look at orders without personal data (numbers, items, amounts, status)',
    'write:products': 'Only register and change products',
    'write:orders': 'Only enter and change orders and their status',
    'write:customers': 'Only register and change customers',
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
    grantTypes: 'Grant type',
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
};
