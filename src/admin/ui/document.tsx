/** The HTML document around every page. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageContext } from './context.ts';

export type DocumentProps = {
  readonly context: PageContext;
  readonly title: string;
  /** Names the page for style sheets and tests: `page_{id}`, after EC-CUBE's route names. */
  readonly id: string;
  readonly bodyClass: string;
  readonly children: ComponentChildren;
};

export function Document({ context, title, id, bodyClass, children }: DocumentProps) {
  const { assets, messages, shopName } = context;
  return (
    <html lang={messages.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex,nofollow" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${title} - ${shopName}`}</title>
        <link rel="icon" type="image/svg+xml" href={assets.icon} />
        <link rel="stylesheet" href={assets.bootstrap} />
        <link rel="stylesheet" href={assets.style} />
        <script src={assets.script} defer />
      </head>
      <body id={`page_${id}`} class={bodyClass}>
        {children}
        <div id="announcer" class="visually-hidden" role="status" />
      </body>
    </html>
  );
}

export const renderPage = (page: VNode): string => `<!doctype html>${renderToString(page)}`;
