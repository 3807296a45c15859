/** The secrets of one client, and the form for a new one. */
import { Card } from './card.tsx';
import type { AdminContext } from './context.ts';
import { Notice } from './flash.tsx';
import { Choice, CsrfField, GroupRow, Help } from './form.tsx';
import { type AskPassword, PasswordAgain } from './password-again.tsx';
import { dateTime } from './time.ts';

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

type SecretsCardProps = {
  context: AdminContext;
  clientId: string;
  secrets: readonly SecretRow[];
  ask: AskPassword | undefined;
  now: number;
};

/** Posts `keep_old_seconds`, `_token`, and `password` when it is asked for, to `paths.clientSecret(clientId)`. */
export function SecretsCard({ context, clientId, secrets, ask, now }: SecretsCardProps) {
  const { detail: t } = context.messages;
  return (
    <Card title={t.secrets}>
      <p class="field-help">{t.secretsHelp}</p>
      <ExpiryWarnings context={context} secrets={secrets} now={now} />
      {secrets.length > 0 && <SecretTable context={context} clientId={clientId} secrets={secrets} />}
      <form method="post" action={context.paths.clientSecret(clientId)}>
        <CsrfField context={context} />
        <KeepOld context={context} />
        <PasswordAgain context={context} ask={ask} />
        <button type="submit" class="btn btn-ec-regular">
          {t.newSecret}
        </button>
      </form>
    </Card>
  );
}

type WarningsProps = { context: AdminContext; secrets: readonly SecretRow[]; now: number };

function ExpiryWarnings({ context, secrets, now }: WarningsProps) {
  const { messages, timeZone } = context;
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

function KeepOld({ context }: { context: AdminContext }) {
  const { messages } = context;
  const { detail: t } = messages;
  return (
    <GroupRow id="keep_old" label={t.keepOld} messages={messages}>
      <div class="choices">
        {KEEP_OLD_SECONDS.map((seconds) => (
          <Choice
            key={seconds}
            type="radio"
            id={`keep-${seconds}`}
            name="keep_old_seconds"
            value={seconds}
            checked={seconds === '0'}
            label={t.keep[seconds]}
          />
        ))}
      </div>
      <Help id="keep_old">{t.keepHelp}</Help>
    </GroupRow>
  );
}

type SecretTableProps = { context: AdminContext; clientId: string; secrets: readonly SecretRow[] };

function SecretTable({ context, clientId, secrets }: SecretTableProps) {
  const { detail: t, common } = context.messages;
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
            <SecretCells context={context} secret={secret} />
            {several && (
              <td class="row-actions">
                <EndSecret context={context} clientId={clientId} secret={secret} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SecretCells({ context, secret }: { context: AdminContext; secret: SecretRow }) {
  const { messages, timeZone } = context;
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

type EndSecretProps = { context: AdminContext; clientId: string; secret: SecretRow };

/** Posts `_token` to `paths.secretEnd(clientId, secretId)`. */
function EndSecret({ context, clientId, secret }: EndSecretProps) {
  const { detail: t } = context.messages;
  const made = dateTime(secret.createdAt, context.timeZone);
  return (
    <form method="post" action={context.paths.secretEnd(clientId, secret.secretId)}>
      <CsrfField context={context} />
      <button type="submit" class="btn btn-sm btn-ec-regular" aria-label={t.endSecretOf(made)}>
        {t.endSecret}
      </button>
    </form>
  );
}
