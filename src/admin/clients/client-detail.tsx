/** The first tab of a client: settings to edit, state, deletion. */

import type { ClientFormErrors } from '../../oauth/rules/client-form.ts';
import { Card, Fact } from '../ui/card.tsx';
import type { AdminContext } from '../ui/context.ts';
import { ErrorSummary } from '../ui/error-summary.tsx';
import { CopyRow, CsrfField } from '../ui/form.tsx';
import { Icon } from '../ui/icons.tsx';
import { dateTime } from '../ui/time.ts';
import { ClientFields, type ClientFormValues, faultyClientFields } from './client-fields.tsx';
import { FormBar } from './client-new.tsx';
import type { UsualLifetimes } from './client-policies.tsx';
import { clientTabPage, type TabbedClient } from './client-tabs.tsx';
import { StateBadge } from './clients.tsx';

export type ClientFacts = TabbedClient & {
  readonly isPublic: boolean;
  readonly createdAt: number;
  /** Login id of the member; null for clients made on the command line. */
  readonly createdBy: string | null;
  readonly disabledAt: number | null;
};

export type ClientDetailProps = {
  readonly client: ClientFacts;
  readonly values: ClientFormValues;
  readonly errors: ClientFormErrors;
  readonly scopeOptions: readonly string[];
  readonly grantOptions: readonly string[];
  readonly lifetimes: UsualLifetimes;
};

/** The settings post the fields of `ClientFields` without `client_type` to `paths.client(clientId)`. */
export function clientDetailPage(context: AdminContext, props: ClientDetailProps): string {
  const { messages } = context;
  const { client } = props;
  return clientTabPage(context, {
    client,
    tab: 'settings',
    bottomBar: <FormBar context={context} />,
    children: (
      <>
        <ErrorSummary context={context} fields={faultyClientFields(props.errors, messages)} />
        <SettingsForm context={context} {...props} />
        <StateCard context={context} client={client} />
        <DeleteCard context={context} clientId={client.clientId} />
      </>
    ),
  });
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
      {on ? (
        <>
          <p class="field-help">{t.disableHelp}</p>
          <a class="btn btn-ec-regular" href={paths.clientDisable(client.clientId)}>
            {t.disable}
          </a>
        </>
      ) : (
        <form method="post" action={paths.clientEnable(client.clientId)}>
          <CsrfField context={context} />
          <button type="submit" class="btn btn-ec-regular">
            {t.enable}
          </button>
        </form>
      )}
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
