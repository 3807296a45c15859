/** Holds every form to what its act demands (staff/rules/acts.ts), before any handler sees it. */
import type { FastifyInstance } from 'fastify';
import { SYSTEM_ADMIN_AUTHORITY_ID } from '../oauth/rules/scope.ts';
import { type Act, demandOf } from '../staff/rules/acts.ts';
import { stepUp } from './account/step-up.ts';
import { type MemberExchange, memberPage } from './exchange.ts';
import { formOf } from './form.ts';
import { PageError } from './page-error.ts';
import { sendPage } from './replies.ts';
import { type AskPassword, confirmPage } from './ui/password-again.tsx';
import { addressHere } from './visit.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    act?: Act;
  }
}

/** Shows the form again with the question for the password; without one, a page of its own keeps the fields. */
export type Asker = (exchange: MemberExchange, ask: AskPassword) => Promise<unknown>;

/** A route's options: which act it is. */
export const actConfig = (name: Act) => ({ config: { act: name } });

/** Throws when a route of this scope, registered from now on, changes something without naming its act. */
export function demandActs(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    const changes = [method].flat().some((one) => one !== 'GET' && one !== 'HEAD');
    if (changes && config?.act === undefined) throw new Error(`the route ${method} ${url} names no act`);
  });
}

/** The exchange to go on with; undefined when the password had to be asked for, and has been. */
export async function meetDemands(
  exchange: MemberExchange,
  asker: Asker = askOnItsOwn,
): Promise<MemberExchange | undefined> {
  const { request, visit } = exchange;
  const { act: name } = request.routeOptions.config;
  if (name === undefined) return exchange;
  const { who, password } = demandOf(name);
  if (who === 'systemAdmin' && visit.session.member.authorityId !== SYSTEM_ADMIN_AUTHORITY_ID) {
    throw new PageError('system_admin_only', 403);
  }
  if (!password || request.method !== 'POST') return exchange;
  const confirmed = await stepUp(exchange);
  if (confirmed.ok) return confirmed.exchange;
  await asker(exchange, confirmed.ask);
  return undefined;
}

async function askOnItsOwn(exchange: MemberExchange, ask: AskPassword): Promise<unknown> {
  const page = await memberPage(exchange);
  const { title } = page.messages.confirm;
  const fields = formOf(exchange).entries();
  return sendPage(
    exchange,
    confirmPage(page, { title, action: addressHere(exchange.kit, exchange.request), ask, fields }),
  );
}
