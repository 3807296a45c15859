/** The first tab of a client: settings to edit, state, deletion. */

import type { ClientFormErrors } from '../../oauth/rules/client-form.ts';
import { Card, Fact } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
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
  readonly pkceLearned: boolean;
};

/** The settings post the fields of `ClientFields` without `client_type` to `paths.client(clientId)`. */
export function clientDetailPage(context: AdminContext, props: ClientDetailProps): string {
  const { messages } = context;
  const { client } = props;
  return clientTabPage(context, {
    client,
    tab: 'settings',
    bottomBar: <FormBar />,
    children: (
      <>
        <ErrorSummary fields={faultyClientFields(props.errors, messages)} />
        <SettingsForm {...props} />
        <StateCard client={client} />
        <DeleteCard clientId={client.clientId} />
      </>
    ),
  });
}

function SettingsForm({ client, ...fields }: ClientDetailProps) {
  const { messages, paths, timeZone } = usePage();
  const { detail: t, form, clients, common } = messages;
  return (
    <form method="post" action={paths.client(client.clientId)} id="client-form" noValidate>
      <CsrfField />
      <Card title={t.settings}>
        <CopyRow id="client-id" label={clients.clientId} value={client.clientId} />
        <ClientFields {...fields} typeOpen={false} />
        <dl class="facts">
          <Fact label={form.type}>{client.isPublic ? form.public : form.confidential}</Fact>
          <Fact label={t.createdAt}>{dateTime(client.createdAt, timeZone)}</Fact>
          <Fact label={t.createdBy}>{client.createdBy ?? common.unknown}</Fact>
        </dl>
      </Card>
    </form>
  );
}

function StateCard({ client }: { client: ClientFacts }) {
  const { messages, paths, timeZone } = usePage();
  const { detail: t, clients } = messages;
  const on = client.disabledAt === null;
  return (
    <Card title={clients.state}>
      <p>
        <StateBadge enabled={on} />{' '}
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
          <CsrfField />
          <button type="submit" class="btn btn-ec-regular">
            {t.enable}
          </button>
        </form>
      )}
    </Card>
  );
}

function DeleteCard({ clientId }: { clientId: string }) {
  const context = usePage();
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
