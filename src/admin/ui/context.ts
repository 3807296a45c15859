/**
 * What every page is told beside its own props: language, paths, files, the shop, and (logged in) the member and menu.
 * `renderPage` provides it once; components read it with `usePage` and `useMemberPage`.
 */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AssetUrls } from '../assets.ts';
import type { Flash } from '../cookies.ts';
import type { Messages } from '../i18n/ja/messages.ts';
import type { MenuPage } from '../pages.ts';
import type { Paths } from '../paths.ts';

export type PageContext = {
  readonly messages: Messages;
  readonly paths: Paths;
  readonly assets: AssetUrls;
  /** Where scripts of the page ask the API. */
  readonly apiPath: string;
  /** Value of the `_token` field of every form on the page. */
  readonly csrfToken: string;
  readonly shopName: string;
  /** Home page of the shop; null when Tegata does not know it. */
  readonly shopUrl: string | null;
  /** The shop's own admin; null when it is not known, or is this one. */
  readonly shopAdminUrl: string | null;
  /** IANA name, e.g. `Asia/Tokyo`. */
  readonly timeZone: string;
};

export type AdminContext = PageContext & {
  readonly member: { readonly name: string; readonly lastLoginAt: number | null };
  /** The entries of the menu that this member may open; the navigation shows no others. */
  readonly menuPages: readonly MenuPage[];
  /** False hides API管理. */
  readonly apiEnabled: boolean;
  readonly flash?: Flash | undefined;
};

const Shown = createContext<PageContext | undefined>(undefined);

export const PageProvider = Shown.Provider;

/** Returns the context of the page that is being rendered. Throws outside of `renderPage`. */
export function usePage(): PageContext {
  const context = useContext(Shown);
  if (context === undefined) throw new Error('a component was rendered outside of a page');
  return context;
}

/** Returns the same on a page of a logged-in member. Throws on any other page. */
export function useMemberPage(): AdminContext {
  const context = usePage();
  if (!('member' in context)) throw new Error('a component for members was rendered on another page');
  return context as AdminContext;
}
