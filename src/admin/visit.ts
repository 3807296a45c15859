/** One request to the admin: who is there, in which browser, in which language, and the context its page needs. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomToken } from '../base/bytes.ts';
import { withPatience } from '../http/patience.ts';
import type { Locale } from '../shop/text.ts';
import { isDenied } from '../staff/rules/deny-url.ts';
import { type Session, sessionOf } from '../staff/session.ts';
import { isOurs, knownToShop } from './addresses.ts';
import { type Assets, loadAssets } from './assets.ts';
import {
  type CookieJar,
  checkCsrf,
  clearCookie,
  csrfToken,
  type Flash,
  readCookies,
  setCookie,
} from './cookies.ts';
import type { AdminDeps, Shop } from './deps.ts';
import type { Messages } from './i18n/ja/messages.ts';
import { localeFor, messagesFor } from './i18n/messages.ts';
import { addressOf, MENU_PAGES, type MenuPage } from './pages.ts';
import { type Paths, paths } from './paths.ts';
import type { AdminContext, PageContext } from './ui/context.ts';

const NAMELESS_SHOP = 'EC-CUBE';

export type Visit = {
  readonly jar: CookieJar;
  readonly session: Session | undefined;
  readonly sessionToken: string | undefined;
  /** The cookie that tells this browser from another; made now when it had none. */
  readonly browser: string;
  readonly flash: Flash | undefined;
  /** The admin's page that was asked for before the login. */
  readonly back: string | undefined;
  readonly locale: Locale;
  /** Whether the form's `_token` is this browser's. */
  csrfHolds(token: unknown): boolean;
  page(): Promise<PageContext>;
  admin(session: Session): Promise<AdminContext>;
};

/** A visit of a logged-in member. */
export type MemberVisit = Visit & { readonly session: Session };

export type AdminKit = {
  readonly deps: AdminDeps;
  /** As browsers ask for them. */
  readonly paths: Paths;
  /** As the router knows them: without the path of `PUBLIC_URL`. */
  readonly routes: Paths;
  readonly assets: Assets;
  /** The authorization endpoint, absolute. */
  readonly authorizeUrl: string;
};

export function adminKit(deps: AdminDeps): AdminKit {
  const { adminRoute, pagesPath, basePath, publicUrl } = deps;
  const all = paths(adminRoute, { pagesPath, basePath });
  return {
    deps,
    paths: all,
    routes: paths(adminRoute, { pagesPath }),
    assets: loadAssets(all),
    authorizeUrl: `${publicUrl}/${adminRoute}/authorize`,
  };
}

/** Whether the member's authority is denied what lies at `route`. */
export const isDeniedTo = ({ deniedUrls }: Session, { deps }: AdminKit, route: string): boolean =>
  isDenied(knownToShop(deps, route), deps.adminRoute, deniedUrls);

/** The request's own address with its query, as the browser asked for it. */
export const addressHere = ({ deps }: AdminKit, { url }: FastifyRequest): string => `${deps.basePath}${url}`;

export async function openVisit(kit: AdminKit, request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  // What the world sees decides: a proxy need not say that it speaks HTTPS.
  const https = kit.deps.publicUrl.startsWith('https:') || request.protocol === 'https';
  const jar = { https, basePath: kit.deps.basePath };
  const cookies = readCookies(request.headers.cookie, jar);
  // The first that a page asks of the database: when that is silent, it is known here.
  const session = await withPatience(request, kit.deps.token.patienceMs, () =>
    sessionOf(kit.deps.identity, cookies.session),
  );
  const browser = cookies.browser ?? randomToken();
  if (cookies.browser === undefined) reply.header('set-cookie', setCookie('browser', browser, jar));
  if (cookies.flash) reply.header('set-cookie', clearCookie('flash', jar));
  if (cookies.back && session) reply.header('set-cookie', clearCookie('back', jar));
  const locale = localeOf(kit.deps, request);
  const { session: sessionToken, flash } = cookies;
  const back = isOurPage(kit, cookies.back) ? cookies.back : undefined;
  return visitOf(kit, { jar, session, sessionToken, browser, flash, back, locale });
}

/** For a page that asks the database for nothing. */
export const strangerPage = (kit: AdminKit, request: FastifyRequest): PageContext =>
  contextOf(kit, localeOf(kit.deps, request), csrfToken(randomToken()), { name: NAMELESS_SHOP, url: null });

/** Resolved as a browser does, so that `..` leads nowhere else. */
function isOurPage({ deps }: AdminKit, path: string | undefined): boolean {
  if (path === undefined) return false;
  const { pathname } = new URL(path, 'http://localhost');
  return pathname.startsWith(`${deps.basePath}/`) && isOurs(deps, pathname.slice(deps.basePath.length));
}

type Who = Omit<Visit, 'csrfHolds' | 'page' | 'admin'>;

export function visitOf(kit: AdminKit, who: Who): Visit {
  const secret = who.session && who.sessionToken !== undefined ? who.sessionToken : who.browser;
  const page = () => pageContext(kit, who.locale, csrfToken(secret));
  return {
    ...who,
    csrfHolds: (token) => checkCsrf(secret, token),
    page,
    admin: async (member) => adminContext(kit, await page(), member, who.flash),
  };
}

const localeOf = (deps: AdminDeps, request: FastifyRequest): Locale =>
  deps.localeFixed ? deps.locale : localeFor(deps.locale, request.headers['accept-language']);

type Further = Pick<AdminDeps, 'furtherScopes' | 'furtherTopics'>;

/** Scopes and things of extensions are spoken of as the core's are. */
function withFurtherWords(
  messages: Messages,
  { furtherScopes, furtherTopics }: Further,
  locale: Locale,
): Messages {
  if (furtherScopes.length + furtherTopics.length === 0) return messages;
  const scopes = furtherScopes.map(({ name, description }) => [name, description?.[locale] ?? name] as const);
  const entities = furtherTopics.map(({ entity, label }) => [entity, label[locale]] as const);
  const { webhookForm } = messages;
  return {
    ...messages,
    scopes: { ...messages.scopes, ...Object.fromEntries(scopes) },
    webhookForm: { ...webhookForm, entities: { ...webhookForm.entities, ...Object.fromEntries(entities) } },
  };
}

/** EC-CUBE's admin has the same first segment, on the shop's host; where our pages have it too, it is not EC-CUBE's. */
function shopAdmin({ adminRoute, pagesPath, publicUrl }: AdminDeps, shopUrl: string | null): string | null {
  if (shopUrl === null || (shopUrl === `${publicUrl}/` && pagesPath === `/${adminRoute}`)) return null;
  return `${shopUrl}${adminRoute}/`;
}

async function pageContext(kit: AdminKit, locale: Locale, token: string): Promise<PageContext> {
  const shop = await withPatience({}, kit.deps.token.patienceMs, kit.deps.shop);
  return contextOf(kit, locale, token, shop);
}

function contextOf(kit: AdminKit, locale: Locale, token: string, shop: Shop): PageContext {
  return {
    messages: withFurtherWords(messagesFor(locale), kit.deps, locale),
    paths: kit.paths,
    assets: kit.assets.urls,
    apiPath: `${kit.deps.basePath}/api`,
    csrfToken: token,
    shopName: shop.name,
    shopUrl: shop.url,
    shopAdminUrl: shopAdmin(kit.deps, shop.url),
    timeZone: kit.deps.timeZone,
  };
}

async function adminContext(
  kit: AdminKit,
  page: PageContext,
  session: Session,
  flash: Flash | undefined,
): Promise<AdminContext> {
  const open = (page: MenuPage) => !isDeniedTo(session, kit, addressOf(page, kit.routes));
  return {
    ...page,
    member: { name: session.member.name, lastLoginAt: session.member.lastLoginAt },
    menuPages: MENU_PAGES.filter(open),
    apiEnabled: await kit.deps.apiSwitch.isOn(),
    flash,
  };
}
