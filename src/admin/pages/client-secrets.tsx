/** The secrets of one client, and the form for a new one. */
import { Card } from './card.tsx';
import type { AdminContext } from './context.ts';
import { Choice, CsrfField, GroupRow, Help } from './form.tsx';
import { dateTime } from './time.ts';

export type SecretRow = {
  readonly secretId: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly expiresAt: number | null;
};

/** What `keep_old_seconds` may be: how long the present secrets stay good beside a new one. */
export const KEEP_OLD_SECONDS = ['0', '3600', '86400', '604800'] as const;

type SecretsCardProps = { context: AdminContext; clientId: string; secrets: readonly SecretRow[] };

/** Posts `keep_old_seconds`, `_token` to `paths.clientSecret(clientId)`. */
export function SecretsCard({ context, clientId, secrets }: SecretsCardProps) {
  const { detail: t } = context.messages;
  return (
    <Card title={t.secrets}>
      <p class="field-help">{t.secretsHelp}</p>
      {secrets.length > 0 && <SecretTable context={context} secrets={secrets} />}
      <form method="post" action={context.paths.clientSecret(clientId)}>
        <CsrfField context={context} />
        <KeepOld context={context} />
        <button type="submit" class="btn btn-ec-regular">
          {t.newSecret}
        </button>
      </form>
    </Card>
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

function SecretTable({ context, secrets }: { context: AdminContext; secrets: readonly SecretRow[] }) {
  const { messages, timeZone } = context;
  const { detail: t, clients } = messages;
  return (
    <table class="table table-sm stacked">
      <caption class="visually-hidden">{t.secretsCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.secretCreated}</th>
          <th scope="col">{t.secretLastUsed}</th>
          <th scope="col">{t.secretExpires}</th>
        </tr>
      </thead>
      <tbody>
        {secrets.map(({ secretId, createdAt, lastUsedAt, expiresAt }) => (
          <tr key={secretId}>
            <td data-label={t.secretCreated}>{dateTime(createdAt, timeZone)}</td>
            <td data-label={t.secretLastUsed}>
              {lastUsedAt === null ? clients.neverUsed : dateTime(lastUsedAt, timeZone)}
            </td>
            <td data-label={t.secretExpires}>
              {expiresAt === null ? t.noExpiry : dateTime(expiresAt, timeZone)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
