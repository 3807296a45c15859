/**
 * The side navigation. Every level is always open: with this few entries folding would only hide them. A group's name
 * leads to its first page.
 */

import type { Messages } from '../i18n/ja/messages.ts';
import type { Paths } from '../paths.ts';
import { type NavPage, useMemberPage, usePage } from './context.ts';
import { Icon, type IconName } from './icons.tsx';
import { navPlaces } from './nav-places.ts';

type Branch = { label: string; page?: NavPage; icon?: IconName; children?: readonly Branch[] };

const href = (page: NavPage, paths: Paths): string => navPlaces(paths)[page];

function tree({ menu }: Messages): readonly Branch[] {
  const api = {
    label: menu.api,
    children: [
      { label: menu.oauth, page: 'oauth' as const },
      { label: menu.webhook, page: 'webhook' as const },
      { label: menu.apps, page: 'apps' as const },
      { label: menu.audit, page: 'audit' as const },
      { label: menu.keys, page: 'keys' as const },
      { label: menu.tester, page: 'tester' as const },
      { label: menu.explorer, page: 'explorer' as const },
      { label: menu.security, page: 'security' as const },
    ],
  };
  const plugins = { label: menu.plugin, children: [{ label: menu.pluginList, page: 'plugins' as const }] };
  return [
    { label: menu.home, icon: 'home', page: 'home' },
    { label: menu.setting, icon: 'gear', children: [api] },
    { label: menu.store, icon: 'plug', children: [plugins] },
  ];
}

const API_PAGES: readonly NavPage[] = [
  'oauth',
  'apps',
  'webhook',
  'audit',
  'keys',
  'tester',
  'explorer',
  'security',
];

/** The branch with only pages that are open; undefined when nothing of it is left. */
function prune(branch: Branch, open: (page: NavPage) => boolean): Branch | undefined {
  if (branch.page !== undefined) return open(branch.page) ? branch : undefined;
  const children = pruneAll(branch.children ?? [], open);
  return children.length === 0 ? undefined : { ...branch, children };
}

const pruneAll = (branches: readonly Branch[], open: (page: NavPage) => boolean): Branch[] =>
  branches.flatMap((branch) => prune(branch, open) ?? []);

const firstPage = (branch: Branch): NavPage | undefined =>
  branch.page ?? (branch.children ?? []).map(firstPage).find((page) => page !== undefined);

const holds = (branch: Branch, page: NavPage | undefined): boolean =>
  (page !== undefined && branch.page === page) || (branch.children ?? []).some((child) => holds(child, page));

export function Navigation({ current }: { current: NavPage | undefined }) {
  const { messages, navPages, apiEnabled, shopAdminUrl } = useMemberPage();
  const open = (page: NavPage) => navPages.includes(page) && (apiEnabled || !API_PAGES.includes(page));
  return (
    <nav id="side-nav" class="side-nav" popover="auto" aria-label={messages.common.mainNavigation}>
      <NavList branches={pruneAll(tree(messages), open)} level={1} current={current} />
      {shopAdminUrl !== null && (
        <a class="nav-entry nav-back" href={shopAdminUrl}>
          <Icon name="back" />
          <span>{messages.menu.shopAdmin}</span>
        </a>
      )}
    </nav>
  );
}

type NavListProps = {
  branches: readonly Branch[];
  level: number;
  current: NavPage | undefined;
};

function NavList({ branches, level, current }: NavListProps) {
  return (
    <ul class={`nav-level-${level}`}>
      {branches.map((branch) => (
        <li key={branch.label}>
          <NavLink branch={branch} current={current} />
          {branch.children && <NavList branches={branch.children} level={level + 1} current={current} />}
        </li>
      ))}
    </ul>
  );
}

type NavLinkProps = { branch: Branch; current: NavPage | undefined };

function NavLink({ branch, current }: NavLinkProps) {
  const { paths } = usePage();
  const target = firstPage(branch) ?? 'home';
  const active = branch.page !== undefined && branch.page === current;
  const state = active ? 'is-active' : holds(branch, current) ? 'is-open' : '';
  return (
    <a href={href(target, paths)} class={`nav-entry ${state}`} aria-current={active ? 'page' : undefined}>
      {branch.icon && <Icon name={branch.icon} />}
      <span>{branch.label}</span>
    </a>
  );
}
