/** One client: settings to edit, state, secrets, live grants, deletion. Each form posts on its own. */

import { type ClientPolicies, usesSecret } from '../../oauth/client.ts';
import type { ClientFormErrors } from '../../oauth/client-form.ts';
import { Card, Fact } from './card.tsx';
import { type FailureRow, FailuresCard } from './client-failures.tsx';
import { ClientFields, type ClientFormValues, faultyClientFields } from './client-fields.tsx';
import { GrantsCard, type LiveGrants } from './client-grants.tsx';
import { FormBar } from './client-new.tsx';
import type { UsualLifetimes } from './client-policies.tsx';
import { type SecretRow, SecretsCard } from './client-secrets.tsx';
import { StateBadge } from './clients.tsx';
import type { AdminContext } from './context.ts';
import { renderPage } from './document.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { CopyRow, CsrfField } from './form.tsx';
import { Icon } from './icons.tsx';
import { Layout } from './layout.tsx';
import type { AskPassword } from './password-again.tsx';
import { dateTime } from './time.ts';

export type ClientFacts = {
  readonly clientId: string;
  readonly isPublic: boolean;
  readonly createdAt: number;
  /** Login id of the member; null for clients made on the command line. */
  readonly createdBy: string | null;
  readonly disabledAt: number | null;
  readonly policies: Pick<ClientPolicies, 'authMethods'>;
};

export type ClientDetailProps = {
  readonly client: ClientFacts;
  readonly values: ClientFormValues;
  readonly errors: ClientFormErrors;
  readonly scopeOptions: readonly string[];
  readonly grantOptions: readonly string[];
  readonly lifetimes: UsualLifetimes;
  /** What a new secret asks for first. */
  readonly ask: AskPassword | undefined;
  readonly now: number;
  /** Those that still work, newest first; empty for a public client. */
  readonly secrets: readonly SecretRow[];
  readonly liveGrants: LiveGrants;
  /** Newest first. */
  readonly failures: readonly FailureRow[];
};

/** The settings post the fields of `ClientFields` without `client_type` to `paths.client(clientId)`. */
export function clientDetailPage(context: AdminContext, props: ClientDetailProps): string {
  const { messages } = context;
  const { client } = props;
  return renderPage(
    <Layout
      context={context}
      id="admin_api_oauth_edit"
      title={messages.detail.title}
      subtitle={messages.menu.api}
      current="oauth"
      bottomBar={<FormBar context={context} />}
    >
      <ErrorSummary context={context} fields={faultyClientFields(props.errors, messages)} />
      <SettingsForm context={context} {...props} />
      <StateCard context={context} client={client} />
      {usesSecret(client.policies) && (
        <SecretsCard
          context={context}
          clientId={client.clientId}
          secrets={props.secrets}
          ask={props.ask}
          now={props.now}
        />
      )}
      <FailuresCard context={context} clientId={client.clientId} failures={props.failures} />
      <GrantsCard context={context} clientId={client.clientId} grants={props.liveGrants} />
      <DeleteCard context={context} clientId={client.clientId} />
    </Layout>,
  );
}

function SettingsForm({ context, client, ...fields }: ClientDetailProps & { context: AdminContext }) {
  const { messages, paths, timeZone } = context;
  const { detail: t, form, clients, common } = messages;
  return (
    <form method="post" action={paths.client(client.clientId)} id="client-form" noValidate>
      <CsrfField context={context} />
      <Card title={t.settings}>
        <CopyRow id="client-id" label={clients.clientId} value={client.clientId} messages={messages} />
        <ClientFields messages={messages} {...fields} typeOpen={false} />
        <dl class="facts">
          <Fact label={form.type}>{client.isPublic ? form.public : form.confidential}</Fact>
          <Fact label={t.createdAt}>{dateTime(client.createdAt, timeZone)}</Fact>
          <Fact label={t.createdBy}>{client.createdBy ?? common.unknown}</Fact>
        </dl>
      </Card>
    </form>
  );
}

function StateCard({ context, client }: { context: AdminContext; client: ClientFacts }) {
  const { messages, paths, timeZone } = context;
  const { detail: t, clients } = messages;
  const on = client.disabledAt === null;
  return (
    <Card title={clients.state}>
      <p>
        <StateBadge enabled={on} context={context} />{' '}
        {client.disabledAt === null ? t.stateOn : t.stateOff(dateTime(client.disabledAt, timeZone))}
      </p>
      {on && <p class="field-help">{t.disableHelp}</p>}
      <form
        method="post"
        action={on ? paths.clientDisable(client.clientId) : paths.clientEnable(client.clientId)}
      >
        <CsrfField context={context} />
        <button type="submit" class="btn btn-ec-regular">
          {on ? t.disable : t.enable}
        </button>
      </form>
    </Card>
  );
}

function DeleteCard({ context, clientId }: { context: AdminContext; clientId: string }) {
  const { detail: t, common } = context.messages;
  return (
    <Card title={t.deleteTitle}>
      <p class="field-help">{t.deleteHelp}</p>
      <a class="btn btn-ec-delete" href={context.paths.clientDelete(clientId)}>
        <Icon name="trash" /> {common.delete}
      </a>
    </Card>
  );
}
