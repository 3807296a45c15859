/**
 * The side navigation. Every level is always open: with this few entries folding would only hide them. A group's name
 * leads to its first page.
 */

import type { Messages } from '../i18n/ja/messages.ts';
import { addressOf, MENU_PAGES, type MenuGroup, type MenuPage, PAGES, titleOf } from '../pages.ts';
import { useMemberPage, usePage } from './context.ts';
import { Icon, type IconName } from './icons.tsx';

type Branch = { label: string; page?: MenuPage; icon?: IconName; children?: readonly Branch[] };

function entries(group: MenuGroup, messages: Messages): Branch[] {
  const own = MENU_PAGES.filter((page) => PAGES[page].menu === group);
  return own.map((page) => ({ label: titleOf(page, messages), page }));
}

function tree(messages: Messages): readonly Branch[] {
  const { menu } = messages;
  const api = { label: menu.api, children: entries('api', messages) };
  const plugins = { label: menu.plugin, children: entries('plugin', messages) };
  return [
    ...entries('top', messages).map((branch) => ({ ...branch, icon: 'home' as const })),
    { label: menu.setting, icon: 'gear', children: [api] },
    { label: menu.store, icon: 'plug', children: [plugins] },
  ];
}

/** The branch with only pages that are open; undefined when nothing of it is left. */
function prune(branch: Branch, open: (page: MenuPage) => boolean): Branch | undefined {
  if (branch.page !== undefined) return open(branch.page) ? branch : undefined;
  const children = pruneAll(branch.children ?? [], open);
  return children.length === 0 ? undefined : { ...branch, children };
}

const pruneAll = (branches: readonly Branch[], open: (page: MenuPage) => boolean): Branch[] =>
  branches.flatMap((branch) => prune(branch, open) ?? []);

const firstPage = (branch: Branch): MenuPage | undefined =>
  branch.page ?? (branch.children ?? []).map(firstPage).find((page) => page !== undefined);

const holds = (branch: Branch, page: MenuPage | undefined): boolean =>
  (page !== undefined && branch.page === page) || (branch.children ?? []).some((child) => holds(child, page));

export function Navigation({ current }: { current: MenuPage | undefined }) {
  const { messages, menuPages, apiEnabled, shopAdminUrl } = useMemberPage();
  const open = (page: MenuPage) => menuPages.includes(page) && (apiEnabled || PAGES[page].menu !== 'api');
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
  current: MenuPage | undefined;
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

type NavLinkProps = { branch: Branch; current: MenuPage | undefined };

function NavLink({ branch, current }: NavLinkProps) {
  const { paths } = usePage();
  const target = firstPage(branch) ?? 'home';
  const active = branch.page !== undefined && branch.page === current;
  const state = active ? 'is-active' : holds(branch, current) ? 'is-open' : '';
  return (
    <a
      href={addressOf(target, paths)}
      class={`nav-entry ${state}`}
      aria-current={active ? 'page' : undefined}
    >
      {branch.icon && <Icon name={branch.icon} />}
      <span>{branch.label}</span>
    </a>
  );
}
