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
  },
};
