/** Words of the login, in English. */
import type { loginJa } from '../ja/login.ts';

export const loginEn: typeof loginJa = {
  login: {
    title: 'Sign in',
    loginId: 'Login ID',
    password: 'Password',
    submit: 'Sign in',
    failed: 'Could not sign in. Please check what you entered.',
    throttled: (minutes: number) =>
      `Too many sign-in attempts. Please try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    forRequest: (client) => `Sign in to go on connecting “${client}”.`,
    signOn: 'Continue with the login of EC-CUBE’s admin',
  },
  linkRefused: {
    title: 'The login of EC-CUBE’s admin could not be used',
    reasons: {
      malformed: 'The ticket that came from EC-CUBE cannot be read.',
      foreign:
        'The settings of EC-CUBE and Tegata do not match. Have an administrator check the URL and the shared secret in EC-CUBE’s plugin tegata-link.',
      expired: 'The ticket was valid for 30 seconds, which have passed. Please try again.',
      clock: 'The clocks of EC-CUBE’s and Tegata’s servers differ. Please tell an administrator.',
      browser: 'This login was not begun in this browser, or too long ago. Please try again.',
      used: 'This ticket has been used before. Please try again.',
      inactive:
        'There is no such member in EC-CUBE, or the member is not active. Please tell an administrator.',
    },
    again: 'Try again',
    toLogin: 'Sign in with login ID and password',
  },
};
