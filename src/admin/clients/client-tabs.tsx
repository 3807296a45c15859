/** The pages of one client, each at an address of its own, under one row of tabs. */
import type { ComponentChildren } from 'preact';
import type { AdminContext } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { BackLink, Layout } from '../ui/layout.tsx';

export const CLIENT_TABS = ['settings', 'secrets', 'steps', 'connections', 'failures'] as const;
export type ClientTab = (typeof CLIENT_TABS)[number];

export type TabbedClient = { readonly clientId: string; readonly name: string };

type Shown = {
  readonly client: TabbedClient;
  readonly tab: ClientTab;
  readonly bottomBar?: ComponentChildren;
  readonly children: ComponentChildren;
};

export function clientTabPage(context: AdminContext, { client, tab, bottomBar, children }: Shown): string {
  const { messages, paths } = context;
  return renderPage(
    context,
    <Layout
      id={tab === 'settings' ? 'admin_api_oauth_edit' : `admin_api_oauth_${tab}`}
      title={messages.detail.title}
      subtitle={messages.menu.api}
      current="oauth"
      bottomBar={bottomBar ?? <BackLink href={paths.clients} label={messages.menu.oauth} />}
    >
      <p class="client-name">{client.name}</p>
      <nav aria-label={messages.detail.tabsLabel}>
        <ul class="tabs">
          {CLIENT_TABS.map((each) => (
            <li key={each}>
              <a
                href={paths.clientTab(client.clientId, each)}
                aria-current={each === tab ? 'page' : undefined}
              >
                {messages.detail.tabs[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Layout>,
  );
}
