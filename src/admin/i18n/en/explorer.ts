/** Words of the API explorer, in English. */
import type { explorerJa } from '../ja/explorer.ts';

export const explorerEn: typeof explorerJa = {
  explorer: {
    title: 'API Explorer',
    lead: (minutes) =>
      `Try the API in the browser. Choose what may be done and allow it on the consent page; you get an access token for ${minutes} minutes.`,
    fetchTitle: 'Get a token and start',
    fetch: 'Get a token',
    tokenTitle: 'Start with a token that you have',
    walkedTitle: 'Try the API with the token you got',
    token: 'Access token',
    tokenHelp: 'A token that an app or a command got can be pasted too. It is gone when this page is closed.',
    open: 'Open with this token',
    fetched: (minutes) =>
      `Got a token for ${minutes} minutes. If you allowed writing, what you run changes the shop’s data.`,
    refused: 'No token was given. Please try again.',
    keptUntil: (when) => `The token works until ${when}. Reloading this page keeps it.`,
    forget: 'Discard the token',
    samples: 'Sample queries',
    sampleNames: {
      products: 'Products and stock',
      orders: 'Orders',
      customers: 'Customers',
      schema: 'All operations',
    },
    graphiql: {},
    needsScript: 'The API explorer needs JavaScript; please switch it on in your browser.',
  },
};
