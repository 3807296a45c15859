/**
 * Every page of the admin, once: its address, who may see it, its place in the menu, its title. The routes, the menu, the
 * frame and the way back read it here, so a page that is not in this list cannot be registered.
 */
import type { Act } from '../staff/rules/acts.ts';
import type { Messages } from './i18n/ja/messages.ts';
import type { Paths } from './paths.ts';

/** `apiMember`: a member, while the API is switched on. */
export type PageGuard = 'anyone' | 'member' | 'apiMember';

export type MenuGroup = 'top' | 'api' | 'plugin';

type Page = {
  readonly guard: PageGuard;
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

type Shared = Pick<Page, 'guard' | 'menu' | 'under'>;
type Row = readonly [id: Page['id'], title: Page['title'], at?: (paths: Paths) => string, act?: Act];
type Pages<Common, Rows> = {
  readonly [Name in keyof Rows]: Common &
    Page &
    (Rows[Name] extends readonly [unknown, unknown, infer At, ...unknown[]] ? { readonly at: At } : unknown);
};

/** Pages that have guard and place in the menu in common. */
const pages =
  <const Common extends Shared>(shared: Common) =>
  <const Rows extends Readonly<Record<string, Row>>>(rows: Rows): Pages<Common, Rows> => {
    const entries = Object.entries(rows).map(([name, [id, title, at, act]]) => [
      name,
      { ...shared, id, title, ...(at && { at }), ...(act && { act }) },
    ]);
    return Object.fromEntries(entries);
  };

const ENTRIES = {
  ...pages({ guard: 'member', menu: 'top' })({
    home: ['admin_homepage', (m) => m.home.title, (to) => to.home],
  }),
  ...pages({ guard: 'apiMember', menu: 'api' })({
    clients: ['admin_api_oauth', (m) => m.clients.title, (to) => to.clients],
    webhooks: ['admin_api_webhook', (m) => m.webhooks.title, (to) => to.webhooks],
    apps: ['admin_api_apps', (m) => m.apps.title, (to) => to.apps],
    jobs: ['admin_api_job', (m) => m.jobs.title, (to) => to.jobs],
  }),
  ...pages({ guard: 'member', menu: 'api' })({
    audit: ['admin_api_audit', (m) => m.audit.title, (to) => to.audit],
  }),
  ...pages({ guard: 'apiMember', menu: 'api' })({
    keys: ['admin_api_keys', (m) => m.keys.title, (to) => to.keys],
    tester: ['admin_api_tester', (m) => m.tester.title, (to) => to.tester],
    explorer: ['admin_api_explorer', (m) => m.explorer.title, (to) => to.explorer],
  }),
  ...pages({ guard: 'member', menu: 'api' })({
    security: ['admin_api_security', (m) => m.security.title, (to) => to.security],
  }),
  ...pages({ guard: 'member', menu: 'plugin' })({
    plugins: ['admin_store_plugin', (m) => m.plugins.title, (to) => to.plugins],
  }),
  ...pages({ guard: 'member', under: 'plugins' })({
    pluginEnable: ['admin_store_plugin_enable', (m) => m.plugins.enableTitle, (to) => to.pluginEnable],
    pluginDisable: ['admin_store_plugin_disable', (m) => m.plugins.disableTitle, (to) => to.pluginDisable],
  }),
  ...pages({ guard: 'apiMember', under: 'plugins' })({
    takeover: ['admin_api_takeover', (m) => m.takeover.title, (to) => to.takeover],
    takeoverApply: [
      'admin_api_takeover_apply',
      (m) => m.takeover.ask.apply.title,
      (to) => to.takeoverApply,
      'takeover.apply',
    ],
    takeoverUndo: [
      'admin_api_takeover_undo',
      (m) => m.takeover.ask.undo.title,
      (to) => to.takeoverUndo,
      'takeover.undo',
    ],
    takeoverFinish: [
      'admin_api_takeover_finish',
      (m) => m.takeover.ask.finish.title,
      (to) => to.takeoverFinish,
      'takeover.finish',
    ],
  }),
  ...pages({ guard: 'anyone' })({
    login: ['admin_login', (m) => m.login.title, (to) => to.login],
    link: [null, noTitle, (to) => to.link],
    linkRefused: ['tegata_link_refused', (m) => m.linkRefused.title],
    logout: [null, noTitle, (to) => to.logout],
    secondStep: ['admin_two_factor_auth', (m) => m.secondStep.title, (to) => to.secondStep],
    enrolment: ['admin_two_factor_auth_set', (m) => m.enrolment.title, (to) => to.enrolment],
    authorize: ['oauth2_authorize', (m) => m.login.title, (to) => to.authorize],
    authorizeError: ['oauth2_authorize_error', (m) => m.authorizeErrors.title],
    authorizeGoingOn: ['oauth2_authorize_going_on', (m) => m.goingOn.title],
    authorizeNotAllowed: ['oauth2_authorize_not_allowed', (m) => m.notAllowed.title],
    authorizeAnswered: ['oauth2_authorize_answered', (m) => m.answered.title],
    error: ['admin_error', (m) => m.errors.kinds.system.title],
    lateForm: ['admin_late_form', (m) => m.lateForm.title],
    recoveryCodes: ['admin_two_factor_auth_codes', (m) => m.recovery.title],
  }),
  ...pages({ guard: 'member' })({
    password: ['admin_change_password', (m) => m.password.title, (to) => to.password],
    sessions: ['admin_sessions', (m) => m.sessions.title, (to) => to.sessions],
    sessionsEndOthers: ['admin_sessions_end', (m) => m.asks.endSessions.title, (to) => to.sessionsEndOthers],
    twoFactor: ['admin_two_factor_auth_edit', (m) => m.twoFactor.title, (to) => to.twoFactor],
    newRecoveryCodes: [
      'admin_recovery_codes_new',
      (m) => m.asks.recoveryCodes.title,
      (to) => to.recoveryCodes,
    ],
    confirmPassword: ['admin_confirm_password', (m) => m.confirm.title],
  }),
  ...pages({ guard: 'apiMember', under: 'clients' })({
    clientNew: ['admin_api_oauth_new', (m) => m.form.title, (to) => to.clientNew, 'client.register'],
    clientCreated: ['admin_api_oauth_created', (m) => m.created.title],
    client: ['admin_api_oauth_edit', (m) => m.detail.title, (to) => to.client(':client_id')],
    clientSecrets: [
      'admin_api_oauth_secrets',
      (m) => m.detail.title,
      (to) => to.clientTab(':client_id', 'secrets'),
    ],
    clientSteps: [
      'admin_api_oauth_steps',
      (m) => m.detail.title,
      (to) => to.clientTab(':client_id', 'steps'),
    ],
    clientConnections: [
      'admin_api_oauth_connections',
      (m) => m.detail.title,
      (to) => to.clientTab(':client_id', 'connections'),
    ],
    clientRequests: [
      'admin_api_oauth_requests',
      (m) => m.detail.title,
      (to) => to.clientTab(':client_id', 'requests'),
    ],
    clientFailures: [
      'admin_api_oauth_failures',
      (m) => m.detail.title,
      (to) => to.clientTab(':client_id', 'failures'),
    ],
    clientTest: ['admin_api_oauth_connections', (m) => m.detail.title, (to) => to.clientTest(':client_id')],
    clientDisable: [
      'admin_api_oauth_disable',
      (m) => m.asks.disable.title,
      (to) => to.clientDisable(':client_id'),
    ],
    clientSecretNew: [
      'admin_api_oauth_secret_new',
      (m) => m.asks.secret.title,
      (to) => to.clientSecret(':client_id'),
    ],
    clientSecret: ['admin_api_oauth_secret', (m) => m.newSecret.title],
    clientSecretEnd: [
      'admin_api_oauth_secret_end',
      (m) => m.asks.endSecret.title,
      (to) => to.secretEnd(':client_id', ':secret_id'),
    ],
    clientGrantEnd: [
      'admin_api_end_grant',
      (m) => m.asks.endGrant.title,
      (to) => to.grantRevoke(':client_id', ':grant_id'),
    ],
    clientDelete: ['admin_api_oauth_delete', (m) => m.deletion.title, (to) => to.clientDelete(':client_id')],
  }),
  ...pages({ guard: 'apiMember', under: 'webhooks' })({
    webhookNew: [
      'admin_api_webhook_new',
      (m) => m.webhookForm.title,
      (to) => to.webhookNew,
      'webhook.register',
    ],
    webhook: ['admin_api_webhook_edit', (m) => m.webhookForm.title, (to) => to.webhook(':webhook_id')],
    webhookTest: ['admin_api_webhook_test', (m) => m.webhook.testTitle],
    webhookDelete: [
      'admin_api_webhook_delete',
      (m) => m.webhook.deletion,
      (to) => to.webhookDelete(':webhook_id'),
    ],
    deliveries: [
      'admin_api_webhook_deliveries',
      (m) => m.deliveries.title,
      (to) => to.webhookDeliveries(':webhook_id'),
    ],
    delivery: [
      'admin_api_webhook_delivery',
      (m) => m.delivery.title,
      (to) => to.webhookDelivery(':webhook_id', ':delivery_id'),
    ],
    feed: ['admin_api_webhook_feed', (m) => m.feed.title, (to) => to.feed],
    feedInstall: ['admin_api_webhook_feed_install', (m) => m.feed.installTitle, (to) => to.feedInstall],
    feedRemove: ['admin_api_webhook_feed_remove', (m) => m.feed.removeTitle, (to) => to.feedRemove],
  }),
  ...pages({ guard: 'apiMember', under: 'apps' })({
    appEnd: ['admin_api_end_grant', (m) => m.asks.endGrant.title, (to) => to.appEnd(':grant_id')],
  }),
  ...pages({ guard: 'apiMember', under: 'jobs' })({
    jobNew: ['admin_api_job_new', (m) => m.jobs.newTitle, (to) => to.jobNew, 'job.upload'],
    jobTemplate: [null, noTitle, (to) => to.jobTemplate(':kind')],
    job: ['admin_api_job_show', (m) => m.jobs.oneTitle, (to) => to.job(':job_id')],
    jobResult: [null, noTitle, (to) => to.jobResult(':job_id'), 'job.upload'],
    jobCancel: ['admin_api_job_cancel', (m) => m.jobs.cancelTitle, (to) => to.jobCancel(':job_id')],
  }),
  ...pages({ guard: 'member', under: 'audit' })({
    auditExport: [null, noTitle, (to) => to.auditExport],
  }),
  ...pages({ guard: 'apiMember', under: 'keys' })({
    keyRotate: ['admin_api_keys_rotate', (m) => m.asks.rotate.title, (to) => to.keyRotate],
    keyRetire: ['admin_api_keys_retire', (m) => m.asks.retire.title, (to) => to.keyRetire],
    keyRetireNow: [
      'admin_api_keys_retire_now',
      (m) => m.asks.retireNow.title,
      (to) => to.keyRetireNow(':kid'),
      'key.retireNow',
    ],
  }),
  ...pages({ guard: 'apiMember', under: 'tester' })({
    testerCallback: ['admin_api_tester', (m) => m.tester.title, (to) => to.testerCallback],
  }),
  ...pages({ guard: 'apiMember', under: 'explorer' })({
    explorerCallback: ['admin_api_explorer', (m) => m.explorer.title, (to) => to.explorerCallback],
  }),
};

export type PageName = keyof typeof ENTRIES;

/** Pages that are entries of the menu. */
export type MenuPage = {
  [Name in PageName]: (typeof ENTRIES)[Name] extends { readonly menu: MenuGroup } ? Name : never;
}[PageName];

/** Pages that need no login. */
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
export const addressOf = (name: AddressedPage, paths: Paths): string => routeOf(ENTRIES[name].at(paths));

/** Returns the route of a path that was built with `:name` for a parameter: the path has the colon encoded. */
export const routeOf = (path: string): string => path.replaceAll('%3A', ':');

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
