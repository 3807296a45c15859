/** Paths of the pages below API管理 that belong to no single client, from the admin's root on. */

export const oversightPaths = (root: string) => ({
  apps: `${root}/api/apps`,
  appEnd: (grantId: string) => `${root}/api/apps/${encodeURIComponent(grantId)}/end`,
  audit: `${root}/api/audit`,
  auditExport: `${root}/api/audit/export`,
  keys: `${root}/api/keys`,
  keyRotate: `${root}/api/keys/rotate`,
  keyRetire: `${root}/api/keys/retire`,
  security: `${root}/api/security`,
});

export const integratorPaths = (root: string) => ({
  tester: `${root}/api/tester`,
  testerCallback: `${root}/api/tester/callback`,
  explorer: `${root}/api/explorer`,
  explorerForget: `${root}/api/explorer/forget`,
  explorerCallback: `${root}/api/explorer/callback`,
});
