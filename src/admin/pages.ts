/**
 * Every page of the admin, once: its address, who may see it, its place in the menu, its title. The routes, the menu, the
 * frame and the way back read it here, so a page that is not in this list cannot be registered.
 */
import type { Act } from '../staff/rules/acts.ts';
import type { Messages } from './i18n/ja/messages.ts';
import type { Paths } from './paths.ts';

/** `apiMember`: a member, while the API is switched on. */
export type Guard = 'anyone' | 'member' | 'apiMember';

export type MenuGroup = 'top' | 'api' | 'plugin';

type Page = {
  readonly guard: Guard;
  /** The document is `page_{id}`, after EC-CUBE's route names; null is an address that shows no page of its own. */
  readonly id: string | null;
  readonly title: (messages: Messages) => string;
  /** Address of its GET route. A page without one only answers a form. */
  readonly at?: (paths: Paths) => string;
  /** An entry of the menu, in the order of this list. */
  readonly menu?: MenuGroup;
  /** The entry of the menu that is marked on a page that has none of its own. */
  readonly under?: string;
  /** The page itself is held to what this act demands (staff/rules/acts.ts), not only its form. */
  readonly act?: Act;
};

const noTitle = () => '';

const ENTRIES = {
  home: {
    guard: 'member',
    id: 'admin_homepage',
    title: ({ home }) => home.title,
    at: (to) => to.home,
    menu: 'top',
  },
  clients: {
    guard: 'apiMember',
    id: 'admin_api_oauth',
    title: ({ clients }) => clients.title,
    at: (to) => to.clients,
    menu: 'api',
  },
  webhooks: {
    guard: 'apiMember',
    id: 'admin_api_webhook',
    title: ({ webhooks }) => webhooks.title,
    at: (to) => to.webhooks,
    menu: 'api',
  },
  apps: {
    guard: 'apiMember',
    id: 'admin_api_apps',
    title: ({ apps }) => apps.title,
    at: (to) => to.apps,
    menu: 'api',
  },
  audit: {
    guard: 'member',
    id: 'admin_api_audit',
    title: ({ audit }) => audit.title,
    at: (to) => to.audit,
    menu: 'api',
  },
  keys: {
    guard: 'apiMember',
    id: 'admin_api_keys',
    title: ({ keys }) => keys.title,
    at: (to) => to.keys,
    menu: 'api',
  },
  tester: {
    guard: 'apiMember',
    id: 'admin_api_tester',
    title: ({ tester }) => tester.title,
    at: (to) => to.tester,
    menu: 'api',
  },
  explorer: {
    guard: 'apiMember',
    id: 'admin_api_explorer',
    title: ({ explorer }) => explorer.title,
    at: (to) => to.explorer,
    menu: 'api',
  },
  security: {
    guard: 'member',
    id: 'admin_api_security',
    title: ({ security }) => security.title,
    at: (to) => to.security,
    menu: 'api',
  },
  plugins: {
    guard: 'member',
    id: 'admin_store_plugin',
    title: ({ plugins }) => plugins.title,
    at: (to) => to.plugins,
    menu: 'plugin',
  },

  // The API's own switch.
  pluginEnable: {
    guard: 'member',
    id: 'admin_store_plugin_enable',
    title: ({ plugins }) => plugins.enableTitle,
    at: (to) => to.pluginEnable,
    under: 'plugins',
  },
  pluginDisable: {
    guard: 'member',
    id: 'admin_store_plugin_disable',
    title: ({ plugins }) => plugins.disableTitle,
    at: (to) => to.pluginDisable,
    under: 'plugins',
  },

  // Login and authorization: without menu.
  login: { guard: 'anyone', id: 'admin_login', title: ({ login }) => login.title, at: (to) => to.login },
  logout: { guard: 'anyone', id: null, title: noTitle, at: (to) => to.logout },
  secondStep: {
    guard: 'anyone',
    id: 'admin_two_factor_auth',
    title: ({ secondStep }) => secondStep.title,
    at: (to) => to.secondStep,
  },
  enrolment: {
    guard: 'anyone',
    id: 'admin_two_factor_auth_set',
    title: ({ enrolment }) => enrolment.title,
    at: (to) => to.enrolment,
  },
  authorize: {
    guard: 'anyone',
    id: 'oauth2_authorize',
    title: ({ login }) => login.title,
    at: (to) => to.authorize,
  },
  authorizeError: {
    guard: 'anyone',
    id: 'oauth2_authorize_error',
    title: ({ authorizeErrors }) => authorizeErrors.title,
  },
  authorizeGoingOn: {
    guard: 'anyone',
    id: 'oauth2_authorize_going_on',
    title: ({ goingOn }) => goingOn.title,
  },
  authorizeNotAllowed: {
    guard: 'anyone',
    id: 'oauth2_authorize_not_allowed',
    title: ({ notAllowed }) => notAllowed.title,
  },
  authorizeAnswered: {
    guard: 'anyone',
    id: 'oauth2_authorize_answered',
    title: ({ answered }) => answered.title,
  },
  error: { guard: 'anyone', id: 'admin_error', title: ({ errors }) => errors.kinds.system.title },
  lateForm: { guard: 'anyone', id: 'admin_late_form', title: ({ lateForm }) => lateForm.title },

  // The member's own account.
  password: {
    guard: 'member',
    id: 'admin_change_password',
    title: ({ password }) => password.title,
    at: (to) => to.password,
  },
  sessions: {
    guard: 'member',
    id: 'admin_sessions',
    title: ({ sessions }) => sessions.title,
    at: (to) => to.sessions,
  },
  sessionsEndOthers: {
    guard: 'member',
    id: 'admin_sessions_end',
    title: ({ asks }) => asks.endSessions.title,
    at: (to) => to.sessionsEndOthers,
  },
  twoFactor: {
    guard: 'member',
    id: 'admin_two_factor_auth_edit',
    title: ({ twoFactor }) => twoFactor.title,
    at: (to) => to.twoFactor,
  },
  newRecoveryCodes: {
    guard: 'member',
    id: 'admin_recovery_codes_new',
    title: ({ asks }) => asks.recoveryCodes.title,
    at: (to) => to.recoveryCodes,
  },
  recoveryCodes: {
    guard: 'anyone',
    id: 'admin_two_factor_auth_codes',
    title: ({ recovery }) => recovery.title,
  },
  confirmPassword: { guard: 'member', id: 'admin_confirm_password', title: ({ confirm }) => confirm.title },

  // OAuth管理.
  clientNew: {
    guard: 'apiMember',
    id: 'admin_api_oauth_new',
    title: ({ form }) => form.title,
    at: (to) => to.clientNew,
    under: 'clients',
    act: 'client.register',
  },
  clientCreated: {
    guard: 'apiMember',
    id: 'admin_api_oauth_created',
    title: ({ created }) => created.title,
    under: 'clients',
  },
  client: {
    guard: 'apiMember',
    id: 'admin_api_oauth_edit',
    title: ({ detail }) => detail.title,
    at: (to) => to.client(':client_id'),
    under: 'clients',
  },
  clientSecrets: {
    guard: 'apiMember',
    id: 'admin_api_oauth_secrets',
    title: ({ detail }) => detail.title,
    at: (to) => to.clientTab(':client_id', 'secrets'),
    under: 'clients',
  },
  clientSteps: {
    guard: 'apiMember',
    id: 'admin_api_oauth_steps',
    title: ({ detail }) => detail.title,
    at: (to) => to.clientTab(':client_id', 'steps'),
    under: 'clients',
  },
  clientConnections: {
    guard: 'apiMember',
    id: 'admin_api_oauth_connections',
    title: ({ detail }) => detail.title,
    at: (to) => to.clientTab(':client_id', 'connections'),
    under: 'clients',
  },
  clientFailures: {
    guard: 'apiMember',
    id: 'admin_api_oauth_failures',
    title: ({ detail }) => detail.title,
    at: (to) => to.clientTab(':client_id', 'failures'),
    under: 'clients',
  },
  clientTest: {
    guard: 'apiMember',
    id: 'admin_api_oauth_connections',
    title: ({ detail }) => detail.title,
    at: (to) => to.clientTest(':client_id'),
    under: 'clients',
  },
  clientDisable: {
    guard: 'apiMember',
    id: 'admin_api_oauth_disable',
    title: ({ asks }) => asks.disable.title,
    at: (to) => to.clientDisable(':client_id'),
    under: 'clients',
  },
  clientSecretNew: {
    guard: 'apiMember',
    id: 'admin_api_oauth_secret_new',
    title: ({ asks }) => asks.secret.title,
    at: (to) => to.clientSecret(':client_id'),
    under: 'clients',
  },
  clientSecret: {
    guard: 'apiMember',
    id: 'admin_api_oauth_secret',
    title: ({ newSecret }) => newSecret.title,
    under: 'clients',
  },
  clientSecretEnd: {
    guard: 'apiMember',
    id: 'admin_api_oauth_secret_end',
    title: ({ asks }) => asks.endSecret.title,
    at: (to) => to.secretEnd(':client_id', ':secret_id'),
    under: 'clients',
  },
  clientGrantEnd: {
    guard: 'apiMember',
    id: 'admin_api_end_grant',
    title: ({ asks }) => asks.endGrant.title,
    at: (to) => to.grantRevoke(':client_id', ':grant_id'),
    under: 'clients',
  },
  clientDelete: {
    guard: 'apiMember',
    id: 'admin_api_oauth_delete',
    title: ({ deletion }) => deletion.title,
    at: (to) => to.clientDelete(':client_id'),
    under: 'clients',
  },

  // WebHook管理.
  webhookNew: {
    guard: 'apiMember',
    id: 'admin_api_webhook_new',
    title: ({ webhookForm }) => webhookForm.title,
    at: (to) => to.webhookNew,
    under: 'webhooks',
    act: 'webhook.register',
  },
  webhook: {
    guard: 'apiMember',
    id: 'admin_api_webhook_edit',
    title: ({ webhookForm }) => webhookForm.title,
    at: (to) => to.webhook(':webhook_id'),
    under: 'webhooks',
  },
  webhookTest: {
    guard: 'apiMember',
    id: 'admin_api_webhook_test',
    title: ({ webhook }) => webhook.testTitle,
    under: 'webhooks',
  },
  webhookDelete: {
    guard: 'apiMember',
    id: 'admin_api_webhook_delete',
    title: ({ webhook }) => webhook.deletion,
    at: (to) => to.webhookDelete(':webhook_id'),
    under: 'webhooks',
  },
  deliveries: {
    guard: 'apiMember',
    id: 'admin_api_webhook_deliveries',
    title: ({ deliveries }) => deliveries.title,
    at: (to) => to.webhookDeliveries(':webhook_id'),
    under: 'webhooks',
  },
  delivery: {
    guard: 'apiMember',
    id: 'admin_api_webhook_delivery',
    title: ({ delivery }) => delivery.title,
    at: (to) => to.webhookDelivery(':webhook_id', ':delivery_id'),
    under: 'webhooks',
  },
  feed: {
    guard: 'apiMember',
    id: 'admin_api_webhook_feed',
    title: ({ feed }) => feed.title,
    at: (to) => to.feed,
    under: 'webhooks',
  },
  feedInstall: {
    guard: 'apiMember',
    id: 'admin_api_webhook_feed_install',
    title: ({ feed }) => feed.installTitle,
    at: (to) => to.feedInstall,
    under: 'webhooks',
  },
  feedRemove: {
    guard: 'apiMember',
    id: 'admin_api_webhook_feed_remove',
    title: ({ feed }) => feed.removeTitle,
    at: (to) => to.feedRemove,
    under: 'webhooks',
  },

  // The other entries of API管理.
  appEnd: {
    guard: 'apiMember',
    id: 'admin_api_end_grant',
    title: ({ asks }) => asks.endGrant.title,
    at: (to) => to.appEnd(':grant_id'),
    under: 'apps',
  },
  auditExport: { guard: 'member', id: null, title: noTitle, at: (to) => to.auditExport, under: 'audit' },
  keyRotate: {
    guard: 'apiMember',
    id: 'admin_api_keys_rotate',
    title: ({ asks }) => asks.rotate.title,
    at: (to) => to.keyRotate,
    under: 'keys',
  },
  keyRetire: {
    guard: 'apiMember',
    id: 'admin_api_keys_retire',
    title: ({ asks }) => asks.retire.title,
    at: (to) => to.keyRetire,
    under: 'keys',
  },
  testerCallback: {
    guard: 'apiMember',
    id: 'admin_api_tester',
    title: ({ tester }) => tester.title,
    at: (to) => to.testerCallback,
    under: 'tester',
  },
  explorerCallback: {
    guard: 'apiMember',
    id: 'admin_api_explorer',
    title: ({ explorer }) => explorer.title,
    at: (to) => to.explorerCallback,
    under: 'explorer',
  },
} as const satisfies Readonly<Record<string, Page>>;

export type PageName = keyof typeof ENTRIES;

/** Pages that are entries of the menu. */
export type MenuPage = {
  [Name in PageName]: (typeof ENTRIES)[Name] extends { readonly menu: MenuGroup } ? Name : never;
}[PageName];

/** Pages that somebody who is not logged in may see. */
export type OpenPage = {
  [Name in PageName]: (typeof ENTRIES)[Name]['guard'] extends 'anyone' ? Name : never;
}[PageName];

export const PAGES: Readonly<Record<PageName, Page>> = ENTRIES;

export const MENU_PAGES = (Object.keys(PAGES) as PageName[]).filter(
  (name): name is MenuPage => PAGES[name].menu !== undefined,
);

/** Pages with an address of their own, a pattern of one included. */
export type AddressedPage = {
  [Name in PageName]: (typeof ENTRIES)[Name] extends { readonly at: unknown } ? Name : never;
}[PageName];

/** The pattern of its GET route, with `:name` for each parameter. */
export const addressOf = (name: AddressedPage, paths: Paths): string => pattern(ENTRIES[name].at(paths));

/** Paths encode what stands in them, and a parameter's colon with it. */
export const pattern = (path: string): string => path.replaceAll('%3A', ':');

/** The entry of the menu that is marked while the page is shown. */
export function placeOf(name: PageName): MenuPage | undefined {
  const { menu, under } = PAGES[name];
  return (menu === undefined ? under : name) as MenuPage | undefined;
}

export const titleOf = (name: PageName, messages: Messages): string => PAGES[name].title(messages);

/** What the page belongs to, behind its title: the group of its place in the menu. */
export function subtitleOf(name: PageName, { menu }: Messages): string | undefined {
  const place = placeOf(name);
  const group = place && PAGES[place].menu;
  if (group === 'api') return menu.api;
  return group === 'plugin' ? menu.store : undefined;
}

/** The document is `page_{id}`. */
export const idOf = (name: PageName): string => PAGES[name].id ?? name;
