/** Every path of the admin, from the first segment `ECCUBE_ADMIN_ROUTE`. Pages and routes take them from here. */

import { integratorPaths, oversightPaths } from './api-paths.ts';
import { webhookPaths } from './webhook-paths.ts';

export type Paths = ReturnType<typeof paths>;

export function paths(adminRoute: string) {
  const root = `/${adminRoute}`;
  const oauth = `${root}/api/oauth`;
  const client = (clientId: string) => `${oauth}/${encodeURIComponent(clientId)}`;
  return {
    home: root,
    login: `${root}/login`,
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
    authorize: `${root}/authorize`,
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
    ...webhookPaths(root),
    plugins: `${root}/store/plugin`,
    pluginEnable: `${root}/store/plugin/enable`,
    pluginDisable: `${root}/store/plugin/disable`,
    asset: (hash: string, name: string) => `${root}/assets/${hash}/${name}`,
  };
}
