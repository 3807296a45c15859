/** After 登録: the ID, the secret shown this once, and what to do next. Also the page after a new secret. */

import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { renderPage } from '../ui/document.tsx';
import { Notice } from '../ui/flash.tsx';
import { CopyRow } from '../ui/form.tsx';
import { BackTo, Layout } from '../ui/layout.tsx';
import { dateTime } from '../ui/time.ts';
import type { NextStepsInput } from './steps/next-steps.ts';
import { NextStepsCard } from './steps/next-steps-card.tsx';

export type ClientCreatedProps = {
  readonly clientId: string;
  readonly name: string;
  readonly isPublic: boolean;
  /** Null when the client uses none. */
  readonly clientSecret: string | null;
  /** Null when the client cannot use the authorization code grant. */
  readonly steps: NextStepsInput | null;
};

export function clientCreatedPage(context: AdminContext, props: ClientCreatedProps): string {
  const { messages } = context;
  const { created: t } = messages;
  return renderPage(
    context,
    <Layout page="clientCreated" bottomBar={<ClientBar clientId={props.clientId} />}>
      <Notice level="success">{t.lead(props.name)}</Notice>
      <Credentials
        clientId={props.clientId}
        clientSecret={props.clientSecret}
        note={props.isPublic ? t.publicNote : t.keyNote}
      />
      {props.steps && <NextStepsCard input={props.steps} />}
    </Layout>,
  );
}

export type ClientSecretProps = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Until when the former secret works; null when it died at once. */
  readonly oldUntil: number | null;
};

export function clientSecretPage(context: AdminContext, props: ClientSecretProps): string {
  const { messages, timeZone } = context;
  const { newSecret: t } = messages;
  return renderPage(
    context,
    <Layout page="clientSecret" bottomBar={<ClientBar clientId={props.clientId} />}>
      <Notice level="success">
        {t.lead} {props.oldUntil === null ? t.oldNow : t.oldUntil(dateTime(props.oldUntil, timeZone))}
      </Notice>
      <Credentials clientId={props.clientId} clientSecret={props.clientSecret} />
    </Layout>,
  );
}

type CredentialsProps = {
  clientId: string;
  clientSecret: string | null;
  /** Why there is no secret. */
  note?: string;
};

function Credentials({ clientId, clientSecret, note }: CredentialsProps) {
  const { messages } = usePage();
  const { created: t } = messages;
  return (
    <Card title={t.credentials}>
      {clientSecret !== null && <Notice level="warning">{t.once}</Notice>}
      <CopyRow id="client-id" label={t.clientId} value={clientId} />
      {clientSecret === null ? (
        <p class="field-help">{note}</p>
      ) : (
        <CopyRow id="client-secret" label={t.clientSecret} value={clientSecret} />
      )}
    </Card>
  );
}

function ClientBar({ clientId }: { clientId: string }) {
  const { messages, paths } = usePage();
  return (
    <>
      <BackTo page="clients" />
      <a class="btn btn-ec-conversion" href={paths.client(clientId)}>
        {messages.created.toClient}
      </a>
    </>
  );
}
