/** Every word on the pages, in English. */
import type { Messages } from '../ja/messages.ts';
import { accountEn } from './account.ts';
import { appsEn } from './apps.ts';
import { asksEn } from './asks.ts';
import { auditEn } from './audit.ts';
import { authorizeEn } from './authorize.ts';
import { clientFormEn } from './client-form.ts';
import { clientTabsEn } from './client-tabs.ts';
import { clientsEn } from './clients.ts';
import { explorerEn } from './explorer.ts';
import { flashEn } from './flash.ts';
import { frameEn } from './frame.ts';
import { homeEn } from './home.ts';
import { jobsEn } from './jobs.ts';
import { keysEn } from './keys.ts';
import { loginEn } from './login.ts';
import { takeoverEn } from './moves/takeover.ts';
import { policiesEn } from './policies.ts';
import { requestsEn } from './requests.ts';
import { securityEn } from './security.ts';
import { securityRowsEn } from './security-rows.ts';
import { testerEn } from './tester.ts';
import { webhookEn } from './webhook.ts';
import { webhookFormEn } from './webhook-form.ts';

export const en: Messages = {
  lang: 'en',
  ...accountEn,
  ...appsEn,
  ...asksEn,
  ...auditEn,
  ...authorizeEn,
  ...clientFormEn,
  ...clientsEn,
  ...clientTabsEn,
  ...explorerEn,
  ...flashEn,
  ...frameEn,
  ...homeEn,
  ...jobsEn,
  ...keysEn,
  ...loginEn,
  ...policiesEn,
  ...securityEn,
  ...requestsEn,
  ...securityRowsEn,
  ...takeoverEn,
  ...testerEn,
  ...webhookEn,
  ...webhookFormEn,
};
