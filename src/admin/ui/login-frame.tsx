/** The frame without navigation: a white box on light grey, for login, consent and error pages. */

import type { ComponentChildren } from 'preact';
import { idOf, type PageName, titleOf } from '../pages.ts';
import { usePage } from './context.ts';
import { Document } from './document.tsx';
import { Mark } from './icons.tsx';

type LoginFrameProps = {
  page: PageName;
  /** Instead of the page's own. */
  title?: string | undefined;
  /** `wide` boxes hold text; the narrow one holds the login form. */
  wide?: boolean;
  children: ComponentChildren;
};

export function LoginFrame({ page, title, wide, children }: LoginFrameProps) {
  const { messages } = usePage();
  const context = usePage();
  return (
    <Document title={title ?? titleOf(page, messages)} id={idOf(page)} bodyClass="login-frame">
      <main id="content" class={wide ? 'login-box login-box-wide' : 'login-box'}>
        {children}
      </main>
      <footer class="frame-footer">{context.messages.common.footer}</footer>
    </Document>
  );
}

export function RoundMark() {
  return (
    <div class="round-mark">
      <Mark />
    </div>
  );
}

/** The shop's name, as a link to its home page when that is known. */
export function ShopName() {
  const context = usePage();
  if (context.shopUrl === null) return <strong>{context.shopName}</strong>;
  return (
    <a href={context.shopUrl} target="_blank" rel="noopener noreferrer">
      {context.shopName}
    </a>
  );
}

type RequestIdProps = {
  requestId: string;
  /** For staff who may read the audit log. */
  toLog?: boolean | undefined;
};

export function RequestId({ requestId, toLog }: RequestIdProps) {
  const { messages, paths } = usePage();
  const id = <code>{requestId}</code>;
  return (
    <p class="request-id">
      {messages.common.requestId}:{' '}
      {toLog ? (
        <a href={`${paths.audit}?${new URLSearchParams({ q: requestId })}`}>
          {id} {messages.common.inAuditLog}
        </a>
      ) : (
        id
      )}
    </p>
  );
}
