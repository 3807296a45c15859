/** Words of the pages about a member's own account, in English. */
import type { accountJa } from '../ja/account.ts';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const accountEn: typeof accountJa = {
  lateForm: {
    title: 'Not sent yet',
    loggedOut:
      'You have been signed out. What you entered is still here. Sign in in another tab, then come back to this page and press “Send again”.',
    otherLogin:
      'Somebody has signed in since this page was opened. What you entered is still here. If it should be sent as it is, press “Send again”.',
    logIn: 'Sign in (opens in a new tab)',
    again: 'Send again',
  },

  secondStep: {
    title: 'Two-factor authentication',
    lead: 'Enter the six digits that your authenticator app shows.',
    code: 'Code',
    submit: 'Verify',
    wrong: 'The code is not right. Please enter it again.',
    malformed: 'The code is not right. Please enter six digits.',
    lost: 'Without your phone, enter one of the recovery codes that you have kept.',
    leave: 'Back to sign-in',
  },

  enrolment: {
    title: 'Set up two-factor authentication',
    demanded: 'This account needs two-factor authentication. Please register an authenticator app.',
    app: '1. Get an authenticator app',
    appHelp: 'Install one on your phone, such as Google Authenticator or Microsoft Authenticator.',
    scan: '2. Scan the QR code',
    qr: 'QR code to register with the authenticator app',
    key: 'Key to type in when the QR code cannot be scanned',
    prove: '3. Enter the six digits that the app shows',
  },

  recovery: {
    title: 'Recovery codes',
    once: 'The recovery codes are shown on this page only. Print them now or keep them somewhere safe.',
    help: 'If you lose your phone, any of these codes lets you sign in instead of the app. Each works once.',
    print: 'Print',
    kept: 'I have kept them, go on',
  },

  confirm: {
    title: 'Confirm your password',
    lead: 'To be safe, please enter your password again.',
    password: 'Current password',
    submit: 'Continue',
    wrong: 'The password is not right. Please enter it again.',
  },

  twoFactor: {
    title: 'Two-Factor Auth',
    on: 'Set up',
    state: 'State',
    onText: 'When signing in you enter a code of your authenticator app after the password.',
    unavailable: 'This shop does not offer two-factor authentication.',
    left: 'Recovery codes left',
    leftCount: (n) => plural(n, 'code', 'codes'),
    leftFew: 'Few are left. Please make new recovery codes.',
    newCodes: 'Make new recovery codes',
    newCodesHelp: 'New ones replace all that you have.',
    remove: 'Remove two-factor authentication',
    removeHelp:
      'From then on the password alone signs you in. With a new phone, remove it here and set it up again. Other devices are signed out.',
  },

  sessions: {
    title: 'Signed-in devices',
    lead: 'If you do not know one of them, sign it out and then change your password.',
    caption: 'Devices that are signed in',
    browser: 'Device',
    since: 'Signed in',
    lastSeen: 'Last active',
    address: 'IP address',
    current: 'This device',
    end: 'Sign out',
    endThis: (browser) => `Sign out ${browser}`,
    endOthers: 'Sign out all other devices',
    onlyThis: 'No other device is signed in.',
    newest: (n) => `These are the newest ${n}.`,
    on: (browser, system) => `${browser} (${system})`,
    unknown: 'Unknown browser',
  },

  accountNews: {
    title: 'This happened to your account since you last logged in.',
    failed: (n: number, last: string) => `Failed logins: ${n} (the last one ${last})`,
    from: (at: string, ip: string) => `${at}, from ${ip}`,
    notYou: 'If it was not you, change your password and set up two-factor authentication.',
  },

  password: {
    title: 'Change Password',
    current: 'Current password',
    next: 'New password',
    nextHelp:
      '12 to 64 characters; longer is safer. It must not contain your login ID or the name of the shop.',
    again: 'New password again',
    endGrants: 'Also end every app access that I have allowed',
    endGrantsHelp:
      'Choose this if somebody else may know your password. The apps stop working until they are allowed again.',
    effect: 'All other devices are signed out.',
    submit: 'Change',
    faults: {
      length: 'Use 12 to 64 characters.',
      characters: 'Control characters such as line breaks cannot be used.',
      common: 'This password is too common. Please choose another.',
      'login-id': 'The password must not contain your login ID.',
      'shop-name': 'The password must not contain the name of the shop.',
      different: 'The two new passwords differ.',
      wrong: 'The current password is not right.',
    },
  },
};
