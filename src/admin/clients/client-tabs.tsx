/** The pages of one client, each at an address of its own, under one row of tabs. */
import type { ComponentChildren } from 'preact';
import type { PageName } from '../pages.ts';
import type { AdminContext } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';

export const CLIENT_TABS = ['settings', 'secrets', 'steps', 'connections', 'requests', 'failures'] as const;
export type ClientTab = (typeof CLIENT_TABS)[number];

const TAB_PAGES = {
  settings: 'client',
  secrets: 'clientSecrets',
  steps: 'clientSteps',
  connections: 'clientConnections',
  requests: 'clientRequests',
  failures: 'clientFailures',
} as const satisfies Readonly<Record<ClientTab, PageName>>;

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
    <Layout page={TAB_PAGES[tab]} bottomBar={bottomBar ?? <BackTo page="clients" />}>
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
