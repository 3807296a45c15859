/** Words of the tabs of one client, in English. */
import type { clientTabsJa, stepsJa, tabsJa } from '../ja/client-tabs.ts';

export const clientTabsEn: typeof clientTabsJa = {
  clientTest: {
    title: 'Connection test of this client',
    lead: 'Finds out whether this client’s ID, redirect URI, scopes and authentication work, as its app uses them. Nothing is written.',
    grant: 'Grant type to test',
    authorizeUrl: 'Authorization URL',
    open: '1. Open the consent page (new tab)',
    returned: '2. The address after “Allow”',
    returnedHelp:
      '“Allow” leads to the app’s redirect URI. It does not matter whether an error is shown there. Paste the whole address from the address bar.',
    returnedWrong:
      'This address does not come from the consent page of this test. Start again by opening it.',
    secret: 'Client secret',
    secretHelp: 'The one in the app’s settings. It is used for this test only and not stored.',
    assertion: 'client_assertion',
    assertionHelp: 'A JWT signed with the app’s private key. It is used for this test only and not stored.',
    run: 'Test',
    worked: 'Connected: the token was issued and the API answered.',
    revoked: 'The token of this test has been revoked.',
  },
};

export const stepsEn: typeof stepsJa = {
  languages: 'Language of the steps',
  secretPlaceholder: 'Replace <CLIENT_SECRET> by the client secret that was shown when it was made.',
  noCurl: 'This client signs to prove who it is, which curl alone cannot do. Choose a programming language.',
  notIn: (language, alg) => `${language} knows no ${alg} by itself. See the other languages.`,
  program: (language) => `Program in ${language}`,
  programs: {
    php: 'For PHP 7.4 or newer with curl. Put it at the redirect URI and open it in a browser.',
    python: 'For Python 3.9 or newer. Run it in a terminal.',
    javascript: 'For Node.js 20 or newer. Save it as .mjs and run it in a terminal.',
    csharp: 'For a console app of .NET 8 or newer. Paste it into Program.cs.',
  },
  comments: {
    secret: 'keep the secret in the environment, not in the program',
    key: 'the private key to the registered public key',
    login: 'Consent: open the address in a browser; a member allows it',
    back: 'Back at the redirect URI: take the address, check state, exchange the code for tokens',
    own: 'Unattended: a token of the client itself',
    call: 'Call the API',
    refresh: 'When the access token has expired: refresh, and keep the new refresh_token',
  },
  ownTitle: 'Unattended (Client credentials)',
  ownExchange: '1. Get a token',
  ownHelp: 'Nobody has to allow it.',
  ownCommand: 'curl to get a token of the client itself',
  ownCall: '2. Call the API',
  ownCallHelp: 'Replace <ACCESS_TOKEN> by the access_token of step 1.',
  ownCallCommand: 'curl to call the API unattended',
};

export const tabsEn: typeof tabsJa = {
  tabsLabel: 'Pages of the client',
  tabs: {
    settings: 'Settings',
    secrets: 'Secrets',
    steps: 'Next steps',
    connections: 'Connections',
    requests: 'Requests',
    failures: 'Failures',
  },
  test: 'Connection test',
  testHelp: 'Find out on a page whether the API can be reached with this client’s settings.',
  toTest: 'Start the connection test',
};
