/** The admin frame: header, side navigation, title strip, messages, content, bottom bar. */

import type { ComponentChildren } from 'preact';
import {
  type AddressedPage,
  addressOf,
  idOf,
  type PageName,
  placeOf,
  subtitleOf,
  titleOf,
} from '../pages.ts';
import { useMemberPage, usePage } from './context.ts';
import { Document } from './document.tsx';
import { FlashMessage } from './flash.tsx';
import { CsrfField } from './form.tsx';
import { Icon, Mark } from './icons.tsx';
import { Navigation } from './navigation.tsx';
import { dateTime } from './time.ts';

export type LayoutProps = {
  readonly page: PageName;
  /** Instead of the page's own. */
  readonly title?: string | undefined;
  /** Content of the bar fixed to the foot of the window. */
  readonly bottomBar?: ComponentChildren;
  readonly children: ComponentChildren;
};

export function Layout({ page, title: given, bottomBar, children }: LayoutProps) {
  const { messages, flash } = useMemberPage();
  const { common } = messages;
  const title = given ?? titleOf(page, messages);
  const subtitle = subtitleOf(page, messages);
  return (
    <Document title={subtitle ? `${title} ${subtitle}` : title} id={idOf(page)} bodyClass="admin">
      <a class="skip-link" href="#content">
        {common.skipToContent}
      </a>
      <Header />
      <Navigation current={placeOf(page)} />
      <main id="content" class={bottomBar ? 'content with-bottom-bar' : 'content'} tabIndex={-1}>
        <div class="title-strip">
          <h2>{title}</h2>
          {subtitle && <p>{subtitle}</p>}
        </div>
        {flash && <FlashMessage flash={flash} />}
        <div class="content-body">{children}</div>
        {bottomBar && <div class="bottom-bar">{bottomBar}</div>}
      </main>
      <footer class="frame-footer">{common.footer}</footer>
    </Document>
  );
}

function Header() {
  const { messages, paths, shopName, shopUrl } = usePage();
  return (
    <header class="frame-header">
      <a class="frame-logo" href={paths.home}>
        <Mark />
        <span>Tegata</span>
      </a>
      <button type="button" class="burger" popovertarget="side-nav" aria-label={messages.common.menu}>
        <Icon name="bars" />
      </button>
      <h1 class="frame-shop">{shopUrl === null ? shopName : <ShopLink url={shopUrl} />}</h1>
      <UserMenu />
    </header>
  );
}

function ShopLink({ url }: { url: string }) {
  const { messages, shopName } = usePage();
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" title={messages.common.openShop}>
      <span>{shopName}</span> <Icon name="angle-right" />
    </a>
  );
}

function UserMenu() {
  const { messages, member, paths, timeZone } = useMemberPage();
  const { lastLoginAt } = member;
  return (
    <>
      <button type="button" class="user-button" popovertarget="user-menu">
        <Icon name="user" />
        <span>{messages.user.name(member.name)}</span>
        <Icon name="angle-down" />
      </button>
      <section id="user-menu" class="user-menu" popover="auto" aria-label={messages.user.name(member.name)}>
        <h2>{messages.user.lastLogin}</h2>
        <p>{lastLoginAt === null ? messages.user.firstLogin : dateTime(lastLoginAt, timeZone)}</p>
        <div class="user-menu-links">
          <a class="btn btn-ec-regular" href={paths.password}>
            {messages.password.title}
          </a>
          <a class="btn btn-ec-regular" href={paths.twoFactor}>
            {messages.twoFactor.title}
          </a>
          <a class="btn btn-ec-regular" href={paths.sessions}>
            {messages.sessions.title}
          </a>
        </div>
        <form method="post" action={paths.logout}>
          <CsrfField />
          <button type="submit" class="btn btn-ec-sub w-100">
            {messages.user.logout}
          </button>
        </form>
      </section>
    </>
  );
}

/** Left side of a bottom bar: the way back to the parent page. */
export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <a class="base-link" href={href}>
      <Icon name="back" /> {label}
    </a>
  );
}

/** The way back to a page that has one address. */
export function BackTo({ page }: { page: AddressedPage }) {
  const { messages, paths } = usePage();
  return <BackLink href={addressOf(page, paths)} label={titleOf(page, messages)} />;
}
