/** Words of the one message of the page before, in English. */
import type { flashJa } from '../ja/flash.ts';
import { jobsFlashEn } from './jobs.ts';
import { keysFlashEn } from './keys.ts';
import { takeoverFlashEn } from './moves/takeover.ts';
import { plural } from './plural.ts';
import { webhookFlashEn } from './webhook.ts';

export const flashEn: typeof flashJa = {
  flash: {
    ...webhookFlashEn,
    ...keysFlashEn,
    ...takeoverFlashEn,
    ...jobsFlashEn,
    saved: () => 'Saved',
    saveFailed: () => 'Failed to save',
    deleted: () => 'Deleted',
    deleteFailed: () => 'Failed to delete',
    alreadyDeleted: () => 'No data to delete',
    tokensCleared: (count) =>
      count === 0
        ? 'There were no expired tokens'
        : `Deleted ${plural(count, 'expired token', 'expired tokens')}`,
    clientDisabled: () => 'The client is now disabled',
    clientEnabled: () => 'The client is now enabled',
    secretEnded: (_count) => 'The secret no longer works',
    secretStays: (_count) => 'This secret has ended already, or is the last one that works',
    grantRevoked: () => 'Disconnected',
    apiEnabled: () => 'The Web API is now enabled',
    apiDisabled: () => 'The Web API is now disabled',
    loggedOut: () => 'You have signed out',
    loginExpired: () => 'That took too long. Please sign in again',
    factorRemoved: () => 'Two-factor authentication has been removed',
    sessionEnded: () => 'The device has been signed out',
    sessionsEnded: (count) =>
      count === 0 ? 'No other device was signed in' : `Signed out ${plural(count, 'device', 'devices')}`,
    passwordChanged: (count) =>
      count === 0
        ? 'The password has been changed'
        : `The password has been changed and ${plural(count, 'app access', 'app accesses')} ended`,
  },
};
