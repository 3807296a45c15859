/**
 * Every path of the admin. Pages and routes take them from here. What the world knows by EC-CUBE's plugin (authorization
 * endpoint, OAuth管理, WebHook管理) lies below `ECCUBE_ADMIN_ROUTE`, all other pages below `TEGATA_PATH`.
 */

export type Paths = ReturnType<typeof paths>;

export type Roots = {
  /** Where the pages of our own lie; unset = below `ECCUBE_ADMIN_ROUTE`, as in 0.1.0. */
  readonly pagesPath?: string;
  /** The path of `PUBLIC_URL`, before every other; '' = none. */
  readonly basePath?: string;
};

export function paths(adminRoute: string, { pagesPath = `/${adminRoute}`, basePath = '' }: Roots = {}) {
  const plugin = `${basePath}/${adminRoute}`;
  const root = `${basePath}${pagesPath}`;
  const oauth = `${plugin}/api/oauth`;
  const client = (clientId: string) => `${oauth}/${encodeURIComponent(clientId)}`;
  return {
    home: root,
    login: `${root}/login`,
    link: `${root}/login/link`,
    logout: `${root}/logout`,
    secondStep: `${root}/two_factor_auth/auth`,
    enrolment: `${root}/two_factor_auth/set`,
    twoFactor: `${root}/two_factor_auth/edit`,
    twoFactorRemove: `${root}/two_factor_auth/remove`,
    recoveryCodes: `${root}/two_factor_auth/recovery_codes`,
    password: `${root}/change_password`,
    sessions: `${root}/sessions`,
    sessionEnd: `${root}/sessions/end`,
    sessionsEndOthers: `${root}/sessions/end_others`,
    authorize: `${plugin}/authorize`,
    clients: oauth,
    clientNew: `${oauth}/new`,
    clearExpiredTokens: `${oauth}/clear_expired_tokens`,
    client,
    clientTab: (clientId: string, tab: string) =>
      tab === 'settings' ? client(clientId) : `${client(clientId)}/${tab}`,
    clientTest: (clientId: string) => `${client(clientId)}/test`,
    clientDisable: (clientId: string) => `${client(clientId)}/disable`,
    clientEnable: (clientId: string) => `${client(clientId)}/enable`,
    clientSecret: (clientId: string) => `${client(clientId)}/secret`,
    secretEnd: (clientId: string, secretId: string) =>
      `${client(clientId)}/secrets/${encodeURIComponent(secretId)}/end`,
    clientDelete: (clientId: string) => `${client(clientId)}/delete`,
    grantRevoke: (clientId: string, grantId: string) =>
      `${client(clientId)}/grants/${encodeURIComponent(grantId)}/revoke`,
    ...oversightPaths(root),
    ...integratorPaths(root),
    ...webhookPaths(plugin),
    ...storePaths(root),
    asset: (hash: string, name: string) => `${root}/assets/${hash}/${name}`,
  };
}

const storePaths = (root: string) => ({
  plugins: `${root}/store/plugin`,
  pluginEnable: `${root}/store/plugin/enable`,
  pluginDisable: `${root}/store/plugin/disable`,
});

const oversightPaths = (root: string) => ({
  apps: `${root}/api/apps`,
  appEnd: (grantId: string) => `${root}/api/apps/${encodeURIComponent(grantId)}/end`,
  audit: `${root}/api/audit`,
  auditExport: `${root}/api/audit/export`,
  keys: `${root}/api/keys`,
  keyRotate: `${root}/api/keys/rotate`,
  keyRetire: `${root}/api/keys/retire`,
  keyRetireNow: (kid: string) => `${root}/api/keys/${encodeURIComponent(kid)}/retire`,
  security: `${root}/api/security`,
  takeover: `${root}/api/takeover`,
  takeoverApply: `${root}/api/takeover/apply`,
  takeoverUndo: `${root}/api/takeover/undo`,
  takeoverFinish: `${root}/api/takeover/finish`,
  jobs: `${root}/api/job`,
  jobNew: `${root}/api/job/new`,
  jobTemplate: (kind: string) => `${root}/api/job/template/${encodeURIComponent(kind)}`,
  job: (jobId: string) => `${root}/api/job/${encodeURIComponent(jobId)}`,
  jobResult: (jobId: string) => `${root}/api/job/${encodeURIComponent(jobId)}/result`,
  jobCancel: (jobId: string) => `${root}/api/job/${encodeURIComponent(jobId)}/cancel`,
});

const integratorPaths = (root: string) => ({
  tester: `${root}/api/tester`,
  testerCallback: `${root}/api/tester/callback`,
  explorer: `${root}/api/explorer`,
  explorerForget: `${root}/api/explorer/forget`,
  explorerCallback: `${root}/api/explorer/callback`,
});

/** WebHook管理. */
function webhookPaths(plugin: string) {
  const webhooks = `${plugin}/api/webhook`;
  const webhook = (webhookId: string) => `${webhooks}/${encodeURIComponent(webhookId)}`;
  const webhookDeliveries = (webhookId: string) => `${webhook(webhookId)}/deliveries`;
  const webhookDelivery = (webhookId: string, deliveryId: string) =>
    `${webhookDeliveries(webhookId)}/${encodeURIComponent(deliveryId)}`;
  return {
    webhooks,
    webhookNew: `${webhooks}/new`,
    webhooksTakeOver: `${webhooks}/take_over`,
    feed: `${webhooks}/feed`,
    feedInstall: `${webhooks}/feed/install`,
    feedRemove: `${webhooks}/feed/remove`,
    webhook,
    webhookTest: (webhookId: string) => `${webhook(webhookId)}/test`,
    webhookPause: (webhookId: string) => `${webhook(webhookId)}/pause`,
    webhookResume: (webhookId: string) => `${webhook(webhookId)}/resume`,
    webhookDelete: (webhookId: string) => `${webhook(webhookId)}/delete`,
    webhookDeliveries,
    webhookResendFailed: (webhookId: string) => `${webhookDeliveries(webhookId)}/resend`,
    webhookDelivery,
    webhookDeliveryResend: (webhookId: string, deliveryId: string) =>
      `${webhookDelivery(webhookId, deliveryId)}/resend`,
  };
}
