/** GraphiQL and the token that it asks with, at the end of a page. Its style needs `explorerPolicy`. */

import { Card } from '../ui/card.tsx';
import { usePage } from '../ui/context.ts';
import { Notice } from '../ui/flash.tsx';
import { FieldRow, Help } from '../ui/form.tsx';
import { firstQuery } from './first-query.ts';
import { sampleQueries } from './sample-queries.ts';

/** What a walk brought. */
export type PanelToken = { readonly accessToken: string; readonly scopes: readonly string[] };

type PanelProps = {
  readonly token?: PanelToken | undefined;
  /** What to show in the address bar instead of an address with a code. */
  readonly page: string;
};

/** Only the API can read the scopes of a pasted token. */
const EVERYTHING = ['read', 'write'];

type SamplesProps = { readonly scopes: readonly string[] };

/** Each button puts its query into the editor; the script shows them with it. */
function Samples({ scopes }: SamplesProps) {
  const { explorer: t } = usePage().messages;
  return (
    <fieldset id="explorer-samples" class="explorer-samples" hidden>
      <legend>{t.samples}</legend>
      {sampleQueries(scopes).map(({ name, query }) => (
        <button type="button" class="btn btn-sm btn-ec-regular" data-sample={query} key={name}>
          {t.sampleNames[name]}
        </button>
      ))}
    </fieldset>
  );
}

/** The script shows GraphiQL; without it the page says so. */
export function ExplorerPanel({ token, page }: PanelProps) {
  const { messages, assets, apiPath } = usePage();
  return (
    <>
      <TokenCard accessToken={token?.accessToken ?? ''} page={page} />
      <noscript>
        <Notice level="warning">{messages.explorer.needsScript}</Notice>
      </noscript>
      <Samples scopes={token?.scopes ?? EVERYTHING} />
      <div
        id="graphiql"
        class="explorer"
        data-api={apiPath}
        data-page={page}
        data-query={firstQuery(token?.scopes ?? ['read'])}
        data-words={JSON.stringify(messages.explorer.graphiql)}
        hidden
      />
      <link rel="stylesheet" href={assets.explorerStyle} />
      <script src={assets.explorerScript} defer />
    </>
  );
}

type TokenCardProps = {
  readonly accessToken: string;
  readonly page: string;
};

/** The form is for the script alone and is sent nowhere: the field has no name. */
function TokenCard({ accessToken, page }: TokenCardProps) {
  const { messages } = usePage();
  const { explorer: t } = messages;
  return (
    <Card title={accessToken === '' ? t.tokenTitle : t.walkedTitle}>
      <form id="explorer-token-form" action={page}>
        <FieldRow id="access_token" label={t.token}>
          <input
            type="password"
            class="form-control"
            id="access_token"
            value={accessToken}
            autocomplete="off"
            spellcheck={false}
            required
            aria-describedby="access_token-help"
          />
          <Help id="access_token">{t.tokenHelp}</Help>
        </FieldRow>
        <button type="submit" class="btn btn-ec-regular">
          {t.open}
        </button>
      </form>
    </Card>
  );
}
