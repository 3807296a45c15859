/** Words of セキュリティ, in English. */
import type { securityJa } from '../ja/security.ts';
import { plural } from './plural.ts';

export const securityEn: typeof securityJa = {
  security: {
    title: 'Security',
    lead: 'What a look at the API’s settings has found.',
    allWell: 'Nothing is wrong.',
    advice: 'To be safer still',
    found: (n) => `Please look at ${plural(n, 'point', 'points')}.`,
    further: (n, isCut) => `${isCut ? 'at least ' : ''}${n.toLocaleString('en')} more`,
    well: 'Well',
    todo: 'What to do',
    kinds: {
      'plain-http-issuer': {
        title: 'Connections are not encrypted',
        why: 'With http:// passwords and tokens can be read on the way.',
        todo: 'Have the server’s administrator publish it by HTTPS and set PUBLIC_URL to an https:// address.',
        well: 'Connections are encrypted, or stay on this machine.',
      },
      'open-files': {
        title: 'Other users can read key or data files',
        why: 'Who reads a signing key can forge tokens.',
        todo: 'Have the server’s administrator set folders to 700 and files to 600. If somebody may have read them, change the signing key too.',
        well: 'Only their owner can read the key and data files.',
      },
      'cheap-passwords': {
        title: 'Password hashes are too cheap (cost)',
        why: 'If the database leaks, passwords are found easily.',
        todo: 'Have the server’s administrator unset TEGATA_PASSWORD_COST (which makes it 13); then change the members’ passwords.',
        well: 'Password hashes are strong.',
      },
      'clock-apart': {
        title: 'Server and database clocks differ (seconds)',
        why: 'Sessions and tokens end too early or too late.',
        todo: 'Have the server’s administrator let both follow a time server (NTP).',
        well: 'The clocks of server and database agree.',
      },
      'without-pkce': {
        title: 'Clients whose app goes without PKCE',
        why: 'Whoever intercepts an authorization code may get tokens for it.',
        todo: 'Ask the developers whether the app can do PKCE (S256), then set PKCE to Automatic or Required in the client’s settings. Automatic requires it once the app has used it.',
        well: 'In the last 90 days no app was authorized without PKCE (clients registered within a week left out).',
      },
      'wide-scopes': {
        title: 'Clients that may read and write everything',
        why: 'If a token or secret leaks, the damage is larger.',
        todo: 'Ask the developers what the app does, and choose narrower scopes such as “updating stock only”.',
        well: 'No client has wider scopes than it should (clients registered within a week left out).',
      },
      'old-secrets': {
        title: 'Clients with a secret older than a year',
        why: 'The longer a secret is used, the likelier it has leaked unnoticed.',
        todo: 'Make a new secret on the client’s page and give it to the app. With a grace period the app does not stop.',
        well: 'No client uses a secret older than a year.',
      },
      'unused-clients': {
        title: 'Clients not used for 90 days',
        why: 'Nobody notices the misuse of a client that nobody uses.',
        todo: 'Disable or delete it unless it will be used. A disabled client can be enabled again.',
        well: 'Every client has been used within 90 days.',
      },
      'no-second-factor': {
        title: 'Members without two-factor authentication',
        why: 'Whoever learns the password gets into the admin.',
        todo: 'Each member sets it up under “Two-Factor Auth” in the menu at the top right. If it is not there, have the server’s administrator set ECCUBE_2FA_ENABLED to 1.',
        well: 'Every member uses two-factor authentication.',
      },
      'short-keys': {
        title: 'The signing key gives less than 128 bits of security (bits)',
        why: 'It is safe today; stronger keys are advised for the long run.',
        todo: 'If every app can read them, change to ES256, EdDSA or PS256 under Signing Keys.',
        well: 'The signing key gives 128 bits of security or more.',
      },
      'long-codes': {
        title: 'Authorization codes live longer than 60 seconds (seconds)',
        why: 'The shorter they live, the harder an intercepted code is to use.',
        todo: 'If no app minds, have the server’s administrator set TEGATA_CODE_TTL to 60.',
        well: 'Authorization codes live 60 seconds at most.',
      },
    },
    values: {
      'cheap-passwords': (n) => `The cost is ${n}; 10 is the least.`,
      'clock-apart': (n) => `They are ${n} seconds apart.`,
      'short-keys': (n) => `It is worth ${n} bits.`,
      'long-codes': (n) => `They work for ${n} seconds.`,
    },
    checklist: {
      title: 'Checklists',
      lead: 'What the security guidance for OAuth 2.0 (RFC 9700), OWASP ASVS 5.0 and the mishaps of other servers ask for. Where this shop’s settings decide, what was found here stands beside it.',
      counts: (rows, states) => `${rows} rows: ${states}`,
      count: (state, n) => `${n} ${state.toLowerCase()}`,
      between: ', ',
      looked: (n) => `${n} to look at`,
      id: 'No.',
      requirement: 'Requirement',
      state: 'State',
      states: { tested: 'Tested', later: 'Later', 'n/a': 'Not applicable' },
      here: 'This shop',
      levels: { well: 'Well', advice: 'Could be stronger', warning: 'To look at' },
    },
  },
};
