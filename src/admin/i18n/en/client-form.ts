/** Words of the form of a client, in English. */
import type { clientFormJa } from '../ja/client-form.ts';

export const clientFormEn: typeof clientFormJa = {
  form: {
    title: 'Client Registration',
    name: 'Client name',
    nameHelp: 'Members see it on the consent page. The name of the app, up to 128 characters.',
    redirectUris: 'Redirect URI',
    redirectUrisHelp:
      'One per line (commas work too). https:// URLs, or for development http://localhost, http://127.0.0.1 and http://[::1]. Public clients may also use the form com.example.app:/callback.',
    scopes: 'Scope',
    scopesHelp: 'Choose only what the app needs.',
    grantTypes: 'Grant type',
    grantTypesHelp: 'With Refresh token the app can renew its access token without anybody signing in again.',
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
    pkceNames: {
      auto: 'Automatic',
      again: 'Automatic (begin anew)',
      required: 'Required',
      optional: 'Not asked for',
    },
    pkceMeanings: {
      auto: 'Required as soon as the app has used PKCE a week or more after its registration.',
      learned: 'The app uses PKCE, so it is required now.',
      again: 'Takes requests without PKCE again, until the app uses it the next time.',
      required: 'Refuses authorization requests without PKCE from the beginning.',
      optional: 'Goes on taking authorization requests without PKCE.',
    },
    pkceHelp:
      'PKCE (S256) keeps a stolen authorization code useless. Leave it on Automatic unless you know better. Always required for public clients.',
    pkcePublic: 'PKCE (S256) is always required for public clients.',
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
};
