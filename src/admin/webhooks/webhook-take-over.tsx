/** The offer to take the PHP plugin's webhooks over, and the warning that it still sends. */

import { Card } from '../ui/card.tsx';
import { usePage } from '../ui/context.ts';
import { Notice } from '../ui/flash.tsx';
import { CsrfField } from '../ui/form.tsx';

export type TakeOverProps = {
  readonly payloadUrls: readonly string[];
  /** Those that nothing can be sent to. */
  readonly unfitUrls: readonly string[];
  readonly phpPluginEnabled: boolean;
};

/** 取り込む posts `_token` to `paths.webhooksTakeOver`. */
export function TakeOverCard(props: TakeOverProps) {
  const { takeOver: t } = usePage().messages;
  const { payloadUrls, unfitUrls, phpPluginEnabled } = props;
  if (payloadUrls.length + unfitUrls.length === 0) {
    return phpPluginEnabled ? <Notice level="warning">{t.stillEnabled}</Notice> : null;
  }
  return (
    <Card title={t.title}>
      {phpPluginEnabled && <Notice level="warning">{t.doubled}</Notice>}
      {payloadUrls.length > 0 && <Offer urls={payloadUrls} />}
      {unfitUrls.length > 0 && (
        <>
          <p>{t.unfit}</p>
          <UrlList urls={unfitUrls} />
        </>
      )}
    </Card>
  );
}

function Offer({ urls }: { urls: readonly string[] }) {
  const context = usePage();
  const { takeOver: t } = context.messages;
  return (
    <>
      <p>{t.lead}</p>
      <UrlList urls={urls} />
      <form method="post" action={context.paths.webhooksTakeOver} class="mb-3">
        <CsrfField />
        <button type="submit" class="btn btn-ec-conversion">
          {t.button}
        </button>
      </form>
    </>
  );
}

function UrlList({ urls }: { urls: readonly string[] }) {
  return (
    <ul>
      {urls.map((url) => (
        <li class="break-anywhere" key={url}>
          {url}
        </li>
      ))}
    </ul>
  );
}
