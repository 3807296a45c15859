/** Words of 接続テスト, in English. */
import type { testerJa } from '../ja/tester.ts';

export const testerEn: typeof testerJa = {
  tester: {
    title: 'Flow Tester',
    lead: 'Connects to this shop’s API the way an app does (authorization code with PKCE). It uses a temporary client, and ends with the API explorer and the token that it got.',
    scopesHelp: 'What the test is allowed to do. The test itself writes nothing.',
    start: 'Start the test',
    started: 'Open the consent page and choose “Allow”. You come back to the result.',
    authorizeUrl: 'URL of the authorization request',
    open: 'Open the consent page',
    worked: 'Connected: authorization, token and API call all worked.',
    failed: 'It failed on the way. Please look at the last answer.',
    steps: { authorize: '1. Authorization', token: '2. Token', api: '3. API call' },
    request: 'Request',
    answer: (status) => `Answer (${status})`,
    maskedHelp: 'Of secret values only the beginning is shown.',
    removed: 'The client of the test is removed.',
    kept: (minutes) =>
      `The token works for ${minutes} minutes; try the API with it below. If you allowed writing, what you run changes the shop’s data. The client of the test is removed after its token has ended. To end it at once, use Connected Apps.`,
    again: 'Test again',
  },
};
