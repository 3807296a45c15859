/** OAuthクライアントを削除します。 A page where EC-CUBE has a modal, so that it works without script. */
import type { Count } from '../../database/keyset.ts';
import { Card, Fact } from '../ui/card.tsx';
import type { AdminContext } from '../ui/context.ts';
import { DeleteForm } from '../ui/delete-form.tsx';
import { renderPage } from '../ui/document.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';
import { countText } from '../ui/time.ts';

export type ClientDeleteProps = {
  readonly clientId: string;
  readonly name: string;
  readonly liveGrantCount: Count;
  readonly callsInDay: number;
};

/** Posts `_token` to `paths.clientDelete(clientId)`. */
export function clientDeletePage(context: AdminContext, props: ClientDeleteProps): string {
  const { messages, paths } = context;
  const { deletion: t, clients } = messages;
  return renderPage(
    context,
    <Layout page="clientDelete" bottomBar={<BackTo page="clients" />}>
      <Card title={t.question}>
        <dl class="facts">
          <Fact label={clients.name}>
            <strong>{props.name}</strong>
          </Fact>
          <Fact label={clients.clientId}>
            <code>{props.clientId}</code>
          </Fact>
        </dl>
        <p>
          {t.effects(countText(props.liveGrantCount))} {messages.asks.usedInDay(props.callsInDay)} {t.noUndo}
        </p>
        <DeleteForm action={paths.clientDelete(props.clientId)} cancel={paths.client(props.clientId)} />
      </Card>
    </Layout>,
  );
}
