/** The row of the WebHook form that says whose own changes are not told. */
import { type ListedName, listNewestClients } from '../../oauth/store/client-search.ts';
import { listClientNames } from '../../oauth/store/clients.ts';
import type { WebhookDeps } from '../../webhook/deps.ts';
import type { EndpointInput } from '../../webhook/endpoints.ts';
import { usePage } from '../ui/context.ts';
import { FieldError, FieldRow, Help } from '../ui/form.tsx';

const CLIENTS_OFFERED = 200;

/** The newest clients, and the one that was chosen before. */
export async function offeredClients(
  { store: { db } }: Pick<WebhookDeps, 'store'>,
  { excludedClientId }: Pick<EndpointInput, 'excludedClientId'>,
): Promise<readonly ListedName[]> {
  const newest = await listNewestClients(db, CLIENTS_OFFERED);
  if (!excludedClientId || newest.some(({ clientId }) => clientId === excludedClientId)) return newest;
  const name = (await listClientNames(db, [excludedClientId])).get(excludedClientId);
  return [...newest, { clientId: excludedClientId, name: name ?? excludedClientId }];
}

type RowProps = {
  readonly clients: readonly ListedName[];
  readonly chosen: string | null;
  readonly fault: string | undefined;
};

export function OwnChangesRow({ clients, chosen, fault }: RowProps) {
  const { webhookForm: t } = usePage().messages;
  return (
    <FieldRow id="excluded_client" label={t.ownChanges}>
      <select
        class="form-select"
        id="excluded_client"
        name="excluded_client"
        aria-invalid={fault !== undefined}
        aria-describedby="excluded_client-error excluded_client-help"
      >
        <option value="" selected={chosen === null}>
          {t.ownChangesTold}
        </option>
        {clients.map(({ clientId, name }) => (
          <option key={clientId} value={clientId} selected={clientId === chosen}>
            {name}
          </option>
        ))}
      </select>
      <FieldError id="excluded_client" text={fault} />
      <Help id="excluded_client">{t.ownChangesHelp}</Help>
    </FieldRow>
  );
}
