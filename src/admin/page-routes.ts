/** Registers the routes of the pages: addresses and guards come from the list of pages. */
import type { FastifyInstance } from 'fastify';
import type { Act } from '../staff/rules/acts.ts';
import { isPluginAddress } from './addresses.ts';
import { type Asker, actConfig } from './demands.ts';
import type { Exchange, Handler, MemberExchange } from './exchange.ts';
import { apiOnly, keepForm, membersOnly, open } from './guards.ts';
import { type AddressedPage, addressOf, type OpenPage, PAGES, type PageName, routeOf } from './pages.ts';
import type { AdminKit } from './visit.ts';

type HandlerOf<Name extends PageName> = Handler<Name extends OpenPage ? Exchange : MemberExchange>;

export type ActOptions = {
  /** The address, when it is not the page's own. */
  readonly at?: string;
  /** Shows the form again when the password is due; without it a page of its own asks. */
  readonly ask?: Asker;
  /** Answers a form of an open page whose token is of another login. */
  readonly late?: Handler;
};

export type PageRoutes = {
  readonly app: FastifyInstance;
  readonly kit: AdminKit;
  /** Shows a page: its GET route. */
  page<Name extends AddressedPage>(name: Name, handler: HandlerOf<Name>): void;
  /** Does an act for a form of the page: a POST route, guarded as the page is. */
  act<Name extends AddressedPage>(act: Act, name: Name, handler: HandlerOf<Name>, options?: ActOptions): void;
};

/** `withoutPlugin`: leaves out the addresses of EC-CUBE's plugin, which another kit answers. */
export function pageRoutes(app: FastifyInstance, kit: AdminKit, { withoutPlugin = false } = {}): PageRoutes {
  const { adminRoute, basePath } = kit.deps;
  const isLeftOut = (route: string) => withoutPlugin && isPluginAddress(adminRoute, route);
  return {
    app,
    kit,
    page(name, handler) {
      const route = addressOf(name, kit.routes);
      if (isLeftOut(route)) return;
      const { act } = PAGES[name];
      app.get(route, act ? actConfig(act) : {}, guarded(kit, name, handler as Handler));
    },
    act(act, name, handler, options = {}) {
      const route =
        options.at === undefined ? addressOf(name, kit.routes) : routeOf(options.at.slice(basePath.length));
      if (!isLeftOut(route)) app.post(route, actConfig(act), guarded(kit, name, handler as Handler, options));
    },
  };
}

function guarded(kit: AdminKit, name: PageName, handler: Handler, { ask, late }: ActOptions = {}) {
  switch (PAGES[name].guard) {
    case 'anyone':
      return open(kit, handler, late);
    case 'member':
      return open(kit, membersOnly(handler as Handler<MemberExchange>, ask), keepForm);
    case 'apiMember':
      return open(kit, membersOnly(apiOnly(handler as Handler<MemberExchange>), ask), keepForm);
  }
}
