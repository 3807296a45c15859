/** Words of the pages that ask before an act, in English. */
import type { asksJa } from '../ja/asks.ts';

const times = (n: number) => (n === 1 ? 'once' : `${n.toLocaleString('en-US')} times`);

export const asksEn: typeof asksJa = {
  asks: {
    usedInDay: (n) =>
      n === 0 ? 'It was not used in the last 24 hours.' : `It was used ${times(n)} in the last 24 hours.`,
    apiUsedInDay: (n) =>
      n === 0
        ? 'The API was not used in the last 24 hours.'
        : `The API was used ${times(n)} in the last 24 hours.`,
    disable: {
      title: 'Disable the client',
      question: (name) => `Disable “${name}”?`,
      effect: 'The app stops working at once.',
      undo: 'You can enable it again at any time; tokens that have not expired work again then.',
      submit: 'Disable',
    },
    secret: {
      title: 'New secret',
      question: (name) => `A new secret for “${name}”`,
      effect:
        'Put the new secret into the app’s settings. Until that is done the present one can stay good beside it.',
      oldest: 'The older of the two secrets ends with it: there are two at the most.',
      submit: 'Make it',
    },
    endSecret: {
      title: 'End a secret',
      question: (made) => `End the secret made ${made}?`,
      used: (when) => `It was last used ${when}.`,
      unused: 'It has not been used yet.',
      effect: 'An app that still has this secret gets no more tokens. Other secrets stay as they are.',
      noUndo: 'This cannot be undone; make a new secret when one is needed.',
      submit: 'End it now',
    },
    endGrant: {
      title: 'Disconnect',
      question: (app, who) => `Disconnect “${app}” (${who})?`,
      effect: 'The app loses its access to the data at once.',
      undo: 'To connect again, somebody has to allow the app once more.',
      undoItself: 'The app can get new tokens and go on. To stop it, disable the client.',
      submit: 'Disconnect',
    },
    rotate: {
      title: 'Change the signing key',
      question: 'Change the signing key?',
      undo: 'There is no way back to the former key, but tokens already issued work until they expire.',
      submit: 'Change the key',
    },
    retire: {
      title: 'Delete old signing keys',
      question: (n) => (n === 1 ? 'Delete one old key?' : `Delete ${n} old keys?`),
      effect: 'Every token they signed has expired. No app in use is affected.',
      noUndo: 'A deleted key cannot be brought back.',
      submit: 'Delete',
    },
    retireNow: {
      title: 'End a signing key now',
      question: 'End this key now? This is for a key that may have been stolen.',
      which: (kid, state) => `The key: ${kid} (${state})`,
      tokens: (n) =>
        n === '0'
          ? 'No valid access token is signed by this key.'
          : n === '1'
            ? 'One valid access token that this key signed is refused from now on.'
            : `${n} valid access tokens that this key signed are refused from now on.`,
      goOn: 'Apps stay connected. An app with a refresh token fetches a new access token and goes on; one without needs another approval.',
      replaced: {
        current: 'The key “used next” comes into use at once, and a new one is made to be used next.',
        next: 'A new key is made and published as the one “used next”.',
        old: 'The key in use stays in use.',
      },
      verifiers: 'Apps that verify tokens themselves may keep the keys they fetched for up to five minutes.',
      others:
        'If the key folder may have been copied, the other keys are stolen too. End each of them the same way.',
      noUndo: 'A key that was ended cannot be brought back.',
      submit: 'End this key now',
    },
    recoveryCodes: {
      title: 'New recovery codes',
      question: 'Make new recovery codes?',
      effect: (left) =>
        left === 0
          ? 'None of the present codes is left.'
          : `The present codes (${left} left) all stop working.`,
      noUndo: 'The present codes cannot be brought back. Throw printed ones away.',
      submit: 'Make new ones',
    },
    endSessions: {
      title: 'Sign out other devices',
      question: (n, isMore) =>
        n === 1
          ? 'Sign out the other device?'
          : `Sign out the ${isMore ? 'at least ' : ''}${n} other devices?`,
      effect: 'What is being typed there is lost. Signing in again is all it takes to go on.',
      submit: 'Sign out',
    },
  },
};
