/** The secrets of one client, and the page that asks before a new one is made. */

import { askFirstPage } from '../ui/ask-first.tsx';
import { Card } from '../ui/card.tsx';
import { type AdminContext, usePage } from '../ui/context.ts';
import { Notice } from '../ui/flash.tsx';
import { Choice, GroupRow, Help } from '../ui/form.tsx';
import type { AskPassword } from '../ui/password-again.tsx';
import { dateTime } from '../ui/time.ts';
import { clientTabPage, type TabbedClient } from './client-tabs.tsx';

export type SecretRow = {
  readonly secretId: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly expiresAt: number | null;
};

/** What `keep_old_seconds` may be: how long the present secrets stay good beside a new one. */
export const KEEP_OLD_SECONDS = ['0', '3600', '86400', '604800'] as const;

/** So long before a secret stops working is it told. */
const WARN_SECONDS = 14 * 86_400;

export type KeepOldSeconds = (typeof KEEP_OLD_SECONDS)[number];

/** A day, in which an app's settings are changed without haste. */
export const USUAL_KEEP_SECONDS: KeepOldSeconds = '86400';

export type ClientSecretsProps = {
  readonly client: TabbedClient;
  /** Those that still work, newest first; undefined when the client uses none. */
  readonly secrets: readonly SecretRow[] | undefined;
  readonly isPublic: boolean;
  readonly now: number;
};

export function clientSecretsPage(context: AdminContext, props: ClientSecretsProps): string {
  const { client, secrets, isPublic, now } = props;
  const { detail: t, created } = context.messages;
  return clientTabPage(context, {
    client,
    tab: 'secrets',
    children: (
      <Card title={t.secrets}>
        {secrets === undefined ? (
          <p class="mb-0">{isPublic ? created.publicNote : created.keyNote}</p>
        ) : (
          <>
            <p class="field-help">{t.secretsHelp}</p>
            <ExpiryWarnings secrets={secrets} now={now} />
            {secrets.length > 0 && <SecretTable clientId={client.clientId} secrets={secrets} />}
            <a class="btn btn-ec-regular" href={context.paths.clientSecret(client.clientId)}>
              {t.newSecret}
            </a>
          </>
        )}
      </Card>
    ),
  });
}

export type NewSecretProps = {
  readonly client: TabbedClient;
  readonly secrets: readonly SecretRow[];
  readonly callsInDay: number;
  readonly keep: KeepOldSeconds;
  readonly ask: AskPassword | undefined;
};

/** Posts `keep_old_seconds`, `_token`, and `password` when it is asked for, to `paths.clientSecret(clientId)`. */
export function newSecretPage(context: AdminContext, props: NewSecretProps): string {
  const { messages, paths } = context;
  const { client, secrets, callsInDay, keep, ask } = props;
  const { secret: t, usedInDay } = messages.asks;
  return askFirstPage(context, {
    page: 'clientSecretNew',
    question: t.question(client.name),
    effects: [t.effect, usedInDay(callsInDay), ...(secrets.length > 1 ? [t.oldest] : [])],
    action: paths.clientSecret(client.clientId),
    submit: t.submit,
    back: { href: paths.clientTab(client.clientId, 'secrets'), label: messages.detail.secrets },
    ask,
    gentle: true,
    children: <KeepOld keep={keep} />,
  });
}

type WarningsProps = { secrets: readonly SecretRow[]; now: number };

function ExpiryWarnings({ secrets, now }: WarningsProps) {
  const { messages, timeZone } = usePage();
  const { secretWarnings: t } = messages;
  const soon = secrets.filter(({ expiresAt }) => expiresAt !== null && expiresAt - now < WARN_SECONDS);
  return (
    <>
      {soon.map(({ secretId, expiresAt, lastUsedAt }) => (
        <Notice level="warning" key={secretId}>
          {t.soon(dateTime(expiresAt ?? 0, timeZone))}{' '}
          {lastUsedAt === null ? t.unused : t.lastUsed(dateTime(lastUsedAt, timeZone))}
        </Notice>
      ))}
    </>
  );
}

function KeepOld({ keep }: { keep: KeepOldSeconds }) {
  const { messages } = usePage();
  const { detail: t } = messages;
  return (
    <GroupRow id="keep_old" label={t.keepOld}>
      <div class="choices">
        {KEEP_OLD_SECONDS.map((seconds) => (
          <Choice
            key={seconds}
            type="radio"
            id={`keep-${seconds}`}
            name="keep_old_seconds"
            value={seconds}
            checked={seconds === keep}
            label={t.keep[seconds]}
          />
        ))}
      </div>
      <Help id="keep_old">{t.keepHelp}</Help>
    </GroupRow>
  );
}

type SecretTableProps = { clientId: string; secrets: readonly SecretRow[] };

function SecretTable({ clientId, secrets }: SecretTableProps) {
  const { detail: t, common } = usePage().messages;
  const several = secrets.length > 1;
  return (
    <table class="table table-sm stacked">
      <caption class="visually-hidden">{t.secretsCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.secretCreated}</th>
          <th scope="col">{t.secretLastUsed}</th>
          <th scope="col">{t.secretExpires}</th>
          {several && (
            <th scope="col">
              <span class="visually-hidden">{common.actions}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {secrets.map((secret) => (
          <tr key={secret.secretId}>
            <SecretCells secret={secret} />
            {several && (
              <td class="row-actions">
                <EndSecret clientId={clientId} secret={secret} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SecretCells({ secret }: { secret: SecretRow }) {
  const { messages, timeZone } = usePage();
  const { detail: t, clients } = messages;
  const { createdAt, lastUsedAt, expiresAt } = secret;
  return (
    <>
      <td data-label={t.secretCreated}>{dateTime(createdAt, timeZone)}</td>
      <td data-label={t.secretLastUsed}>
        {lastUsedAt === null ? clients.neverUsed : dateTime(lastUsedAt, timeZone)}
      </td>
      <td data-label={t.secretExpires}>{expiresAt === null ? t.noExpiry : dateTime(expiresAt, timeZone)}</td>
    </>
  );
}

type EndSecretProps = { clientId: string; secret: SecretRow };

/** To the page that asks first. */
function EndSecret({ clientId, secret }: EndSecretProps) {
  const context = usePage();
  const { detail: t } = context.messages;
  const made = dateTime(secret.createdAt, context.timeZone);
  return (
    <a
      class="btn btn-sm btn-ec-regular"
      href={context.paths.secretEnd(clientId, secret.secretId)}
      aria-label={t.endSecretOf(made)}
    >
      {t.endSecret}
    </a>
  );
}
