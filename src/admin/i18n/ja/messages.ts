/**
 * Every word on the pages, in Japanese; each file holds what one page, or a group of them, says. `Messages` is the shape that
 * English must fill, so a missing key does not compile. A sentence with something inside it is a function; one that encloses
 * markup returns its pieces in order.
 */
import { accountJa } from './account.ts';
import { appsJa } from './apps.ts';
import { asksJa } from './asks.ts';
import { auditJa } from './audit.ts';
import { authorizeJa } from './authorize.ts';
import { clientFormJa } from './client-form.ts';
import { clientTabsJa } from './client-tabs.ts';
import { clientsJa } from './clients.ts';
import { explorerJa } from './explorer.ts';
import { flashJa } from './flash.ts';
import { frameJa } from './frame.ts';
import { homeJa } from './home.ts';
import { jobsJa } from './jobs.ts';
import { keysJa } from './keys.ts';
import { loginJa } from './login.ts';
import { takeoverJa } from './moves/takeover.ts';
import { policiesJa } from './policies.ts';
import { requestsJa } from './requests.ts';
import { securityJa } from './security.ts';
import { securityRowsJa } from './security-rows.ts';
import { testerJa } from './tester.ts';
import { webhookJa } from './webhook.ts';
import { webhookFormJa } from './webhook-form.ts';

export const ja = {
  lang: 'ja',
  ...accountJa,
  ...appsJa,
  ...asksJa,
  ...auditJa,
  ...authorizeJa,
  ...clientFormJa,
  ...clientsJa,
  ...clientTabsJa,
  ...explorerJa,
  ...flashJa,
  ...frameJa,
  ...homeJa,
  ...jobsJa,
  ...keysJa,
  ...loginJa,
  ...policiesJa,
  ...securityJa,
  ...requestsJa,
  ...securityRowsJa,
  ...takeoverJa,
  ...testerJa,
  ...webhookJa,
  ...webhookFormJa,
};

export type Messages = typeof ja;
