/** The frame without navigation: a white box on light grey, for login, consent and error pages. */
import type { ComponentChildren } from 'preact';
import type { PageContext } from './context.ts';
import { Document } from './document.tsx';
import { Mark } from './icons.tsx';

type LoginFrameProps = {
  context: PageContext;
  id: string;
  title: string;
  /** `wide` boxes hold text; the narrow one holds the login form. */
  wide?: boolean;
  children: ComponentChildren;
};

export function LoginFrame({ context, id, title, wide, children }: LoginFrameProps) {
  return (
    <Document context={context} title={title} id={id} bodyClass="login-frame">
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
export function ShopName({ context }: { context: PageContext }) {
  if (context.shopUrl === null) return <strong>{context.shopName}</strong>;
  return (
    <a href={context.shopUrl} target="_blank" rel="noopener noreferrer">
      {context.shopName}
    </a>
  );
}

type RequestIdProps = {
  context: PageContext;
  requestId: string;
  /** For staff who may read the audit log. */
  toLog?: boolean | undefined;
};

export function RequestId({ context, requestId, toLog }: RequestIdProps) {
  const { messages, paths } = context;
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
