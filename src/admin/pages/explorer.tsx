/** APIエクスプローラー: a token, typed in or fetched by consent, and GraphiQL with it. */
import { Card } from './card.tsx';
import { scopeLabel } from './client-names.ts';
import type { AdminContext } from './context.ts';
import { renderPage } from './document.tsx';
import { Notice } from './flash.tsx';
import { Choice, CsrfField, FieldError, FieldRow, GroupRow, Help } from './form.tsx';
import { Layout } from './layout.tsx';

export type ExplorerProps = {
  readonly scopeOptions: readonly string[];
  readonly scopes: readonly string[];
  /** Nothing was chosen, or the consent or the token was refused. */
  readonly problem?: 'notChosen' | 'refused';
  /** What was fetched just now. */
  readonly accessToken?: string;
  /** Minutes until it ends. */
  readonly minutes?: number;
};

const FIRST_QUERY =
  '{\n  products(limit: 5) {\n    nodes {\n      id\n      name\n      ProductClasses {\n        code\n        price02\n        stock\n      }\n    }\n    totalCount\n  }\n}\n';

/** Posts `scopes`*, `_token` to `paths.explorer`. The script shows GraphiQL; without it the page says so. */
export function explorerPage(context: AdminContext, props: ExplorerProps): string {
  const { messages, paths, assets } = context;
  const { explorer: t } = messages;
  const { accessToken, minutes, problem } = props;
  return renderPage(
    <Layout
      context={context}
      id="admin_api_explorer"
      title={t.title}
      subtitle={messages.menu.api}
      current="explorer"
    >
      {problem === 'refused' && <Notice level="danger">{t.refused}</Notice>}
      {minutes !== undefined && <Notice level="success">{t.fetched(minutes)}</Notice>}
      {accessToken === undefined && <FetchCard context={context} {...props} />}
      <TokenCard context={context} accessToken={accessToken ?? ''} />
      <noscript>
        <Notice level="warning">{t.needsScript}</Notice>
      </noscript>
      <div
        id="graphiql"
        class="explorer"
        data-api="/api"
        data-page={paths.explorer}
        data-query={FIRST_QUERY}
        hidden
      />
      <link rel="stylesheet" href={assets.explorerStyle} />
      <script src={assets.explorerScript} defer />
    </Layout>,
  );
}

function FetchCard({ context, scopeOptions, scopes, problem }: ExplorerProps & { context: AdminContext }) {
  const { messages, paths } = context;
  const { explorer: t, form, fieldErrors } = messages;
  return (
    <Card title={t.fetchTitle}>
      <p>{t.lead}</p>
      <form method="post" action={paths.explorer}>
        <CsrfField context={context} />
        <GroupRow id="scopes" label={form.scopes} required messages={messages}>
          {scopeOptions.map((scope) => (
            <Choice
              key={scope}
              type="checkbox"
              id={`scope-${scope}`}
              name="scopes"
              value={scope}
              checked={scopes.includes(scope)}
              label={scopeLabel(scope, messages)}
            />
          ))}
          <FieldError
            id="scopes"
            text={problem === 'notChosen' ? fieldErrors.notChosen : undefined}
            messages={messages}
          />
        </GroupRow>
        <button type="submit" class="btn btn-ec-conversion px-5">
          {t.fetch}
        </button>
      </form>
    </Card>
  );
}

/** The form is for the script alone and is sent nowhere. */
function TokenCard({ context, accessToken }: { context: AdminContext; accessToken: string }) {
  const { messages } = context;
  const { explorer: t } = messages;
  return (
    <Card title={t.tokenTitle}>
      <form id="explorer-token-form" action={context.paths.explorer}>
        <FieldRow id="access_token" label={t.token} messages={messages}>
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
