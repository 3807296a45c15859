/** Words of the frame around every page, and the error pages, in English. */
import type { frameJa } from '../ja/frame.ts';
import { plural } from './plural.ts';

export const frameEn: typeof frameJa = {
  common: {
    skipToContent: 'Skip to content',
    footer: 'Tegata — EC-CUBE Web API',
    menu: 'Menu',
    mainNavigation: 'Admin menu',
    openShop: 'Opens in a new tab',
    required: 'Required',
    error: 'Error',
    copy: 'Copy',
    copyThis: (what) => `Copy ${what}`,
    copied: 'Copied',
    close: 'Close',
    cancel: 'Cancel',
    edit: 'Edit',
    delete: 'Delete',
    register: 'Register',
    createNew: 'Create new',
    enabled: 'Enabled',
    disabled: 'Disabled',
    enable: 'Enable',
    disable: 'Disable',
    unknown: 'Unknown',
    actions: 'Actions',
    requestId: 'Request ID',
    inAuditLog: '(find it in the audit log)',
    lacksRight: 'The database user lacks a right. Please pass this on to whoever administers the database.',
    formInvalid: 'Something in the form is not right. Please look at the fields marked with an error.',
  },

  menu: {
    setting: 'Settings',
    api: 'API',
    store: 'Owner’s Store',
    plugin: 'Plugins',
    shopAdmin: 'To EC-CUBE’s admin',
  },

  user: {
    name: (name) => `Hi ${name}!`,
    lastLogin: 'Last sign-in',
    firstLogin: 'This is your first sign-in',
    logout: 'Sign out',
  },

  time: {
    seconds: (n) => plural(n, 'second', 'seconds'),
    minutes: (n) => plural(n, 'minute', 'minutes'),
    hours: (n) => plural(n, 'hour', 'hours'),
    days: (n) => plural(n, 'day', 'days'),
  },

  errors: {
    kinds: {
      not_accessible: {
        title: 'This page cannot be accessed.',
        text: 'The page you are looking for is not accessible, or may have been moved or deleted.',
      },
      denied: {
        title: 'Your authority may not open this page.',
        text: 'Ask a member whose authority is system administrator to do it for you. To open it yourself, have them take this page out of the URLs denied to your authority, in EC-CUBE’s admin under Settings → System Settings → Authority Management.',
      },
      not_found: { title: 'Page not found.', text: 'Please check the URL.' },
      throttled: {
        title: 'This page cannot be accessed.',
        text: 'Too many attempts. Please wait a while and try again.',
      },
      system: {
        title: 'A system error occurred.',
        text: 'We are sorry. Please contact the site administrator.',
      },
      unavailable: {
        title: 'This page is not available right now.',
        text: 'The server cannot answer for the moment. Please wait a little and try again.',
      },
      csrf: {
        title: 'This page has expired.',
        text: 'The CSRF token is invalid. Reload the page before and send the form again.',
      },
      login_required: {
        title: 'Please sign in.',
        text: 'You have signed out, or were idle for too long. Please sign in again.',
      },
      system_admin_only: {
        title: 'Only a system administrator may do this.',
        text: 'It would let an app or another service use this shop’s data. Ask a member whose authority is system administrator.',
      },
      address_refused: {
        title: 'This page cannot be accessed.',
        text: 'This admin may not be used from your network.',
      },
      api_disabled: {
        title: 'The Web API is disabled.',
        text: 'The Web API of this shop is switched off. It can be enabled under All Plugins.',
      },
    },
    requestIdUse:
      'It names this request in the server’s log. Please give it to whoever runs the server when you ask for help.',
    toLogin: 'Go Back to Login',
    toHome: 'Go to Home',
  },
};
