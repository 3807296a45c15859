/** The HTML document around every page. */

import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type PageContext, PageProvider, usePage } from './context.ts';

export type DocumentProps = {
  readonly title: string;
  /** Names the page for style sheets and tests: `page_{id}`, after EC-CUBE's route names. */
  readonly id: string;
  readonly bodyClass: string;
  readonly children: ComponentChildren;
};

export function Document({ title, id, bodyClass, children }: DocumentProps) {
  const { assets, messages, shopName } = usePage();
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

/** The whole page as text; what is rendered below reads `context` with `usePage`. */
export const renderPage = (context: PageContext, page: VNode): string =>
  `<!doctype html>${renderToString(<PageProvider value={context}>{page}</PageProvider>)}`;
