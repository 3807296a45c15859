/** Words of the consent, and where an authorization ends otherwise, in English. */
import type { authorizeJa } from '../ja/authorize.ts';

export const authorizeEn: typeof authorizeJa = {
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
      'read:orders:minimal': (shop) => [
        'Look at the numbers, items, amounts and status of orders of ',
        shop,
        ' (no names, addresses or other personal data)',
      ],
      'write:products': (shop) => ['Register and change products of ', shop],
      'write:orders': (shop) => ['Enter and change orders of ', shop, ' and their status'],
      'write:customers': (shop) => ['Register and change customers of ', shop],
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
};
